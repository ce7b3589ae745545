"""The waves of one made-up company, taken through estimator and alerts as scoring does."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from diagnostics.core.alerts.advance import CellMemory, CellStep, PublishedCell, advance_alerts
from diagnostics.core.alerts.change import Measured
from diagnostics.core.alerts.reasons.codes import AlertEvent
from diagnostics.core.alerts.thresholds import DEFAULTS
from diagnostics.core.arrays import Flags
from diagnostics.core.estimate.answers import Answers, scale_scores
from diagnostics.core.estimate.groups import group_stats, reliability
from diagnostics.core.simulation.accuracy import Estimator, as_published, wave_statistics
from diagnostics.core.simulation.company import Company
from diagnostics.core.simulation.items import SIGNS
from surveys.rules.limits import MIN_GROUP_SIZE
from surveys.rules.rounding import whole

DAYS = 28
INDEX = 0
_Cell = tuple[int, int]


@dataclass(frozen=True, eq=False)
class History:
    """What became of one made-up company: flags (waves, groups, measures), the index as measure 0."""

    # Which groups were published (waves, groups).
    reported: Flags
    # The level alerts that the wave raised.
    level: Flags
    # The change alerts that it put on watch or raised.
    watch: Flags
    # Those that it raised.
    confirmed: Flags
    # All that a page shows of them.
    shown: Flags


@dataclass(frozen=True)
class Move:
    """A change of the true means of some groups."""

    # Their places in the company, from 0.
    groups: tuple[int, ...]
    # From which wave on: 1, 2, ...
    at: int = 1
    # By how many points they rise.
    rise: float = 0.0
    # The score, 0..100, at which they are from then on instead; None where they rise.
    score: float | None = None


def history(
    company: Company, moves: tuple[Move, ...], *, waves: int, signs: bool = True, estimator: Estimator = as_published
) -> History:
    """Without `signs` the index is followed alone."""
    groups = company.design.groups
    shape = (waves, groups, 1 + len(SIGNS) * signs)
    found = History(np.zeros(shape[:2], dtype=bool), *(np.zeros(shape, dtype=bool) for _ in range(4)))
    memory: dict[_Cell, CellMemory] = {}
    for number in range(1, waves + 1):
        for move in moves:
            _apply(company, move, number)
        cells = _cells(company.wave().answers, signs, estimator)
        steps = advance_alerts(memory, cells, wave=number, day=DAYS * number)
        memory |= {cell: step.memory for cell, step in steps.items()}
        found.reported[number - 1] = [cells[group, INDEX] is not None for group in range(groups)]
        for cell, step in steps.items():
            _note(found, (number - 1, *cell), step)
    return found


def _apply(company: Company, move: Move, wave: int) -> None:
    if wave == move.at:
        truth = company.truth()
        for group in move.groups:
            company.put(group, truth[group] + move.rise if move.score is None else move.score)


def _cells(answers: Answers, signs: bool, estimator: Estimator) -> Mapping[_Cell, PublishedCell | None]:
    tables = [wave_statistics(answers)]
    for sign in SIGNS if signs else ():
        scores = scale_scores(answers.values, sign)
        rho = reliability(answers.values[:, list(sign)], answers.groups, answers.n_groups)
        tables.append((group_stats(scores, answers.groups, answers.n_groups, answers.headcounts), rho))
    cells: dict[_Cell, PublishedCell | None] = {
        (group, measure): None for group in range(answers.n_groups) for measure in range(len(tables))
    }
    for measure, (stats, rho) in enumerate(tables):
        posterior = estimator(stats, rho)
        columns = (
            stats.codes,
            stats.n,
            posterior.prob_above(DEFAULTS.level),
            posterior.prob_above(DEFAULTS.level - DEFAULTS.clear_margin),
            posterior.observed,
            posterior.sampling_variance,
            posterior.index,
            posterior.variance_error,
        )
        for group, n, above, above_clear, observed, variance, index, error in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            if n >= MIN_GROUP_SIZE:
                cells[int(group), measure] = PublishedCell(
                    above, above_clear, Measured(observed, variance, whole(index), error, department=str(group))
                )
    return cells


def _note(found: History, place: tuple[int, int, int], step: CellStep) -> None:
    change = step.memory.change
    found.level[place] = step.level.event is AlertEvent.RAISED
    found.confirmed[place] = step.change.event is AlertEvent.RAISED
    found.watch[place] = step.change.event in (AlertEvent.WATCH, AlertEvent.RAISED)
    found.shown[place] = found.watch[place] or (change is not None and change.ongoing)
