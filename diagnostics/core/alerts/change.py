"""The change alert: has a figure risen against its own first waves, and does it last?

    t = (y_t - y_b) / sqrt(v_t + v_b),   p = 1 - T(t, nu),   one-sided, on y before shrinkage
    nu = 2 (v_t + v_b)^2 / (Var v_t + Var v_b)

v is an estimate itself, of few people a loose one: nu are its degrees of freedom (Satterthwaite, 1946; Welch, 1947).

A wave is on watch where Benjamini and Hochberg's q over all cells asked in it is at most `Thresholds.allowed` and y
rose by `rise` or more; the alert is raised where one of the previous `confirm_within` reported waves was on watch too.
It is cleared where y lies less than `rise` above the baseline in `clear_waves` reported waves running.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

import numpy as np
from scipy.special import stdtr

from diagnostics.core.alerts import wording as words
from diagnostics.core.alerts.baseline import Baseline
from diagnostics.core.alerts.level import CLEARED, DEFAULTS, ENDED, HELD, NONE, RAISED, WATCH, Thresholds
from diagnostics.core.alerts.multiplicity import benjamini_hochberg

K = TypeVar("K", bound=Hashable)
# A weighted mean loses its last bits: a rise of exactly the least that counts must not hang on them.
_ROUNDING = 1e-9
# Of Var v beside v^2: so many degrees of freedom that t is the normal.
_NO_ERROR = 1e-9


@dataclass(frozen=True)
class Measured:
    """A published cell of one wave, of which enough answered: y and v, the whole number published, what it is made of.

    `variance_error` is the variance of v, 0 where v is known. `items` is any text that is the same where the same items
    were asked; cells of one `family` are tested together, and those of one `department` are one department's. Without
    it each is taken for a department of its own.
    """

    observed: float
    variance: float
    shown: int
    variance_error: float = 0.0
    items: str = ""
    family: str = ""
    department: str = ""


@dataclass(frozen=True)
class ChangeState:
    """The memory of one change alert. `since` is the wave that raised it, `first_seen` the first that was on watch.

    `watched` has, for each of the latest reported waves, its number where it was on watch, else 0. `base` is what waves
    are compared with once it is usable; until then that is `old`, the one before it.
    """

    standing: bool = False
    since: int | None = None
    first_seen: int | None = None
    calm_run: int = 0
    watched: tuple[int, ...] = ()
    items: str = ""
    base: Baseline | None = None
    old: Baseline | None = None

    def against(self, t: Thresholds) -> Baseline | None:
        return self.base if self.base and self.base.usable(t) else self.old


class ChangeStep(NamedTuple):
    """`event` is one of the events of alerts.py, `reason` a sentence."""

    state: ChangeState
    event: str
    reason: str


def change_steps(
    previous: Mapping[K, ChangeState],
    measured: Mapping[K, Measured],
    *,
    wave: int,
    day: int,
    thresholds: Thresholds = DEFAULTS,
) -> dict[K, ChangeStep]:
    """The states of all cells after a wave; `wave` is its number, `day` its date's ordinal.

    Pure, and one call for a whole company, because the false discovery rate is controlled over its cells. A cell that
    is hidden, not counted or of too low response in this wave is left out of `measured`: its state stays as it was.
    """
    t = thresholds
    begun = {key: _begun(previous.get(key), cell, day, t) for key, cell in measured.items()}
    p = _chances(begun, measured, t)
    # An alert that stands is known: it must not make the others easier to find.
    found = _found({key: one.rise for key, one in p.items() if not begun[key][0].standing}, measured, t)
    steps = {}
    for key, cell in measured.items():
        state, ended = begun[key]
        now = Baseline(1, wave, wave, day, cell.observed, cell.variance, cell.shown, cell.variance_error)
        if ended:
            was = previous.get(key) or state
            event = ENDED if was.standing else NONE
            steps[key] = ChangeStep(replace(state, base=now), event, words.begun_anew(was.since, ended))
        elif state.standing:
            steps[key] = _standing(state, now, p[key], t)
        else:
            steps[key] = _quiet(state, now, p.get(key), key in found, t)
    return steps


def _begun(previous: ChangeState | None, cell: Measured, day: int, t: Thresholds) -> tuple[ChangeState, str]:
    """The state to judge the wave by, and why all begins anew, if it does: only like is compared with like."""
    state = previous or ChangeState(items=cell.items)
    if state.items != cell.items:
        return ChangeState(items=cell.items), words.OTHER_ITEMS
    if state.base and state.base.expired(day, t):
        if state.standing:
            return ChangeState(items=cell.items), words.too_old(state.base.words)
        state = replace(state, base=None, old=state.base if state.base.usable(t) else state.old)
    if state.old and day - state.old.day > 2 * t.base_days:
        state = replace(state, old=None)
    return state, ""


class _Chances(NamedTuple):
    """One-sided p: `rise` of so much where there is no rise, `calm` of so little where it is the least that counts."""

    rise: float
    calm: float


def _chances(
    begun: Mapping[K, tuple[ChangeState, str]], measured: Mapping[K, Measured], t: Thresholds
) -> dict[K, _Chances]:
    """Of the cells that have a baseline."""
    compared = [(key, base) for key, (state, _) in begun.items() if (base := state.against(t)) is not None]
    rise = np.array([measured[key].observed - base.observed for key, base in compared])
    variance = np.array([measured[key].variance + base.variance for key, base in compared])
    error = np.array([measured[key].variance_error + base.variance_error for key, base in compared])
    freedom, deviation = 2 / np.maximum(error / variance**2, _NO_ERROR), np.sqrt(variance)
    by_rise, by_calm = stdtr(freedom, -rise / deviation), stdtr(freedom, (rise - t.rise) / deviation)
    return {key: _Chances(*p) for (key, _), *p in zip(compared, by_rise.tolist(), by_calm.tolist(), strict=True)}


def _found(p: Mapping[K, float], measured: Mapping[K, Measured], t: Thresholds) -> set[K]:
    families: dict[str, list[K]] = {}
    for key in p:
        families.setdefault(measured[key].family, []).append(key)
    found: set[K] = set()
    for keys in families.values():
        q = benjamini_hochberg(np.array([p[key] for key in keys]))
        allowed = t.allowed(len({measured[key].department or key for key in keys}))
        found.update(key for key, one in zip(keys, q.tolist(), strict=True) if one <= allowed)
    return found


def _quiet(state: ChangeState, now: Baseline, p: _Chances | None, found: bool, t: Thresholds) -> ChangeStep:
    base = state.against(t)
    if base is None or p is None:
        return ChangeStep(_gathered(state, now, t), NONE, words.no_baseline(t.base_needed))
    if not (found and _has_risen(now, base, t)):
        return ChangeStep(_gathered(state, now, t), NONE, words.no_rise(base.words))
    seen = words.rose(base.shown, now.shown, base.words, p.rise, t.rise)
    earlier = [number for number in state.watched if number]
    if not earlier:
        # A wave on watch joins no baseline: it may be the first of another level.
        watched = _kept([*state.watched, now.first], t)
        return ChangeStep(replace(state, watched=watched), WATCH, words.on_watch(now.first, seen, t.confirm_within))
    raised = ChangeState(standing=True, since=now.first, first_seen=earlier[0], items=state.items, base=base)
    return ChangeStep(raised, RAISED, words.raised(now.first, seen, earlier[0]))


def _standing(state: ChangeState, now: Baseline, p: _Chances, t: Thresholds) -> ChangeStep:
    base = state.base
    if base is None or state.since is None:
        raise ValueError("A change alert that stands needs its baseline and the wave that raised it.")
    run = 0 if _has_risen(now, base, t) else state.calm_run + 1
    figures = words.against(now.shown, base.shown, base.words)
    if run >= t.clear_waves:
        reason = words.cleared(state.since, figures, words.so_little(p.calm, t.rise), run)
        return ChangeStep(ChangeState(items=state.items, old=base), CLEARED, reason)
    reason = (
        words.calm(state.since, figures, words.so_little(p.calm, t.rise), run, t.clear_waves)
        if run
        else words.held(state.since, figures, p.rise)
    )
    return ChangeStep(replace(state, calm_run=run), HELD, reason)


def _has_risen(now: Baseline, base: Baseline, t: Thresholds) -> bool:
    return now.observed - base.observed >= t.rise - _ROUNDING


def _gathered(state: ChangeState, now: Baseline, t: Thresholds) -> ChangeState:
    """After a wave that was not on watch: it joins the baseline while that still takes waves."""
    base = state.base
    if base is None:
        base = now
    elif base.gathering(now.first, t):
        base = base.joined(now)
    old = None if base.usable(t) else state.old
    return replace(state, watched=_kept([*state.watched, 0], t), base=base, old=old)


def _kept(watched: Sequence[int], t: Thresholds) -> tuple[int, ...]:
    return tuple(watched[-t.confirm_within :])
