"""Level and change alert of a whole company, one wave further: what scoring runs, and what a simulation drives."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from diagnostics.core.alerts.change import ChangeState, ChangeStep, Measured, change_steps
from diagnostics.core.alerts.level import DEFAULTS, HELD, NONE, AlertState, Thresholds, event_of, frozen, level_step

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Seen:
    """One published cell of one wave: P(theta > level), P(theta > level - clear_margin), and what changes.py asks for.

    `may_alert` is false where too few answered to judge.
    """

    above: float
    above_clear: float
    measured: Measured
    may_alert: bool = True


@dataclass(frozen=True)
class Memory:
    """What is remembered of a cell after a wave; `change` is None until it was measured once."""

    level: AlertState = field(default_factory=AlertState)
    change: ChangeState | None = None


class Told(NamedTuple):
    event: str
    reason: str


class CellStep(NamedTuple):
    """A cell's memory after a wave, with what happened to each of its two alerts."""

    memory: Memory
    level: Told
    change: Told


def chain_step(
    previous: Mapping[K, Memory],
    seen: Mapping[K, Seen | None],
    *,
    wave: int,
    day: int,
    thresholds: Thresholds = DEFAULTS,
) -> dict[K, CellStep]:
    """The company after a wave. Pure: to drive a history, feed each wave's memories into the next.

    A key is one cell, such as (group, measure). `seen` has None for a cell that is hidden in this wave: its memory
    stays as it was. One that never was seen gets no memory; one that is missing in `seen`, for nobody counted its
    group in this wave, is in no result, and its caller keeps its memory. `wave` is a number from 1, `day` a date's
    ordinal: a year by it ends a baseline.

        memory = {}
        for number, cells in enumerate(history, start=1):
            steps = chain_step(memory, cells, wave=number, day=28 * number)
            memory |= {key: step.memory for key, step in steps.items()}
    """
    judged = {key: cell.measured for key, cell in seen.items() if cell is not None and cell.may_alert}
    before = {key: one.change for key in judged if (one := previous.get(key)) and one.change is not None}
    changes = change_steps(before, judged, wave=wave, day=day, thresholds=thresholds)
    return {
        key: _cell(previous.get(key), cell, changes.get(key), wave, thresholds)
        for key, cell in seen.items()
        if cell is not None or key in previous
    }


def _cell(
    previous: Memory | None, cell: Seen | None, change: ChangeStep | None, wave: int, thresholds: Thresholds
) -> CellStep:
    before = previous or Memory()
    level, reason = level_step(
        before.level,
        cell.above if cell else float("nan"),
        cell.above_clear if cell else float("nan"),
        wave=wave,
        reported=cell is not None,
        may_alert=cell is not None and cell.may_alert,
        thresholds=thresholds,
    )
    told = Told(event_of(was=before.level.standing, now=level.standing), reason)
    if change is None:
        since = before.change.since if before.change else None
        kept = Told(NONE if since is None else HELD, frozen(since, hidden=cell is None))
        return CellStep(Memory(level, before.change), told, kept)
    return CellStep(Memory(level, change.state), told, Told(change.event, change.reason))
