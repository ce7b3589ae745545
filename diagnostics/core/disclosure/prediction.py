"""How well somebody's answers are predicted from everything that is published of the person's groups, over time.

A figure is the mean of those who answered. Answers of different people are taken as independent, of the same variance,
and those of one person as the same within a period and correlated between two. The best linear prediction of one
person's answer from all published cells then explains R² = c' V⁻¹ c of its variance, with V the covariance of the cells
and c theirs with the answer. One cell of n people gives 1/n; two cells of one period that differ by one person give 1.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.core.arrays import Floats

# Of one person's answers to the same question about two periods next to each other: docs/adr/0010 has the table.
CORRELATION = 0.7
# Below this share of the largest, what is left of V is rounding: cells that follow from each other.
_NEGLIGIBLE = 1e-10
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class TimedCell:
    """One published figure of some people."""

    # Names it within its period.
    id: str
    # Cells with the same number are about the same time.
    period: int


@dataclass(frozen=True)
class Cohort:
    """People who are in the same published cells: nothing sets them apart."""

    # How many, 1 or more.
    people: int
    # The cells that they are in.
    cells: frozenset[TimedCell]
    # Whether it is known who they are. Of those who answered in one of two waves only, nobody knows that.
    known: bool = True


def explained_shares(cohorts: Sequence[Cohort], *, correlation: float = CORRELATION) -> Floats:
    """For each cohort, the largest R² (0..1) of one of its people, over the periods of its cells; 0 if it is in none.

    Cohorts that share no cell, directly or through others, say nothing of each other: each part is solved by itself.
    Raises ValueError for a correlation outside 0..1, or a cohort of nobody.
    """
    if not 0 <= correlation <= 1:
        raise ValueError(f"A correlation lies from 0 to 1, got {correlation}.")
    if any(cohort.people < 1 for cohort in cohorts):
        raise ValueError("A cohort has one person or more.")
    shares = np.zeros(len(cohorts))
    for part in _parts(cohorts):
        shares[part] = _solve([cohorts[place] for place in part], correlation)
    return shares


def exposed(cohorts: Sequence[Cohort], *, min_group_size: int, correlation: float = CORRELATION) -> list[int]:
    """The places of the known cohorts of whose people more is known than of one among `min_group_size`."""
    shares = explained_shares(cohorts, correlation=correlation)
    limit = 1 / min_group_size + _TOLERANCE
    return [place for place, cohort in enumerate(cohorts) if cohort.known and shares[place] > limit]


def _parts(cohorts: Sequence[Cohort]) -> Iterator[list[int]]:
    """The places of cohorts that hang together by their cells."""
    of_cell: dict[TimedCell, list[int]] = defaultdict(list)
    for place, cohort in enumerate(cohorts):
        for cell in cohort.cells:
            of_cell[cell].append(place)
    seen: set[int] = set()
    for start, cohort in enumerate(cohorts):
        if start in seen or not cohort.cells:
            continue
        part, waiting = [], [start]
        seen.add(start)
        while waiting:
            place = waiting.pop()
            part.append(place)
            near = {other for cell in cohorts[place].cells for other in of_cell[cell]} - seen
            seen |= near
            waiting += near
        yield sorted(part)


def _solve(cohorts: Sequence[Cohort], correlation: float) -> list[float]:
    cells = sorted({cell for cohort in cohorts for cell in cohort.cells}, key=lambda cell: (cell.period, cell.id))
    members = np.array([[cell in cohort.cells for cell in cells] for cohort in cohorts], dtype=np.float64)
    people = np.array([cohort.people for cohort in cohorts], dtype=np.float64)
    periods = np.array([cell.period for cell in cells])
    between = np.where(periods[:, None] == periods, 1.0, correlation)
    # Of means: each person counts for one over the size of the cell.
    weights = members / (people @ members)
    covariance = (weights.T * people) @ weights * between
    inverse = np.linalg.pinv(covariance, rcond=_NEGLIGIBLE, hermitian=True)
    best = np.zeros(len(cohorts))
    for period in np.unique(periods):
        seen = weights * np.where(periods == period, 1.0, correlation)
        share = np.einsum("ij,jk,ik->i", seen, inverse, seen)
        inside = members[:, periods == period].any(axis=1)
        best = np.maximum(best, np.where(inside, share, 0.0))
    return [float(share) for share in np.minimum(best, 1.0)]
