"""What an auditor sees: which surveys have a trustee's passphrase, and which waves need it. No answer, no number."""

import datetime as dt
import uuid
from dataclasses import dataclass

from surveys.choices import SEALED, WaveState
from surveys.models import Survey, Wave


@dataclass(frozen=True)
class TrusteeSurvey:
    """A survey, as an auditor sees it."""

    pk: int
    name: str
    # Whether its next wave is sealed to a trustee.
    protected: bool


@dataclass(frozen=True)
class TrusteeWave:
    """A running wave that was opened with a trustee."""

    id: uuid.UUID
    # The survey's, with the wave's number.
    name: str
    # A surveys.choices WaveState.
    state: str
    # When it takes no answer any more.
    closes_at: dt.datetime
    # Whether the counting worker misses the wave's key.
    key_lost: bool
    # Whether it waits for the passphrase, which can be entered now.
    waits: bool
    # Whether the passphrase is there: counting begins within a minute.
    entered: bool
    # Whether the passphrase is the survey's present one, not one that was changed since the opening.
    current: bool


def trustee_surveys() -> tuple[TrusteeSurvey, ...]:
    """Every survey, by name, in one query."""
    surveys = Survey.objects.select_related("trustee_key").order_by("name")
    return tuple(TrusteeSurvey(survey.pk, survey.name, protected=hasattr(survey, "trustee_key")) for survey in surveys)


def trustee_waves() -> tuple[TrusteeWave, ...]:
    """Those that can be counted only with a passphrase, the first to end first, in one query."""
    waves = Wave.objects.filter(state__in=SEALED, trustee_key__isnull=False).order_by("closes_at", "id")
    return tuple(_row(wave) for wave in waves.select_related("survey", "trustee_key").defer("questionnaire"))


def trustee_wave(wave_id: uuid.UUID) -> Wave | None:
    """A wave that was opened with a trustee and is not counted yet, with its survey and trustee key."""
    running = Wave.objects.filter(state__in=SEALED, trustee_key__isnull=False)
    return running.select_related("survey", "trustee_key").filter(id=wave_id).first()


def waits(wave: Wave) -> bool:
    """Whether the passphrase can be entered now: only once the wave has ended.

    Before, the passphrase would lie beside the key for days, and somebody with both could open answers all that time.
    """
    ended = wave.state == WaveState.CLOSING and not wave.key_lost
    return ended and wave.trustee_key_id is not None and wave.passphrase_box is None


def _row(wave: Wave) -> TrusteeWave:
    return TrusteeWave(
        id=wave.id,
        name=str(wave),
        state=wave.state,
        closes_at=wave.closes_at,
        key_lost=wave.key_lost,
        waits=waits(wave),
        entered=wave.passphrase_box is not None,
        current=wave.trustee_key is not None and wave.trustee_key.survey_id is not None,
    )
