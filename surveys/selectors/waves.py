"""The list of waves: their state, participation as far as it may be told, and delivery in totals."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Sum

from surveys.choices import SEALED, MailKind, MailState, WaveState
from surveys.models import Mail, ReportingGroup, Response, SealedBallot, Wave
from surveys.rules.participation import counted_text, given_up_text, open_text
from surveys.selectors.trustee import waits


@dataclass(frozen=True)
class Delivery:
    """Invitations by what has become of them; `waiting` are queued or being sent, `deferred` will be tried again."""

    sent: int
    waiting: int
    deferred: int
    failed: int


@dataclass(frozen=True)
class WaveRow:
    """`people` were invited. `participation` is a text, empty before the opening. `imported`: it was held elsewhere.

    `ballots_waiting` is how many a wave that has ended holds while its key is lost: the one case in which it is told.
    `trustee`: it is counted only with the works council's passphrase, for which it waits if `waits_for_trustee`.
    """

    id: uuid.UUID
    survey_id: int
    survey_name: str
    number: int
    state: str
    state_label: str
    opens_at: dt.datetime
    closes_at: dt.datetime
    paused: bool
    imported: bool
    people: int
    participation: str
    delivery: Delivery | None
    reminded: int
    unreadable: int
    key_lost: bool
    ballots_waiting: int
    trustee: bool
    waits_for_trustee: bool


def wave_rows() -> tuple[WaveRow, ...]:
    """Every wave, the newest first; five queries however many there are."""
    waves = Wave.objects.select_related("survey").defer("questionnaire", "public_key")
    people = _people()
    responses = dict(Response.objects.order_by().values_list("wave").annotate(Count("id")))
    delivered = _deliveries()
    waiting = _ballots_waiting()
    return tuple(
        WaveRow(
            id=wave.id,
            survey_id=wave.survey_id,
            survey_name=wave.survey.name,
            number=wave.number,
            state=wave.state,
            state_label=wave.get_state_display(),
            opens_at=wave.opens_at,
            closes_at=wave.closes_at,
            paused=wave.survey.paused,
            imported=wave.imported_for is not None,
            people=people.get(wave.id) or 0,
            participation=_participation(wave, people.get(wave.id, 0), responses.get(wave.id, 0)),
            delivery=delivered.get(wave.id),
            reminded=wave.reminded,
            unreadable=wave.unreadable,
            key_lost=wave.key_lost,
            ballots_waiting=waiting.get(wave.id, 0),
            trustee=wave.trustee_key_id is not None,
            waits_for_trustee=waits(wave),
        )
        for wave in waves
    )


def _people() -> dict[uuid.UUID, int | None]:
    """Merged groups are left out: the group that they became counts their people again. None: nobody knows."""
    groups = ReportingGroup.objects.filter(merged_into=None).order_by()
    return dict(groups.values_list("wave").annotate(Sum("people")))


def _ballots_waiting() -> dict[uuid.UUID, int]:
    """Only of waves that take no more answers: a number that grows would tell when somebody answers."""
    waiting = SealedBallot.objects.filter(wave__key_lost=True, wave__state=WaveState.CLOSING).order_by()
    return dict(waiting.values_list("wave").annotate(Count("id")))


def _deliveries() -> dict[uuid.UUID, Delivery]:
    """Invitations only: how many reminders there are would tell exactly how many had answered by then."""
    tally: dict[uuid.UUID, dict[str, int]] = defaultdict(dict)
    mails = Mail.objects.filter(kind=MailKind.INVITATION).order_by()
    for wave_id, state, count in mails.values_list("wave", "state").annotate(Count("id")):
        tally[wave_id][state] = count
    return {
        wave_id: Delivery(
            sent=states.get(MailState.SENT, 0),
            waiting=states.get(MailState.QUEUED, 0) + states.get(MailState.SENDING, 0),
            deferred=states.get(MailState.DEFERRED, 0),
            failed=states.get(MailState.FAILED, 0),
        )
        for wave_id, states in tally.items()
    }


def _participation(wave: Wave, people: int | None, responses: int) -> str:
    if wave.answers_purged:
        return "its answers were deleted when their time was over; the report stays"
    if wave.state == WaveState.CLOSED:
        return counted_text(responses=responses, people=people, min_group_size=wave.min_group_size)
    if wave.state == WaveState.GIVEN_UP:
        return given_up_text(wave.ballots_lost)
    if wave.state not in SEALED:
        return ""
    if wave.response_percent is not None and people is not None:
        return open_text(wave.response_percent, people=people)
    return _untold(wave)


def _untold(wave: Wave) -> str:
    """Why an open or closing wave tells no participation."""
    if wave.state == WaveState.CLOSING:
        return "told once it is counted"
    if wave.shuffled_on:
        return "too few people or answers to tell while it is open"
    return "told once a day, from the first night on"
