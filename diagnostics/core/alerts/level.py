"""The level alert: is a figure above the point that it should not lie above, and does it last?

One step leads from (memory before, this wave) to (memory after, event, reason). change.py has the change alert,
participation.py that of the response; advance.py takes a whole company one wave further.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from diagnostics.core.alerts.reasons.codes import AlertEvent
from diagnostics.core.alerts.reasons.common import AlertReason, LowResponse, Suppressed
from diagnostics.core.alerts.reasons.level import AboveLevel, AboveLevelAgain, BelowLevel, NearlyCleared, NearlyRaised
from diagnostics.core.alerts.thresholds import DEFAULTS, Thresholds

# Steps, in percent, in which certainties are published. Whole percents would place a mean so exactly between its
# rounded figures that it could be only of some counts of people.
CERTAINTIES = (50, 80, 95, 99)


class RiskLevel(StrEnum):
    """How high a figure is; diagnostics.choices.Level has its labels."""

    STEADY = "steady"
    WATCH = "watch"
    AT_RISK = "at_risk"


@dataclass(frozen=True)
class LevelMemory:
    """What is remembered of a level alert after a wave."""

    # Number of the wave that raised the alert; None where none is ongoing.
    since: int | None = None
    # Latest published waves in a row that spoke for raising.
    waves_above: int = 0
    # Latest published waves in a row that spoke for clearing.
    waves_calm: int = 0

    @property
    def ongoing(self) -> bool:
        return self.since is not None


class LevelStep(NamedTuple):
    """What a wave did to a level alert."""

    # What the next wave needs.
    memory: LevelMemory
    # What happened to the alert; NONE where nothing did.
    event: AlertEvent
    # Why the wave did that, with published figures only.
    reason: AlertReason


def advance_level(  # noqa: PLR0913 - all but the memory are named where it is called
    previous: LevelMemory | None,
    p_above: float,
    p_above_clear: float,
    *,
    wave: int,
    reported: bool,
    may_alert: bool,
    thresholds: Thresholds = DEFAULTS,
) -> LevelStep:
    """Advances a level alert by one wave.

    `p_above` is P(theta > level), `p_above_clear` P(theta > level - clear_margin); both are ignored,
    and the memory stays as it was, where the wave is suppressed (`reported` false) or too few answered
    (`may_alert` false).
    """
    memory = previous or LevelMemory()
    if not (reported and may_alert):
        return LevelStep(memory, unchanged_event(ongoing=memory.ongoing), no_verdict(reported=reported))
    for name, value in (("p_above", p_above), ("p_above_clear", p_above_clear)):
        if not 0 <= value <= 1:
            raise ValueError(f"{name} must be a probability from 0 to 1, got {value}.")
    if memory.ongoing:
        return _advance_ongoing(memory, p_above, p_above_clear, thresholds)
    return _advance_quiet(memory, p_above, wave, thresholds)


def unchanged_event(*, ongoing: bool) -> AlertEvent:
    """The event of a wave that leaves an alert, or its absence, as it was."""
    return AlertEvent.ONGOING if ongoing else AlertEvent.NONE


def no_verdict(*, reported: bool) -> AlertReason:
    """Why a wave without a verdict leaves an alert as it was."""
    return LowResponse() if reported else Suppressed()


def level_of(*, ongoing: bool, p_above: float, thresholds: Thresholds = DEFAULTS) -> RiskLevel:
    """AT_RISK while an alert is ongoing, else by the probability that the figure lies above the level."""
    if ongoing:
        return RiskLevel.AT_RISK
    return RiskLevel.WATCH if p_above >= thresholds.worth_watching_at else RiskLevel.STEADY


def _advance_quiet(memory: LevelMemory, p_above: float, wave: int, thresholds: Thresholds) -> LevelStep:
    certainty = _step(p_above)
    if p_above >= thresholds.raise_at:
        return LevelStep(LevelMemory(since=wave), AlertEvent.RAISED, AboveLevel(thresholds.level, certainty))
    run = memory.waves_above + 1 if p_above >= thresholds.raise_repeated_at else 0
    if run >= thresholds.raise_repeated_waves:
        again = AboveLevelAgain(thresholds.level, certainty, round(100 * thresholds.raise_repeated_at), run)
        return LevelStep(LevelMemory(since=wave), AlertEvent.RAISED, again)
    reason = (
        NearlyRaised(thresholds.level, certainty, run, thresholds.raise_repeated_waves)
        if run
        else AboveLevel(thresholds.level, certainty)
    )
    return LevelStep(LevelMemory(waves_above=run), AlertEvent.NONE, reason)


def _advance_ongoing(memory: LevelMemory, p_above: float, p_clear: float, thresholds: Thresholds) -> LevelStep:
    run = memory.waves_calm + 1 if p_clear < thresholds.clear_below else 0
    clear_level, clear_certainty = thresholds.level - thresholds.clear_margin, _step(p_clear)
    if run >= thresholds.clear_waves:
        below = BelowLevel(clear_level, clear_certainty, round(100 * thresholds.clear_below), run)
        return LevelStep(LevelMemory(), AlertEvent.CLEARED, below)
    reason = (
        NearlyCleared(thresholds.level, _step(p_above), clear_level, clear_certainty, run, thresholds.clear_waves)
        if run
        else AboveLevel(thresholds.level, _step(p_above))
    )
    return LevelStep(LevelMemory(memory.since, waves_calm=run), AlertEvent.ONGOING, reason)


def certainty_step(percent: float) -> int:
    """The highest of CERTAINTIES that a probability in percent reaches, else 0: all that is published of it."""
    return max((step for step in CERTAINTIES if percent >= step), default=0)


def _step(probability: float) -> int:
    return certainty_step(100 * probability)
