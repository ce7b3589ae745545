"""From stored ratings to the pair map as plain numbers: each direction with its interval, and what is suppressed.

The models see only what may be published: no figure depends on a suppressed direction, except that of a division or of
everybody that the direction is part of.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from diagnostics.choices import PairLevel
from diagnostics.core.disclosure.pairs import Suppression, suppress_crossing_cells
from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.core.pairs.codes import ModelReason, PairModel
from diagnostics.core.pairs.estimate import Contrasts, Directions, PairEstimates, estimate_cells, estimate_pairs
from diagnostics.scoring.key import PairScoringKey
from diagnostics.scoring.pairs.ends import PairEnd, PairEnds
from diagnostics.scoring.pairs.ratings import MapCell, RatingTable, map_cells
from diagnostics.scoring.pairs.shares import contact_share, suppress_contact_shares
from surveys.selectors.results import RatingBlock


@dataclass(frozen=True)
class PairFigure:
    """A figure, before it is rounded for display."""

    # 0..100; a difference -100..100.
    value: float
    # The ends of its 90 % interval.
    low: float
    high: float


@dataclass(frozen=True)
class PairCell:
    """One direction: how `rater` rates `rated`."""

    level: PairLevel
    rater: PairEnd
    rated: PairEnd
    # The fewest people that its ratings can come from.
    raters: int
    # The most people that they can come from; None where nobody knows.
    people: int | None
    # Suppresses the figure; None where it is published.
    rule: SuppressionRule | None
    # Suppresses the share; None where it is published.
    share_rule: SuppressionRule | None
    # 0..100, 100 = risk; None where it is suppressed.
    figure: PairFigure | None = None
    # The percentage that needed contact and had none, in steps; None where it is suppressed.
    share: PairFigure | None = None
    # What the figure is estimated by; None where it is suppressed.
    model: PairModel | None = None
    # Why by the simpler model; None where it is not.
    model_reason: ModelReason | None = None


@dataclass(frozen=True)
class PairBoth:
    """A pair of which both directions are published."""

    level: PairLevel
    first: PairEnd
    second: PairEnd
    # The mean of both directions, 0..100.
    figure: PairFigure
    # The direction of `first` less that of `second`, -100..100.
    asymmetry: PairFigure
    model: PairModel
    # Why by the simpler model; None where it is not.
    model_reason: ModelReason | None


@dataclass(frozen=True)
class Pairs:
    """The pair map of a wave."""

    # Every direction with ratings, suppressed ones too.
    cells: tuple[PairCell, ...]
    # The pairs.
    both: tuple[PairBoth, ...]


def compute_pairs(
    scoring_key: PairScoringKey,
    ends: PairEnds,
    blocks: Sequence[RatingBlock],
    *,
    min_group_size: int,
    changed: frozenset[int] = frozenset(),
) -> Pairs:
    """The pair map of a wave. Raises ValueError where stored ratings do not fit the questionnaire.

    Where a few came to a rater's department or left it (`changed`, ids), a figure needs twice the minimum.
    """
    table = RatingTable(scoring_key, ends, blocks, min_group_size=min_group_size, changed=changed)
    cells = map_cells(table)
    crossing = [cell.crossing_cell for cell in cells]
    suppression = suppress_crossing_cells(table.atoms, crossing, min_group_size=min_group_size)
    suppression = replace(suppression, shares=suppress_contact_shares(cells, table, suppression))
    found: list[PairCell] = []
    both: list[PairBoth] = []
    for level in PairLevel:
        here = [cell for cell in cells if cell.level == level]
        shown = [cell for cell in here if cell.id not in suppression.figures]
        estimates = _estimated(shown, table) if shown else None
        found += _scored_cells(here, shown, estimates, table, suppression)
        if estimates and level != PairLevel.EVERYBODY:
            both += _both(level, shown, estimates)
    return Pairs(tuple(found), tuple(both))


def _estimated(cells: Sequence[MapCell], table: RatingTable) -> PairEstimates:
    codes: dict[str, int] = {}
    for cell in cells:
        for end in (cell.rater, cell.rated):
            codes.setdefault(end.key, len(codes))
    scores = [table.scores_of(cell) for cell in cells]
    directions = Directions(
        rater=np.array([codes[cell.rater.key] for cell in cells]),
        rated=np.array([codes[cell.rated.key] for cell in cells]),
        # Several ratings may be one person's: counted as if they were, an interval is rather too wide.
        n=np.array([table.raters_of(cell) for cell in cells]),
        mean=np.array([given.mean() for given in scores]),
        variance=np.array([given.var(ddof=1) for given in scores]),
    )
    return estimate_pairs(directions) if cells[0].level == PairLevel.GROUP else estimate_cells(directions)


def _scored_cells(
    cells: Sequence[MapCell],
    shown: Sequence[MapCell],
    estimates: PairEstimates | None,
    table: RatingTable,
    suppression: Suppression,
) -> list[PairCell]:
    estimated = _figures(estimates.directions()) if estimates else []
    figures = dict(zip([cell.id for cell in shown], estimated, strict=True))
    found = []
    for cell in cells:
        rule, share_rule = suppression.figures.get(cell.id), suppression.shares.get(cell.id)
        pair_cell = PairCell(
            cell.level, cell.rater, cell.rated, table.raters_of(cell), table.people_of(cell), rule, share_rule
        )
        if estimates and not rule:
            pair_cell = replace(
                pair_cell,
                figure=figures[cell.id],
                share=None if share_rule else _share(cell, table),
                model=estimates.model,
                model_reason=estimates.reason,
            )
        found.append(pair_cell)
    return found


def _both(level: PairLevel, cells: Sequence[MapCell], estimates: PairEstimates) -> list[PairBoth]:
    place = {(cell.rater.key, cell.rated.key): number for number, cell in enumerate(cells)}
    pairs = [
        (number, place[cell.rated.key, cell.rater.key])
        for number, cell in enumerate(cells)
        if cell.rater.key < cell.rated.key and (cell.rated.key, cell.rater.key) in place
    ]
    if not pairs:
        return []
    first, second = np.array(pairs).T
    means, differences = estimates.both(first, second), estimates.difference(first, second)
    return [
        PairBoth(level, cells[number].rater, cells[number].rated, figure, asymmetry, estimates.model, estimates.reason)
        for (number, _), figure, asymmetry in zip(pairs, _figures(means), _figures(differences), strict=True)
    ]


def _figures(contrasts: Contrasts) -> list[PairFigure]:
    return [PairFigure(*map(float, row)) for row in np.column_stack([contrasts.value, contrasts.low, contrasts.high])]


def _share(cell: MapCell, table: RatingTable) -> PairFigure:
    share = contact_share(cell, table)
    return PairFigure(share.percent, share.low, share.high)
