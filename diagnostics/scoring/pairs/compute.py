"""From stored ratings to the pair map as plain numbers: each direction with its interval, and what is suppressed.

The models see only what may be published: no figure depends on a suppressed direction, except that of a division or of
everybody that the direction is part of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from diagnostics.choices import RaterKind
from diagnostics.core.disclosure.pairs import Suppression, suppress_crossing_cells
from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.core.pairs.codes import ModelReason, PairModel
from diagnostics.core.pairs.estimate import Contrasts, Directions, PairEstimates, estimate_cells, estimate_pairs
from diagnostics.scoring.key import PairScoringKey
from diagnostics.scoring.pairs.ends import PairEnd, PairEnds
from diagnostics.scoring.pairs.ratings import (
    RatedDirection,
    RatingTable,
    order_directions,
    rated_directions,
    rater_bands,
)
from diagnostics.scoring.pairs.shares import contact_share, suppress_contact_shares
from surveys.rules.rounding import Band
from surveys.selectors.results import RatingBlock


@dataclass(frozen=True)
class PairFigure:
    """A figure, before it is rounded for display."""

    # 0..100; a difference -100..100.
    value: float
    # The low end of its 90 % interval.
    low: float
    # The high end.
    high: float


@dataclass(frozen=True)
class ComputedDirection:
    """One direction of the pair map with what scoring found: how `rater` rates `rated`."""

    # Who rates: a group, a division or everybody.
    rater_kind: RaterKind
    # Who says it.
    rater: PairEnd
    # Whom it is about.
    rated: PairEnd
    # In which the number of people lies whom its ratings come from.
    raters: Band
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
class ComputedPair:
    """A pair of which both directions are published."""

    # Of groups or of divisions.
    rater_kind: RaterKind
    # The end with the lower key.
    first: PairEnd
    # The other one.
    second: PairEnd
    # The mean of both directions, 0..100.
    figure: PairFigure
    # The direction of `first` less that of `second`, -100..100.
    asymmetry: PairFigure
    # What both are estimated by.
    model: PairModel
    # Why by the simpler model; None where it is not.
    model_reason: ModelReason | None


@dataclass(frozen=True)
class ComputedPairMap:
    """The pair map of a wave."""

    # Every direction with ratings, suppressed ones too.
    directions: tuple[ComputedDirection, ...]
    # Every pair of which both directions are published.
    pairs: tuple[ComputedPair, ...]


def compute_pairs(
    scoring_key: PairScoringKey,
    ends: PairEnds,
    blocks: Sequence[RatingBlock],
    *,
    min_group_size: int,
    changed: frozenset[int] = frozenset(),
) -> ComputedPairMap:
    """Computes the pair map of a wave. Raises ValueError where stored ratings do not fit the questionnaire.

    Where a few came to a rater's department or left it (`changed`, ids), a figure needs twice the minimum.
    """
    table = RatingTable(scoring_key, ends, blocks, min_group_size=min_group_size, changed=changed)
    found = rated_directions(table)
    bands = rater_bands(found, table)
    cells = order_directions(found, bands)
    crossing = [cell.crossing_cell for cell in cells]
    suppression = suppress_crossing_cells(table.atoms, crossing, min_group_size=min_group_size)
    suppression = replace(suppression, shares=suppress_contact_shares(cells, table, suppression))
    directions: list[ComputedDirection] = []
    pairs: list[ComputedPair] = []
    for rater_kind in RaterKind:
        here = [cell for cell in cells if cell.rater_kind == rater_kind]
        shown = [cell for cell in here if cell.id not in suppression.figures]
        estimates = _estimated(shown, table) if shown else None
        directions += _directions(here, estimates, table, suppression, bands)
        if estimates and rater_kind != RaterKind.EVERYBODY:
            pairs += _pairs(rater_kind, shown, estimates)
    return ComputedPairMap(tuple(directions), tuple(pairs))


def _estimated(cells: Sequence[RatedDirection], table: RatingTable) -> PairEstimates:
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
    return estimate_pairs(directions) if cells[0].rater_kind == RaterKind.GROUP else estimate_cells(directions)


def _directions(
    cells: Sequence[RatedDirection],
    estimates: PairEstimates | None,
    table: RatingTable,
    suppression: Suppression,
    bands: Mapping[str, Band],
) -> list[ComputedDirection]:
    estimated = _figures(estimates.directions()) if estimates else []
    figures = dict(zip([cell.id for cell in cells if cell.id not in suppression.figures], estimated, strict=True))
    found = []
    for cell in cells:
        rule, share_rule = suppression.figures.get(cell.id), suppression.shares.get(cell.id)
        direction = ComputedDirection(cell.rater_kind, cell.rater, cell.rated, bands[cell.id], rule, share_rule)
        if estimates and not rule:
            direction = replace(
                direction,
                figure=figures[cell.id],
                share=None if share_rule else _share(cell, table),
                model=estimates.model,
                model_reason=estimates.reason,
            )
        found.append(direction)
    return found


def _pairs(rater_kind: RaterKind, cells: Sequence[RatedDirection], estimates: PairEstimates) -> list[ComputedPair]:
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
        ComputedPair(
            rater_kind, cells[number].rater, cells[number].rated, figure, asymmetry, estimates.model, estimates.reason
        )
        for (number, _), figure, asymmetry in zip(pairs, _figures(means), _figures(differences), strict=True)
    ]


def _figures(contrasts: Contrasts) -> list[PairFigure]:
    return [PairFigure(*map(float, row)) for row in np.column_stack([contrasts.value, contrasts.low, contrasts.high])]


def _share(cell: RatedDirection, table: RatingTable) -> PairFigure:
    share = contact_share(cell, table)
    return PairFigure(share.percent, share.low, share.high)
