"""What is due at a moment. The tick hands in the moment; nothing here reads a clock, sends, or enqueues."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from surveys.choices import ENDED, NOT_OPEN_YET, RUNNING, SEALED, WaveState
from surveys.models import Survey, Wave
from surveys.schedule.recurrence import closing_time, opening_after
from surveys.selectors.key_authenticity import is_authentic
from surveys.services import outbox, purging
from surveys.services.asking import people_to_ask
from surveys.services.attempts import attempt
from surveys.services.reminding import remind_all_due

# A wave that opens later than this, after down time, is given its full length from then on.
_LATE = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Step:
    """A task to start."""

    # Its name, as Celery knows it.
    task: str
    # Ids and days only.
    args: tuple[str, ...] = ()


def due(now: dt.datetime) -> list[Step]:
    """Plans the waves to come, writes the reminders that are due, clears up, and tells which tasks to start."""
    for survey in Survey.objects.filter(paused=False).exclude(waves__state=WaveState.PLANNED):
        attempt(plan_next, survey=survey)
    found_by_kind = [attempt(find_steps, now) for find_steps in (_openings, _closings, _shuffles, _key_checks, _purges)]
    # None where looking for a kind of step has failed.
    steps = [step for found in found_by_kind for step in found or ()]
    attempt(remind_all_due, now)
    attempt(purging.purge_sessions, now)
    outbox.sweep(now)
    return steps + [Step("surveys.tasks.send_mail")] * settings.MAIL_SENDERS if outbox.pending(1) else steps


def plan_next(*, survey: Survey) -> None:
    """Writes the survey's next wave; a planned one that is there already stays, also under two beats."""
    last = _last(survey)
    opens_at = opening_after(survey, last)
    if opens_at is not None:
        _plan(survey, last, opens_at)


def upcoming_opening(*, survey: Survey) -> dt.datetime | None:
    """When the survey's next wave would open if it were planned again by its schedule; it need not be saved yet."""
    return opening_after(survey, _last(survey) if survey.pk else None)


@transaction.atomic
def replan(*, survey: Survey) -> None:
    """After the schedule of a survey was changed: plans its next wave again."""
    # Locked first: between reading and deleting a row, a worker could begin to open it.
    planned = list(_planned(survey).select_for_update().values_list("id", flat=True))
    survey.waves.filter(id__in=planned).delete()
    plan_next(survey=survey)


@transaction.atomic
def begin_now(*, survey: Survey, now: dt.datetime) -> Step | None:
    """The step that opens the survey's next wave at once, also after its own rule has ended.

    None while another wave of it is running. If the step is lost, the next tick takes it. Raises CannotOpenError if too
    few people may be asked at that moment.
    """
    # Locked first: a worker that begins to open it meanwhile would make the next one be planned, and moved here.
    planned = list(_planned(survey).select_for_update().values_list("id", flat=True))
    if survey.waves.filter(state__in=RUNNING).exists():
        return None
    people_to_ask(Wave(survey=survey, opens_at=now))
    if not planned:
        _plan(survey, _last(survey), now)
    wave = _planned(survey).get()
    _move(wave, now, planned_on=None)
    return _step("open_wave", wave.id)


def end_now(*, survey: Survey, now: dt.datetime) -> Step | None:
    """The step that closes the survey's running wave at once; None if none is open.

    The wave ends at `now` by its row too, so that the next tick closes it if the step is lost.
    """
    running = survey.waves.filter(state__in=SEALED)
    running.filter(opens_at__lt=now, closes_at__gt=now).update(closes_at=now)
    wave = running.first()
    return _step("close_wave", wave.id) if wave else None


def _last(survey: Survey) -> Wave | None:
    """The last wave that has begun to open."""
    return survey.waves.exclude(state=WaveState.PLANNED).order_by("number").last()


def _planned(survey: Survey) -> QuerySet[Wave]:
    return survey.waves.filter(state=WaveState.PLANNED)


def _plan(survey: Survey, last: Wave | None, opens_at: dt.datetime) -> None:
    number = last.number + 1 if last else 1
    wave = Wave(survey=survey, number=number, opens_at=opens_at, closes_at=closing_time(survey, opens_at))
    Wave.objects.bulk_create([wave], ignore_conflicts=True)


def _openings(now: dt.datetime) -> list[Step]:
    running = Survey.objects.filter(waves__state__in=SEALED)
    waves = Wave.objects.filter(state__in=NOT_OPEN_YET, opens_at__lte=now)
    waves = waves.filter(survey__paused=False).exclude(survey__in=running).select_related("survey")
    first_of = {wave.survey_id: wave for wave in waves.order_by("-number")}
    for wave in first_of.values():
        if now - wave.opens_at > _LATE:
            _move(wave, now, planned_on=wave.planned_on or timezone.localdate(wave.opens_at))
    return [_step("open_wave", wave.id) for wave in first_of.values()]


def _move(wave: Wave, now: dt.datetime, *, planned_on: dt.date | None) -> None:
    waiting = Wave.objects.filter(id=wave.id, state__in=NOT_OPEN_YET)
    waiting.update(opens_at=now, planned_on=planned_on, closes_at=closing_time(wave.survey, now))


def _closings(now: dt.datetime) -> list[Step]:
    over = Q(state=WaveState.OPEN, closes_at__lte=now)
    broken_off = Q(state=WaveState.CLOSING) | Q(state__in=ENDED, public_key__isnull=False)
    return [
        _step("close_wave", wave_id) for wave_id in Wave.objects.filter(over | broken_off).values_list("id", flat=True)
    ]


def _shuffles(now: dt.datetime) -> list[Step]:
    """For every open wave that this night's shuffle has not reached yet, from SHUFFLE_HOUR by the company's clock."""
    local = timezone.localtime(now)
    if local.hour < settings.SHUFFLE_HOUR:
        return []
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    waves = Wave.objects.filter(state=WaveState.OPEN, closes_at__gt=now, opens_at__lt=midnight)
    unshuffled = waves.exclude(shuffled_on=local.date()).values_list("id", flat=True)
    return [_step("shuffle_wave", wave_id, local.date().isoformat()) for wave_id in unshuffled]


def _key_checks(now: dt.datetime) -> list[Step]:
    """For every open wave whose key was missed, or is another now: HR sees it within a minute, and that it is back."""
    waves = Wave.objects.filter(state=WaveState.OPEN, closes_at__gt=now).select_related("trustee_key")
    found = waves.only("public_key", "release_key", "key_proof", "key_lost", "trustee_key__public_key")
    return [_step("check_key", wave.id) for wave in found if wave.key_lost or not attempt(is_authentic, wave)]


def _purges(now: dt.datetime) -> list[Step]:
    steps = [_step("purge_invitations", wave_id) for wave_id in purging.invitations_due(now)]
    return steps + [_step("purge_upload", upload_id) for upload_id in purging.uploads_due(now)]


def _step(task: str, row_id: uuid.UUID, *more: str) -> Step:
    return Step(f"surveys.tasks.{task}", (str(row_id), *more))
