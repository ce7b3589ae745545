"""The participation alert: has the response fallen against a group's own first waves?

All is computed from what is published, the band that a count lies in and the people that were asked, so that neither
the alert nor its reason can narrow the band. A fall counts only as far as it holds at the bands' nearest ends. That
the same people are asked in every wave makes the test, which takes waves for independent, cautious.
"""

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

from scipy.special import ndtr

from diagnostics.core.alerts.baseline import Span, compared_with, without_expired
from diagnostics.core.alerts.level import unchanged_event
from diagnostics.core.alerts.reasons.codes import AlertEvent
from diagnostics.core.alerts.reasons.common import AlertReason, BaselineTooOld
from diagnostics.core.alerts.reasons.participation import (
    ResponseFell,
    ResponseLow,
    ResponseRecovered,
    ResponseRecovering,
    ResponseSteady,
    ResponseUnknown,
)
from diagnostics.core.alerts.thresholds import DEFAULTS, Thresholds
from diagnostics.core.disclosure.shares import wilson
from surveys.rules.rounding import RATE_STEP, rate_of


@dataclass(frozen=True)
class ResponseBand:
    """What is published of the response of one wave."""

    # The lower end of the band that the number of respondents lies in.
    low: int
    # Its upper end.
    high: int
    # How many were asked.
    people: int


@dataclass(frozen=True)
class ResponseBase(Span):
    """The sums over the waves of a baseline."""

    # Of the lower ends of the bands.
    low: int
    # Of their upper ends.
    high: int
    # Of the people asked.
    people: int


@dataclass(frozen=True)
class ResponseMemory:
    """What is remembered of a participation alert after a wave."""

    # Number of the wave that raised the alert; None where none is ongoing.
    since: int | None = None
    # Latest published waves in a row that spoke for clearing.
    waves_calm: int = 0
    # What waves are compared with, once it is usable.
    base: ResponseBase | None = None
    # What they are compared with until then: the baseline before.
    old: ResponseBase | None = None

    @property
    def ongoing(self) -> bool:
        return self.since is not None

    def against(self, thresholds: Thresholds) -> ResponseBase | None:
        return compared_with(self.base, self.old, thresholds)


class ResponseStep(NamedTuple):
    """What a wave did to a participation alert."""

    # What the next wave needs.
    memory: ResponseMemory
    # What happened to the alert; NONE where nothing did.
    event: AlertEvent
    # Why the wave did that, with published figures only.
    reason: AlertReason


def advance_response(
    previous: ResponseMemory | None,
    now: ResponseBand | None,
    *,
    wave: int,
    day: int,
    thresholds: Thresholds = DEFAULTS,
) -> ResponseStep:
    """Advances a participation alert by one wave; `now` is None where too few answered to publish the response."""
    memory = previous or ResponseMemory()
    if now is None:
        return ResponseStep(memory, unchanged_event(ongoing=memory.ongoing), ResponseUnknown())
    own = ResponseBase(1, wave, wave, day, now.low, now.high, now.people)
    if memory.ongoing and memory.base and memory.base.expired(day, thresholds):
        too_old = BaselineTooOld(memory.base.first, memory.base.last)
        return ResponseStep(ResponseMemory(base=own), AlertEvent.EXPIRED, too_old)
    base, old = without_expired(memory.base, memory.old, day, thresholds)
    memory = replace(memory, base=base, old=old)
    if memory.ongoing and memory.base:
        return _advance_ongoing(memory, memory.base, own, thresholds)
    return _advance_quiet(memory, own, thresholds)


def difference(first: int, of_first: int, second: int, of_second: int, *, level: float = 0.90) -> tuple[float, float]:
    """Interval of a difference of two shares, first - second, -1..1.

    Hybrid of the two Wilson intervals: method 10 of Newcombe, Statistics in Medicine 17, 1998, 873-890.
    """
    p1, p2 = first / of_first, second / of_second
    (l1, u1), (l2, u2) = wilson(p1, of_first, level=level), wilson(p2, of_second, level=level)
    return p1 - p2 - math.hypot(p1 - l1, u2 - p2), p1 - p2 + math.hypot(u1 - p1, p2 - l2)


def fall_chance(first: int, of_first: int, second: int, of_second: int) -> float:
    """One-sided p that the second share is no smaller than the first, by the pooled score test.

    z = (p1 - p2) / sqrt(p (1 - p) (1/n1 + 1/n2)), p over both (Fleiss, Levin and Paik, Statistical Methods for Rates
    and Proportions, 3rd ed., section 3.1, without continuity correction).
    """
    p1, p2, p = first / of_first, second / of_second, (first + second) / (of_first + of_second)
    spread = math.sqrt(p * (1 - p) * (1 / of_first + 1 / of_second))
    return float(ndtr(-(p1 - p2) / spread)) if spread else 0.5


def _fell(base: ResponseBase, now: ResponseBase, thresholds: Thresholds) -> bool:
    """At the nearest ends of the bands: whatever the counts were, the fall was at least this."""
    ends = base.low, base.people, now.high, now.people
    return base.low / base.people - now.high / now.people >= thresholds.drop and fall_chance(*ends) <= thresholds.drop_p


def _advance_quiet(memory: ResponseMemory, now: ResponseBase, thresholds: Thresholds) -> ResponseStep:
    base = memory.against(thresholds)
    if base and _fell(base, now, thresholds):
        fell = ResponseFell(*_shown(base, now), *_points(base, now))
        return ResponseStep(ResponseMemory(since=now.first, base=base), AlertEvent.RAISED, fell)
    return ResponseStep(_gathered(memory, now, thresholds), AlertEvent.NONE, ResponseSteady(_rate(now)))


def _advance_ongoing(
    memory: ResponseMemory, base: ResponseBase, now: ResponseBase, thresholds: Thresholds
) -> ResponseStep:
    if _middle(base) - _middle(now) >= thresholds.drop:
        low = ResponseLow(*_shown(base, now), *_points(base, now))
        return ResponseStep(replace(memory, waves_calm=0), AlertEvent.ONGOING, low)
    run = memory.waves_calm + 1
    calm = (*_shown(base, now), 100 * thresholds.drop, run)
    if run >= thresholds.clear_waves:
        return ResponseStep(ResponseMemory(old=base), AlertEvent.CLEARED, ResponseRecovered(*calm))
    return ResponseStep(
        replace(memory, waves_calm=run), AlertEvent.ONGOING, ResponseRecovering(*calm, thresholds.clear_waves)
    )


def _gathered(memory: ResponseMemory, now: ResponseBase, thresholds: Thresholds) -> ResponseMemory:
    """After a wave without a fall: it joins the baseline while that still takes waves."""
    base = memory.base
    if base is None:
        base = now
    elif base.gathering(now.first, thresholds):
        base = _joined(base, now)
    return replace(memory, base=base, old=None if base.usable(thresholds) else memory.old)


def _joined(base: ResponseBase, now: ResponseBase) -> ResponseBase:
    low, high, people = base.low + now.low, base.high + now.high, base.people + now.people
    return ResponseBase(base.waves + 1, base.first, now.last, now.day, low, high, people)


def _points(base: ResponseBase, now: ResponseBase) -> tuple[int, int]:
    """The fall in percent points: the interval at the bands' nearest and farthest ends, outwards to whole fives."""
    least, _ = difference(base.low, base.people, now.high, now.people)
    _, most = difference(base.high, base.people, now.low, now.people)
    return max(math.floor(100 * least / RATE_STEP) * RATE_STEP, 0), math.ceil(100 * most / RATE_STEP) * RATE_STEP


def _middle(span: ResponseBase) -> float:
    return (span.low + span.high) / 2 / span.people


def _rate(span: ResponseBase) -> int | None:
    """Published percent; None for "90 % or more"."""
    rate = rate_of(span.low, span.high, span.people)
    return None if rate.at_least else rate.percent


def _shown(base: ResponseBase, now: ResponseBase) -> tuple[int, int, int | None, int | None]:
    """What reasons have of a wave beside its baseline."""
    return base.first, base.last, _rate(base), _rate(now)
