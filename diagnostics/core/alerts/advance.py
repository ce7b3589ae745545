"""Level and change alert of a whole company, one wave further: what scoring runs, and what a simulation drives.

Many changes are tested at once. Which of them may be called found is decided here, over all cells of the wave.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import numpy as np

from diagnostics.core.alerts.baseline import Baseline
from diagnostics.core.alerts.change import ChangeMemory, ChangeStep, Measured, advance_change, chances_of, start_of
from diagnostics.core.alerts.level import LevelMemory, advance_level, no_verdict, unchanged_event
from diagnostics.core.alerts.reasons.codes import AlertEvent
from diagnostics.core.alerts.reasons.common import AlertReason
from diagnostics.core.alerts.thresholds import DEFAULTS, Thresholds
from diagnostics.core.arrays import Floats

K = TypeVar("K", bound=Hashable)
_NAN = float("nan")


@dataclass(frozen=True)
class PublishedCell:
    """What both alerts need of one published cell of one wave."""

    # P(theta > level), 0..1.
    above: float
    # P(theta > level - clear_margin), 0..1.
    above_clear: float
    # What the change alert compares.
    measured: Measured
    # False where too few answered to judge.
    may_alert: bool = True


@dataclass(frozen=True)
class CellMemory:
    """What is remembered of a cell after a wave."""

    # Of the level alert.
    level: LevelMemory = field(default_factory=LevelMemory)
    # None until the cell was measured once.
    change: ChangeMemory | None = None


class AlertStep(NamedTuple):
    """What a wave did to one alert, and why."""

    # What happened to the alert; NONE where nothing did.
    event: AlertEvent
    # Why the wave did that, with published figures only.
    reason: AlertReason


class CellStep(NamedTuple):
    """What a wave did to a cell."""

    # What the next wave needs.
    memory: CellMemory
    # What happened to the level alert.
    level: AlertStep
    # NONE too where the cell was never measured.
    change: AlertStep


def advance_alerts(
    previous: Mapping[K, CellMemory],
    cells: Mapping[K, PublishedCell | None],
    *,
    wave: int,
    day: int,
    thresholds: Thresholds = DEFAULTS,
) -> dict[K, CellStep]:
    """Advances both alerts of every cell by one wave.

    Pure: to drive a history, feed each wave's memories into the next.

    A key is one cell, such as (group, measure). `cells` has None for a cell that is suppressed in this wave: its memory
    stays as it was. A cell that never was published gets no memory; where a wave did not count a group, its cells are
    missing in `cells` and in the result, and the caller keeps their memories. `wave` is a number from 1, `day` a date's
    ordinal: a year by it ends a baseline.

        memory = {}
        for number, cells in enumerate(history, start=1):
            steps = advance_alerts(memory, cells, wave=number, day=28 * number)
            memory |= {key: step.memory for key, step in steps.items()}
    """
    judged = {key: cell.measured for key, cell in cells.items() if cell is not None and cell.may_alert}
    before = {key: memory.change for key in judged if (memory := previous.get(key)) and memory.change is not None}
    changes = advance_changes(before, judged, wave=wave, day=day, thresholds=thresholds)
    return {
        key: _advance_cell(previous.get(key), cell, changes.get(key), wave, thresholds)
        for key, cell in cells.items()
        if cell is not None or key in previous
    }


def advance_changes(
    previous: Mapping[K, ChangeMemory],
    measured: Mapping[K, Measured],
    *,
    wave: int,
    day: int,
    thresholds: Thresholds = DEFAULTS,
) -> dict[K, ChangeStep]:
    """Advances the change alerts of all cells by one wave; `wave` is its number, `day` its date's ordinal.

    Pure, and one call for a whole company, because the false discovery rate is controlled over its cells. A cell that
    is suppressed, not counted or of too low response is left out of `measured`: its memory stays as it was.
    """
    starts = {key: start_of(previous.get(key), cell, day, thresholds) for key, cell in measured.items()}
    p = chances_of({key: start.memory for key, start in starts.items()}, measured, thresholds)
    # An ongoing alert is known: it must not make the others easier to find.
    quiet = {key: chances.rise for key, chances in p.items() if not starts[key].memory.ongoing}
    found = _found(quiet, measured, thresholds)
    steps = {}
    for key, cell in measured.items():
        now = Baseline(1, wave, wave, day, cell.observed, cell.variance, cell.shown, cell.variance_error)
        steps[key] = advance_change(starts[key], now, p.get(key), found=key in found, thresholds=thresholds)
    return steps


def benjamini_hochberg(p: Floats) -> Floats:
    """The q of each of m tests: rejecting where q <= alpha keeps the false discovery rate at alpha or below.

    q of the i-th smallest p is the least of p_j m / j over j >= i (Benjamini and Hochberg, J. R. Stat. Soc. B 57,
    1995), under independence or positive dependence. Own lines, for `scipy.stats` costs a worker seconds to load; the
    tests hold them to scipy's and to statsmodels'. Raises ValueError for what is no probability.
    """
    p = np.asarray(p, dtype=np.float64)
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("The false discovery rate is controlled over probabilities from 0 to 1.")
    order = np.argsort(p)
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return q


def highest_q(departments: int, thresholds: Thresholds) -> float:
    """The highest q that puts a cell on watch, where so many departments are tested together."""
    return min(thresholds.false_share, thresholds.false_watches * departments)


def _advance_cell(
    previous: CellMemory | None,
    cell: PublishedCell | None,
    change: ChangeStep | None,
    wave: int,
    thresholds: Thresholds,
) -> CellStep:
    before = previous or CellMemory()
    memory, event, reason = advance_level(
        before.level,
        cell.above if cell else _NAN,
        cell.above_clear if cell else _NAN,
        wave=wave,
        reported=cell is not None,
        may_alert=cell is not None and cell.may_alert,
        thresholds=thresholds,
    )
    level = AlertStep(event, reason)
    if change is None:
        ongoing = before.change is not None and before.change.ongoing
        kept = AlertStep(unchanged_event(ongoing=ongoing), no_verdict(reported=cell is not None))
        return CellStep(CellMemory(memory, before.change), level, kept)
    return CellStep(CellMemory(memory, change.memory), level, AlertStep(change.event, change.reason))


def _found(p: Mapping[K, float], measured: Mapping[K, Measured], thresholds: Thresholds) -> set[K]:
    families: dict[str, list[K]] = {}
    for key in p:
        families.setdefault(measured[key].family, []).append(key)
    found: set[K] = set()
    for keys in families.values():
        q = benjamini_hochberg(np.array([p[key] for key in keys]))
        allowed = highest_q(len({measured[key].department or key for key in keys}), thresholds)
        found.update(key for key, value in zip(keys, q.tolist(), strict=True) if value <= allowed)
    return found
