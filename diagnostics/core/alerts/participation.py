"""The participation alert: has the response fallen against a group's own first waves?

All is computed from what is published, the band that a count lies in and the people that were asked, so that neither
the alert nor its sentence can narrow the band. A fall counts only as far as it holds at the bands' nearest ends. That
the same people are asked in every wave makes the test, which takes waves for independent, cautious.
"""

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from diagnostics.core.alerts.baseline import Span
from diagnostics.core.alerts.level import CLEARED, DEFAULTS, ENDED, HELD, NONE, RAISED, Thresholds, standing_sentence
from diagnostics.core.disclosure.figures import calm_so_far, since_wave
from diagnostics.core.estimate.shares import wilson
from surveys.rules.bands import RATE_STEP, band_of, rate_of
from surveys.rules.wording import rate_text


@dataclass(frozen=True)
class Response:
    """Of `people`, `low` to `high` answered: the ends of the published band."""

    low: int
    high: int
    people: int


@dataclass(frozen=True)
class ResponseBase(Span):
    """The sums over its waves of the bands' ends and of the people asked."""

    low: int
    high: int
    people: int


@dataclass(frozen=True)
class ResponseState:
    """The memory of one participation alert; `since` is the wave that raised it.

    `base` is what waves are compared with once it is usable; until then that is `old`, the one before it.
    """

    standing: bool = False
    since: int | None = None
    calm_run: int = 0
    base: ResponseBase | None = None
    old: ResponseBase | None = None

    def against(self, t: Thresholds) -> ResponseBase | None:
        return self.base if self.base and self.base.usable(t) else self.old


class ResponseStep(NamedTuple):
    """`event` is one of the events of alerts.py, `reason` a sentence."""

    state: ResponseState
    event: str
    reason: str


def banded(respondents: int, people: int) -> Response:
    """What is published of a count."""
    return Response(*band_of(respondents, people), people)


def response_step(
    previous: ResponseState | None, now: Response | None, *, wave: int, day: int, thresholds: Thresholds = DEFAULTS
) -> ResponseStep:
    """The state after a wave; `now` is None where nothing may be said of it, and then the state stays as it was."""
    state, t = previous or ResponseState(), thresholds
    if now is None:
        why = "too few answered to say how many, so nothing changes"
        return ResponseStep(state, HELD if state.standing else NONE, standing_sentence(state.since, why))
    own = ResponseBase(1, wave, wave, day, now.low, now.high, now.people)
    if state.base and state.base.expired(day, t):
        if state.standing:
            return _ended(state, state.base, own)
        state = replace(state, base=None, old=state.base if state.base.usable(t) else state.old)
    if state.old and day - state.old.day > 2 * t.base_days:
        state = replace(state, old=None)
    if state.standing and state.base:
        return _standing(state, state.base, own, t)
    base = state.against(t)
    if base and _fell(base, own, t):
        raised = ResponseState(standing=True, since=wave, base=base)
        low, high = _points(base, own)
        seen = f"response fell from {_about(base)} in {base.words} to {_about(own)}"
        return ResponseStep(
            raised, RAISED, f"Raised in wave {wave}: {seen}, nine times in ten by {low} to {high} points."
        )
    return ResponseStep(_gathered(state, own, t), NONE, f"No alert: {_about(own)} answered.")


def difference(first: int, of_first: int, second: int, of_second: int, *, level: float = 0.90) -> tuple[float, float]:
    """Interval of a difference of two shares, first - second, -1..1.

    Hybrid of the two Wilson intervals: method 10 of Newcombe, Statistics in Medicine 17, 1998, 873-890.
    """
    p1, p2 = first / of_first, second / of_second
    ends = wilson(np.array([first, second]), np.array([of_first, of_second]), level=level)
    (l1, l2), (u1, u2) = (end.tolist() for end in ends)
    return p1 - p2 - math.hypot(p1 - l1, u2 - p2), p1 - p2 + math.hypot(u1 - p1, p2 - l2)


def fall_chance(first: int, of_first: int, second: int, of_second: int) -> float:
    """One-sided p that the second share is no smaller than the first, by the pooled score test.

    z = (p1 - p2) / sqrt(p (1 - p) (1/n1 + 1/n2)), p over both (Fleiss, Levin and Paik, Statistical Methods for Rates
    and Proportions, 3rd ed., section 3.1, without continuity correction).
    """
    p1, p2, p = first / of_first, second / of_second, (first + second) / (of_first + of_second)
    spread = math.sqrt(p * (1 - p) * (1 / of_first + 1 / of_second))
    return float(ndtr(-(p1 - p2) / spread)) if spread else 0.5


def _fell(base: ResponseBase, now: ResponseBase, t: Thresholds) -> bool:
    """At the nearest ends of the bands: whatever the counts were, the fall was at least this."""
    ends = base.low, base.people, now.high, now.people
    return base.low / base.people - now.high / now.people >= t.drop and fall_chance(*ends) <= t.drop_p


def _standing(state: ResponseState, base: ResponseBase, now: ResponseBase, t: Thresholds) -> ResponseStep:
    run = state.calm_run + 1 if _middle(base) - _middle(now) < t.drop else 0
    seen = f"response is {_about(now)} against {_about(base)} in {base.words}"
    near = f"less than {100 * t.drop:g} points lower"
    if run >= t.clear_waves:
        reason = f"Cleared, after standing {since_wave(state.since)}: {seen}, {near} in {run} waves running."
        return ResponseStep(ResponseState(old=base), CLEARED, reason)
    low, high = _points(base, now)
    how = f"{near}; {calm_so_far(run, t.clear_waves)}" if run else f"nine times in ten {low} to {high} points lower"
    return ResponseStep(replace(state, calm_run=run), HELD, f"Standing {since_wave(state.since)}: {seen}, {how}.")


def _ended(state: ResponseState, base: ResponseBase, now: ResponseBase) -> ResponseStep:
    why = f"{base.words} are more than a year ago, so the comparison begins anew"
    stood = f"Ended, after standing {since_wave(state.since)}, though response has not recovered"
    return ResponseStep(ResponseState(base=now), ENDED, f"{stood}: {why}.")


def _gathered(state: ResponseState, now: ResponseBase, t: Thresholds) -> ResponseState:
    """After a wave without a fall: it joins the baseline while that still takes waves."""
    base = state.base
    if base is None:
        base = now
    elif base.gathering(now.first, t):
        base = _joined(base, now)
    return replace(state, base=base, old=None if base.usable(t) else state.old)


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


def _about(span: ResponseBase) -> str:
    return rate_text(rate_of(span.low, span.high, span.people))
