"""The list of waves: their state, participation as far as it may be published, and delivery in totals."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Sum

from surveys.choices import ENDED, SEALED, MailKind, MailState, WaveState
from surveys.models import Mail, ReportingGroup, SealedBallot, Wave
from surveys.rules.participation import (
    Participation,
    ParticipationCode,
    counted_participation,
    open_participation,
)
from surveys.rules.rounding import GroupResponse
from surveys.rules.wording import participation_text
from surveys.selectors.published import published_responses
from surveys.selectors.trustee import waits


@dataclass(frozen=True)
class DeliveryTotals:
    """Invitations by what has become of them."""

    # Taken by the mail server.
    sent: int
    # Queued, or being sent.
    waiting: int
    # Will be tried again.
    deferred: int
    # Given up after all attempts, or refused for good.
    failed: int


@dataclass(frozen=True)
class WaveRow:
    """One wave on the page of waves."""

    id: uuid.UUID
    survey_id: int
    survey_name: str
    # Counted from 1 within the survey.
    number: int
    # A surveys.choices WaveState.
    state: str
    # The same in words.
    state_label: str
    # Planned; after down time, when it really opened.
    opens_at: dt.datetime
    # When it takes no answer any more.
    closes_at: dt.datetime
    # Whether its survey opens no more waves for now.
    paused: bool
    # Whether the wave was run elsewhere.
    imported: bool
    # How many were invited; 0 where it is not known.
    people: int
    # None before the opening.
    participation: Participation | None
    # None before the first invitation.
    delivery: DeliveryTotals | None
    # How many reminders went out to all who had not answered.
    reminded: int
    # How many ballots closing could not open.
    unreadable: int
    # Whether the counting worker misses the wave's key.
    key_lost: bool
    # Whether the wave has ended and its key, or rows that say who answered, are still on the disk.
    key_remains: bool
    # How many ballots a wave that has ended holds while its key is lost: the one case in which that number is shown.
    ballots_waiting: int
    # Whether it is counted only with the works council's passphrase.
    trustee: bool
    # Whether it waits for that passphrase now.
    waits_for_trustee: bool

    @property
    def participation_text(self) -> str:
        """The same in words; empty before the opening."""
        return participation_text(self.participation) if self.participation else ""


def wave_rows() -> tuple[WaveRow, ...]:
    """Every wave, the newest first; six queries however many there are."""
    waves = Wave.objects.select_related("survey").defer("questionnaire", "public_key")
    people = _people()
    responses = published_responses()
    delivered = _deliveries()
    waiting = _ballots_waiting()
    remaining = {wave.id for wave in waves_with_keys()}
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
            participation=_participation(wave, people.get(wave.id, 0), responses.get(wave.id)),
            delivery=delivered.get(wave.id),
            reminded=wave.reminded,
            unreadable=wave.unreadable,
            key_lost=wave.key_lost,
            key_remains=wave.id in remaining,
            ballots_waiting=waiting.get(wave.id, 0),
            trustee=wave.trustee_key_id is not None,
            waits_for_trustee=waits(wave),
        )
        for wave in waves
    )


def waves_with_keys() -> tuple[Wave, ...]:
    """Ended waves whose key the counting worker has not destroyed yet. It takes a moment, unless it may not."""
    ended = Wave.objects.filter(state__in=ENDED, public_key__isnull=False)
    return tuple(ended.select_related("survey").defer("questionnaire", "public_key"))


def _people() -> dict[uuid.UUID, int | None]:
    """Merged groups are left out: the group that they became counts their people again. None: not known."""
    groups = ReportingGroup.objects.filter(merged_into=None).order_by()
    return dict(groups.values_list("wave").annotate(Sum("people")))


def _ballots_waiting() -> dict[uuid.UUID, int]:
    """Only of waves that take no more answers: a number that grows would say when somebody answers."""
    waiting = SealedBallot.objects.filter(wave__key_lost=True, wave__state=WaveState.CLOSING).order_by()
    return dict(waiting.values_list("wave").annotate(Count("id")))


def _deliveries() -> dict[uuid.UUID, DeliveryTotals]:
    """Invitations only: how many reminders there are would say exactly how many had answered by then."""
    tally: dict[uuid.UUID, dict[str, int]] = defaultdict(dict)
    mails = Mail.objects.filter(kind=MailKind.INVITATION).order_by()
    for wave_id, state, count in mails.values_list("wave", "state").annotate(Count("id")):
        tally[wave_id][state] = count
    return {
        wave_id: DeliveryTotals(
            sent=states.get(MailState.SENT, 0),
            waiting=states.get(MailState.QUEUED, 0) + states.get(MailState.SENDING, 0),
            deferred=states.get(MailState.DEFERRED, 0),
            failed=states.get(MailState.FAILED, 0),
        )
        for wave_id, states in tally.items()
    }


def _participation(wave: Wave, people: int | None, response: GroupResponse | None) -> Participation | None:
    if wave.answers_purged:
        return Participation(ParticipationCode.PURGED)
    if wave.state == WaveState.CLOSED:
        return counted_participation(response, people=people)
    if wave.state == WaveState.ABANDONED:
        return Participation(ParticipationCode.ABANDONED, ballots=wave.ballots_lost)
    if wave.state not in SEALED:
        return None
    if wave.response_percent is not None and people is not None:
        return open_participation(wave.response_percent, people=people)
    return Participation(_why_no_rate(wave))


def _why_no_rate(wave: Wave) -> ParticipationCode:
    """Why nothing is published of an open or closing wave's participation."""
    if wave.state == WaveState.CLOSING:
        return ParticipationCode.CLOSING
    return ParticipationCode.TOO_FEW_SO_FAR if wave.shuffled_on else ParticipationCode.NOT_YET
