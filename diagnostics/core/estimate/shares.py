"""Shares of people with their uncertainty, and the critical mass of a sign."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from diagnostics.core.arrays import Codes, Floats, Scores

AGREE = 75.0


@dataclass(frozen=True, eq=False)
class CriticalMass:
    """People at "agree" or above, for each of K groups."""

    # How many are, of how many who answered.
    count: Codes
    total: Codes
    # The share 0..1 with its interval; NaN where none answered.
    share: Floats
    low: Floats
    high: Floats


def critical_mass(
    scores: Scores, groups: Codes, n_groups: int, *, at_least: float = AGREE, level: float = 0.90
) -> CriticalMass:
    """Count the people whose score is `at_least` that high; missing scores (NaN) are left out."""
    total = np.bincount(groups[~np.isnan(scores)], minlength=n_groups)
    count = np.bincount(groups[scores >= at_least], minlength=n_groups)
    low, high = wilson(count, total, level=level)
    return CriticalMass(count, total, _share(count, total), low, high)


def wilson(count: Codes, total: Codes, *, level: float = 0.90) -> tuple[Floats, Floats]:
    """Score interval of a share (Wilson, JASA 22, 1927), as shares 0..1; NaN where `total` is 0."""
    count, total = np.asarray(count), np.asarray(total)
    if (count < 0).any() or (count > total).any():
        raise ValueError("A count must lie from 0 to its total.")
    z2 = float(ndtri((1 + level) / 2)) ** 2
    share = _share(count, total)
    centre = (share * total + z2 / 2) / (total + z2)
    half = np.sqrt(z2 * (share * (1 - share) * total + z2 / 4)) / (total + z2)
    return np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)


def _share(count: Codes, total: Codes) -> Floats:
    share: Floats = np.divide(count, total, out=np.full(np.shape(total), np.nan), where=np.asarray(total) > 0)
    return share
