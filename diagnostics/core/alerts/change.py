"""The change alert: has a figure risen against its own first waves, and does it last?

    t = (y_t - y_b) / sqrt(v_t + v_b),   p = 1 - T(t, nu),   one-sided, on y before shrinkage
    nu = 2 (v_t + v_b)^2 / (Var v_t + Var v_b)

v is an estimate itself, of few people a loose one: nu are its degrees of freedom (Satterthwaite, 1946; Welch, 1947).

A wave is on watch where the rise is one of those found over all cells asked in it (advance.py) and y rose by `rise` or
more; the alert is raised where one of the previous `confirm_within` reported waves was on watch too.
It is cleared where y lies less than `rise` above the baseline in `clear_waves` reported waves running.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

import numpy as np
from scipy.special import stdtr

from diagnostics.core.alerts.baseline import Baseline, compared_with, without_expired
from diagnostics.core.alerts.reasons.change import (
    NoBaseline,
    NoRise,
    RiseCalming,
    RiseConfirmed,
    RiseLasts,
    RiseOver,
    RiseSeen,
)
from diagnostics.core.alerts.reasons.codes import AlertEvent
from diagnostics.core.alerts.reasons.common import AlertReason, BaselineTooOld, OtherItems
from diagnostics.core.alerts.thresholds import Thresholds

K = TypeVar("K", bound=Hashable)
# A weighted mean loses its last bits: a rise of exactly the least that counts must not hang on them.
_ROUNDING = 1e-9
# Of Var v beside v^2: so many degrees of freedom that t is the normal.
_NO_ERROR = 1e-9


# All that is shown of a p: the lowest of these that it lies below.
_CHANCE_STEPS = (0.001, 0.01, 0.05, 0.10)


@dataclass(frozen=True)
class Measured:
    """A published cell of one wave, of which enough people answered."""

    # The mean y before shrinkage, in points.
    observed: float
    # Its variance v, in points squared.
    variance: float
    # The whole number that is published, 5..95.
    shown: int
    # The variance of v, 0 where v is known.
    variance_error: float = 0.0
    # Any text that is the same where the same items were asked.
    items: str = ""
    # Cells of one family are tested together.
    family: str = ""
    # Cells of one department count as one in the test; without it each cell is a department of its own.
    department: str = ""


@dataclass(frozen=True)
class ChangeMemory:
    """What is remembered of a change alert after a wave."""

    # Number of the wave that raised the alert; None where none is ongoing.
    since: int | None = None
    # Number of the first wave that was on watch before the alert was raised.
    first_seen: int | None = None
    # Latest published waves in a row that spoke for clearing.
    waves_calm: int = 0
    # For each of the latest published waves: its number where it was on watch, else 0.
    watched: tuple[int, ...] = ()
    # Which items were asked (Measured.items).
    items: str = ""
    # What waves are compared with, once it is usable.
    base: Baseline | None = None
    # What they are compared with until then: the baseline before.
    old: Baseline | None = None

    @property
    def ongoing(self) -> bool:
        return self.since is not None

    def against(self, thresholds: Thresholds) -> Baseline | None:
        return compared_with(self.base, self.old, thresholds)


class ChangeStep(NamedTuple):
    """What a wave did to a change alert."""

    # What the next wave needs.
    memory: ChangeMemory
    # What happened to the alert; NONE where nothing did.
    event: AlertEvent
    # Why the wave did that, with published figures only.
    reason: AlertReason


class ChangeStart(NamedTuple):
    """The memory to judge a wave by, and why the comparison starts over, if it does."""

    # Fresh where the comparison starts over.
    memory: ChangeMemory
    # Whether the alert was ongoing before the wave.
    was_ongoing: bool
    # None where it goes on.
    restart: AlertReason | None = None


def start_of(previous: ChangeMemory | None, cell: Measured, day: int, thresholds: Thresholds) -> ChangeStart:
    """Only like is compared with like, and within a year."""
    memory = previous or ChangeMemory(items=cell.items)
    if memory.items != cell.items:
        return ChangeStart(ChangeMemory(items=cell.items), memory.ongoing, OtherItems())
    if memory.ongoing and memory.base and memory.base.expired(day, thresholds):
        too_old = BaselineTooOld(memory.base.first, memory.base.last)
        return ChangeStart(ChangeMemory(items=cell.items), memory.ongoing, too_old)
    base, old = without_expired(memory.base, memory.old, day, thresholds)
    return ChangeStart(replace(memory, base=base, old=old), memory.ongoing)


class Chances(NamedTuple):
    """Two one-sided p, 0..1."""

    # Of so much of a rise where there is none.
    rise: float
    # Of so little of a rise where it is the least that counts.
    calm: float


def chances_of(
    memories: Mapping[K, ChangeMemory], measured: Mapping[K, Measured], thresholds: Thresholds
) -> dict[K, Chances]:
    """Of the cells that have a baseline."""
    compared = [(key, base) for key, memory in memories.items() if (base := memory.against(thresholds)) is not None]
    rise = np.array([measured[key].observed - base.observed for key, base in compared])
    variance = np.array([measured[key].variance + base.variance for key, base in compared])
    error = np.array([measured[key].variance_error + base.variance_error for key, base in compared])
    freedom, deviation = 2 / np.maximum(error / variance**2, _NO_ERROR), np.sqrt(variance)
    by_rise, by_calm = stdtr(freedom, -rise / deviation), stdtr(freedom, (rise - thresholds.rise) / deviation)
    return {key: Chances(*p) for (key, _), *p in zip(compared, by_rise.tolist(), by_calm.tolist(), strict=True)}


def advance_change(
    start: ChangeStart, now: Baseline, chances: Chances | None, *, found: bool, thresholds: Thresholds
) -> ChangeStep:
    """Advances the change alert of one cell by one wave.

    `now` is the wave as a baseline of its own; `chances` are None where there is none to compare it with. `found` says
    whether the rise is one of those that are found over all cells of the wave.
    """
    if start.restart:
        event = AlertEvent.EXPIRED if start.was_ongoing else AlertEvent.NONE
        return ChangeStep(replace(start.memory, base=now), event, start.restart)
    if start.memory.ongoing:
        return _advance_ongoing(start.memory, now, chances, thresholds)
    return _advance_quiet(start.memory, now, chances, found, thresholds)


def _advance_quiet(
    memory: ChangeMemory, now: Baseline, p: Chances | None, found: bool, thresholds: Thresholds
) -> ChangeStep:
    base = memory.against(thresholds)
    if base is None or p is None:
        return ChangeStep(_gathered(memory, now, thresholds), AlertEvent.NONE, NoBaseline(thresholds.base_needed))
    if not (found and _has_risen(now, base, thresholds)):
        return ChangeStep(_gathered(memory, now, thresholds), AlertEvent.NONE, NoRise(base.first, base.last))
    # Estimates are drawn to the company's mean, and may show less of a rise than the answers.
    least_rise = thresholds.rise if now.shown - base.shown < thresholds.rise else None
    rise = (*_shown(now, base), _chance_below(p.rise), least_rise)
    earlier = [number for number in memory.watched if number]
    if not earlier:
        # A wave on watch joins no baseline: it may be the first of another level.
        watched = _latest([*memory.watched, now.first], thresholds)
        return ChangeStep(
            replace(memory, watched=watched), AlertEvent.WATCH, RiseSeen(*rise, thresholds.confirm_within)
        )
    raised = ChangeMemory(since=now.first, first_seen=earlier[0], items=memory.items, base=base)
    return ChangeStep(raised, AlertEvent.RAISED, RiseConfirmed(*rise, earlier[0]))


def _advance_ongoing(memory: ChangeMemory, now: Baseline, p: Chances | None, thresholds: Thresholds) -> ChangeStep:
    base = memory.base
    if base is None or p is None:
        raise ValueError("An ongoing change alert needs its baseline.")
    if _has_risen(now, base, thresholds):
        lasts = RiseLasts(*_shown(now, base), _chance_below(p.rise))
        return ChangeStep(replace(memory, waves_calm=0), AlertEvent.ONGOING, lasts)
    run = memory.waves_calm + 1
    calm = (*_shown(now, base), _chance_below(p.calm), thresholds.rise, run)
    if run >= thresholds.clear_waves:
        return ChangeStep(ChangeMemory(items=memory.items, old=base), AlertEvent.CLEARED, RiseOver(*calm))
    return ChangeStep(replace(memory, waves_calm=run), AlertEvent.ONGOING, RiseCalming(*calm, thresholds.clear_waves))


def _has_risen(now: Baseline, base: Baseline, thresholds: Thresholds) -> bool:
    return now.observed - base.observed >= thresholds.rise - _ROUNDING


def _shown(now: Baseline, base: Baseline) -> tuple[int, int, int, int]:
    """What reasons have of a wave beside its baseline."""
    return base.first, base.last, base.shown, now.shown


def _chance_below(p: float) -> float | None:
    return next((step for step in _CHANCE_STEPS if p < step), None)


def _gathered(memory: ChangeMemory, now: Baseline, thresholds: Thresholds) -> ChangeMemory:
    """After a wave that was not on watch: it joins the baseline while that still takes waves."""
    base = memory.base
    if base is None:
        base = now
    elif base.gathering(now.first, thresholds):
        base = base.joined(now)
    old = None if base.usable(thresholds) else memory.old
    return replace(memory, watched=_latest([*memory.watched, 0], thresholds), base=base, old=old)


def _latest(watched: Sequence[int], thresholds: Thresholds) -> tuple[int, ...]:
    return tuple(watched[-thresholds.confirm_within :])
