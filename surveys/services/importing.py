"""A wave of another system becomes a closed wave, its answers counted in groups that are large enough."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from surveys.choices import ENDED, WaveState
from surveys.models import Department, Response, Survey, Wave
from surveys.questions.answers_file import PastAnswers
from surveys.questions.answers_file.refusals import ImportRefusal, explain_refusal
from surveys.questions.questionnaire import freeze_past
from surveys.rules.limits import BATCH_SIZE
from surveys.schedule import periods
from surveys.selectors.asking import waves_in_period
from surveys.services.asking import lock_asking
from surveys.services.groups import form_past_groups, merge_groups

_EARLIEST = dt.date(1900, 1, 1)


class CannotImportError(Exception):
    """Nothing was changed; the code says why."""

    def __init__(self, code: ImportRefusal, **arguments: int | str | dt.date) -> None:
        self.code = code
        self.arguments = arguments
        super().__init__(explain_refusal(code, arguments))


@dataclass(frozen=True)
class ImportedWave:
    """What became of a wave that was run elsewhere."""

    wave_id: uuid.UUID
    # Its number in the survey, from 1.
    number: int
    # How many reporting groups have answers.
    groups: int
    # How many groups of the file were merged into larger ones.
    merged: int
    # Groups of the file that no department was named after; they are departments at the top now.
    new_departments: tuple[str, ...]


@transaction.atomic
def import_wave(
    *, survey: Survey, answers: PastAnswers, headcounts: Mapping[str, int] | None, closed_on: dt.date, today: dt.date
) -> ImportedWave:
    """Stores the answers in random order as the survey's wave that closed on that day, or changes nothing.

    Waves of the survey that are not counted yet move up by a number. Without `headcounts` it is not known how many
    people the groups had. Raises CannotImportError.
    """
    lock_asking()
    survey = Survey.objects.select_for_update(of=("self",)).select_related("instrument").get(pk=survey.pk)
    check(survey=survey, answers=answers, closed_on=closed_on, today=today)
    wave = _store_wave(survey, answers, closed_on)
    people = headcounts if headcounts is not None else dict.fromkeys(answers.rows)
    new = new_departments(people)
    Department.objects.bulk_create([Department(name=name) for name in new], batch_size=BATCH_SIZE)
    ids = {name.casefold(): pk for pk, name in Department.objects.values_list("id", "name")}
    stored = form_past_groups(wave=wave, people={ids[name.casefold()]: count for name, count in people.items()})
    groups = {name: stored[ids[name.casefold()]] for name in people}
    merged_into = merge_groups(
        wave=wave, ballots={group: len(answers.rows.get(name, ())) for name, group in groups.items()}
    )
    _store_responses(
        wave.id, ((merged_into[groups[name]].id, row) for name, rows in answers.rows.items() for row in rows)
    )
    merged = sum(old != new for old, new in merged_into.items())
    return ImportedWave(wave.id, wave.number, len(set(merged_into.values())), merged, new)


def check(*, survey: Survey, answers: PastAnswers, closed_on: dt.date, today: dt.date) -> None:
    """Raises CannotImportError where `import_wave` would, and writes nothing."""
    if closed_on > today:
        raise CannotImportError(ImportRefusal.IN_THE_FUTURE, closed_on=closed_on)
    if closed_on < _EARLIEST:
        raise CannotImportError(ImportRefusal.TOO_LONG_AGO, closed_on=closed_on)
    if answers.respondents < survey.min_group_size:
        raise CannotImportError(
            ImportRefusal.TOO_FEW_ANSWERS, respondents=answers.respondents, needed=survey.min_group_size
        )
    if survey.waves.filter(imported_for=closed_on).exists():
        raise CannotImportError(ImportRefusal.ALREADY_IMPORTED, survey=str(survey), closed_on=closed_on)
    counted = survey.waves.filter(state__in=ENDED).order_by("-number").first()
    if counted is not None and timezone.localdate(counted.closes_at) >= closed_on:
        raise CannotImportError(
            ImportRefusal.LATER_WAVE_COUNTED,
            number=counted.number,
            survey=str(survey),
            counted_on=timezone.localdate(counted.closes_at),
        )
    running = survey.waves.exclude(state__in=(*ENDED, WaveState.PLANNED)).first()
    if running is not None and timezone.localdate(running.opens_at) < closed_on:
        raise CannotImportError(
            ImportRefusal.WAVE_RUNNING, number=running.number, survey=str(survey), closed_on=closed_on
        )
    _check_period(survey, answers, closed_on)


def _check_period(survey: Survey, answers: PastAnswers, closed_on: dt.date) -> None:
    """Of figures of the same people about the same time, one could be taken from the other."""
    groups = {name.casefold() for name in answers.rows}
    asked = {pk for pk, name in Department.objects.values_list("id", "name") if name.casefold() in groups}
    for other in waves_in_period(asked, closed_on, periods.period_of(survey.cadence)):
        raise CannotImportError(
            ImportRefusal.ASKED_TOO_CLOSELY,
            number=other.number,
            survey=str(other.survey),
            weeks=_gap(survey, other) // 7,
            closed_on=closed_on,
        )


def _gap(survey: Survey, other: Wave) -> int:
    return periods.least_days_apart(periods.period_of(survey.cadence), periods.period_of(other.survey.cadence))


def new_departments(groups: Iterable[str]) -> tuple[str, ...]:
    """The groups that no department is named after yet, however its letters are written."""
    known = {name.casefold() for name in Department.objects.values_list("name", flat=True)}
    return tuple(name for name in groups if name.casefold() not in known)


def _store_wave(survey: Survey, answers: PastAnswers, closed_on: dt.date) -> Wave:
    # Nobody reads the number of a wave that is not counted, but its questionnaire, when it opens.
    later = survey.waves.exclude(state__in=ENDED).select_for_update().order_by("-number")
    numbers = list(later.values_list("id", "number"))
    for wave_id, number in numbers:
        Wave.objects.filter(id=wave_id).update(number=number + 1)
    last = survey.waves.filter(state__in=ENDED).order_by("-number").values_list("number", flat=True).first()
    closes_at = timezone.make_aware(dt.datetime.combine(closed_on, dt.time(survey.opening_hour)))
    return Wave.objects.create(
        survey=survey,
        number=(last or 0) + 1,
        state=WaveState.CLOSED,
        opens_at=closes_at - dt.timedelta(days=survey.days_open),
        closes_at=closes_at,
        imported_for=closed_on,
        instrument=survey.instrument,
        questionnaire=freeze_past(survey.instrument.document, asked=answers.asked, cadence=survey.cadence),
        min_group_size=survey.min_group_size,
    )


def _store_responses(wave_id: uuid.UUID, rows: Iterable[tuple[uuid.UUID, bytes]]) -> None:
    """In the order of the random ids that they get: that is a random order, and one that indexes take in quickly.

    Past Django's models, which would take minutes for a million rows.
    """
    responses = sorted((uuid.uuid4().hex, wave_id.hex, group.hex, given) for group, given in rows)
    table = connection.ops.quote_name(Response._meta.db_table)
    columns = "id, wave_id, group_id, answers"
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES (%s, %s, %s, %s)", responses)  # noqa: S608
            return
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in responses:
                copy.write_row(row)
