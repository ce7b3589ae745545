"""Does the order of the departments hang on one sign? The ranking by index, against those with one sign left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.core.arrays import Codes, Floats


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Ranks count from 1, the highest index first."""

    # By the index (rows,).
    rank: Codes
    # The range of the ranks (rows,) while each sign is left out in turn.
    best: Codes
    worst: Codes
    # For each sign left out, how much of the order of the index stays: 1 all of it, 0 none, -1 reversed.
    tau: Floats


def sensitivity(index: Floats, without: Sequence[Floats]) -> Sensitivity:
    """`index` (rows,) beside the same rows' index with each sign left out in turn.

    Raises ValueError for fewer than two rows, rows that do not match, or no sign to leave out.
    """
    if len(index) < 2 or not without or any(other.shape != index.shape for other in without):
        raise ValueError("A ranking needs two rows or more, and as many without each sign.")
    ranks = np.array([_ranks(other) for other in without])
    return Sensitivity(
        rank=_ranks(index),
        best=ranks.min(axis=0),
        worst=ranks.max(axis=0),
        tau=np.array([kendall_tau(index, other) for other in without]),
    )


def kendall_tau(first: Floats, second: Floats) -> float:
    """Kendall's tau-b, -1..1: pairs in the same order less pairs in opposite order (Biometrika 33, 1945, with ties).

        (concordant - discordant) / sqrt((pairs - tied in first) (pairs - tied in second))

    NaN where one of the two is all ties. Own lines, for `scipy.stats` costs a worker seconds to load; a test holds them
    to it.
    """
    above = np.triu_indices(len(first), k=1)
    x, y = np.sign(first[above[0]] - first[above[1]]), np.sign(second[above[0]] - second[above[1]])
    untied = np.sqrt(np.count_nonzero(x)) * np.sqrt(np.count_nonzero(y))
    return float(x @ y / untied) if untied else float("nan")


def _ranks(index: Floats) -> Codes:
    """Ranks from 1, the highest first; equals share the best."""
    ranks: Codes = 1 + np.searchsorted(np.sort(-index), -index, side="left")
    return ranks
