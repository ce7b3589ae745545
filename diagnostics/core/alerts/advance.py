"""Level and change alert of a whole company, one wave further: what scoring runs, and what a simulation drives."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from diagnostics.core.alerts.change import ChangeMemory, ChangeStep, Measured, advance_changes
from diagnostics.core.alerts.level import LevelMemory, advance_level, no_verdict, unchanged_event
from diagnostics.core.alerts.reasons.codes import AlertEvent
from diagnostics.core.alerts.reasons.common import AlertReason
from diagnostics.core.alerts.thresholds import DEFAULTS, Thresholds

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
