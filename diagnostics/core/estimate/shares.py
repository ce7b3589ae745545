"""Shares of people with their uncertainty, and the critical mass of a sign."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from diagnostics.core.arrays import Codes, Floats, Scores
from diagnostics.core.disclosure.shares import coarse_percent
from surveys.rules.rounding import Band

AGREE = 75.0


@dataclass(frozen=True)
class PublishedShare:
    """A share as it is published, in percent."""

    # The step, 10 to 90.
    percent: int
    # The ends of its 90 % interval, 0..100.
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class CriticalMass:
    """People at "agree" or above, for each of K groups."""

    # How many are, of how many who answered.
    count: Codes
    total: Codes


def critical_mass(scores: Scores, groups: Codes, n_groups: int, *, at_least: float = AGREE) -> CriticalMass:
    """Count the people whose score is `at_least` that high; missing scores (NaN) are left out."""
    total = np.bincount(groups[~np.isnan(scores)], minlength=n_groups)
    count = np.bincount(groups[scores >= at_least], minlength=n_groups)
    return CriticalMass(count, total)


def wilson(count: Codes, total: Codes, *, level: float = 0.90) -> tuple[Floats, Floats]:
    """Score interval of a share (Wilson, JASA 22, 1927), as shares 0..1; NaN where `total` is 0."""
    count, total = np.asarray(count), np.asarray(total)
    if (count < 0).any() or (count > total).any():
        raise ValueError("A count must lie from 0 to its total.")
    return wilson_around(_share(count, total), total, level=level)


def wilson_around(share: Floats, total: Codes, *, level: float = 0.90) -> tuple[Floats, Floats]:
    """The same around a share 0..1 that is published in steps: of `total` people no whole number need have it."""
    z2 = float(ndtri((1 + level) / 2)) ** 2
    share, total = np.asarray(share), np.asarray(total)
    centre = (share * total + z2 / 2) / (total + z2)
    half = np.sqrt(z2 * (share * (1 - share) * total + z2 / 4)) / (total + z2)
    return np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)


def published_share(some: int, total: int, band: Band) -> PublishedShare:
    """What may be published of `some` of `total` people: the step, and Wilson's interval around it.

    The interval is that of the fewest people of the band, so that it says nothing of the count.
    """
    percent = coarse_percent(some, total, band)
    low, high = wilson_around(np.array([percent / 100]), np.array([max(band.low, 1)]))
    return PublishedShare(percent, 100 * float(low[0]), 100 * float(high[0]))


def _share(count: Codes, total: Codes) -> Floats:
    share: Floats = np.divide(count, total, out=np.full(np.shape(total), np.nan), where=np.asarray(total) > 0)
    return share
