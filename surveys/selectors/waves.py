"""The list of waves: their state, participation as far as it may be told, and delivery in totals."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Sum

from surveys.choices import MailKind, MailState, WaveState
from surveys.models import Mail, ReportingGroup, Response, Wave
from surveys.participation import counted_text, open_text


@dataclass(frozen=True)
class Delivery:
    """Invitations by what has become of them; `waiting` are queued or being sent, `deferred` will be tried again."""

    sent: int
    waiting: int
    deferred: int
    failed: int


@dataclass(frozen=True)
class WaveRow:
    """`people` were invited. `participation` is a text, empty before the opening."""

    id: uuid.UUID
    survey_id: int
    survey_name: str
    number: int
    state: str
    state_label: str
    opens_at: dt.datetime
    closes_at: dt.datetime
    paused: bool
    people: int
    participation: str
    delivery: Delivery | None
    reminded: int
    unreadable: int


def wave_rows() -> tuple[WaveRow, ...]:
    """Every wave, the newest first; four queries however many there are."""
    waves = Wave.objects.select_related("survey").defer("questionnaire", "public_key")
    people = _people()
    responses = dict(Response.objects.order_by().values_list("wave").annotate(Count("id")))
    delivered = _deliveries()
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
            people=people.get(wave.id, 0),
            participation=_participation(wave, people.get(wave.id, 0), responses.get(wave.id, 0)),
            delivery=delivered.get(wave.id),
            reminded=wave.reminded,
            unreadable=wave.unreadable,
        )
        for wave in waves
    )


def _people() -> dict[uuid.UUID, int]:
    """Merged groups are left out: the group that they became counts their people again."""
    groups = ReportingGroup.objects.filter(merged_into=None).order_by()
    return dict(groups.values_list("wave").annotate(Sum("people")))


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


def _participation(wave: Wave, people: int, responses: int) -> str:
    if wave.state == WaveState.CLOSED:
        return counted_text(responses=responses, people=people, floor=wave.floor)
    if wave.state not in (WaveState.OPEN, WaveState.CLOSING):
        return ""
    if wave.response_percent is not None:
        return open_text(wave.response_percent, people=people)
    return (
        "too few people or answers to tell while it is open"
        if wave.shuffled_on
        else "told once a day, from the first night on"
    )
