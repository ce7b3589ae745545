"""Shares of people as they may be published: so coarse that every count of the band could be behind them.

A share in whole percents with its interval is as good as the count: 18 % (7 to 37) of 15 to 19 people are 3 of 17. So a
share is published in steps, its ends as one ("10 % or less"), and only where each count of the band gives the step that
is published (docs/adr/0011-shares-without-counts.md).
"""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

from diagnostics.core.disclosure.reasons import SuppressionRule
from surveys.rules.limits import LEAST_COUNTS, MIN_SHARE_SIZE
from surveys.rules.rounding import Band

# Shares are published in steps of so many percent: the finer ones where the band begins at FINER_FROM people.
STEP, FINER_STEP, FINER_FROM = 10, 5, 20
# The steps at the ends also mean all that lies beyond: "10 % or less", "90 % or more".
LOWEST_SHARE, HIGHEST_SHARE = 10, 90


class Sides(NamedTuple):
    """How many people there must be at least on each side of a share, so that it gives nobody away."""

    # Those who do.
    agreeing: int = 0
    # Those who do not: all, or all but one, who do would be given away (the homogeneity rule).
    others: int = 2


@dataclass(frozen=True)
class PublishedShare:
    """A share as it is published, in percent."""

    # The step, 10 to 90.
    percent: int
    # The ends of its 90 % interval, 0..100.
    low: float
    high: float


# What the homogeneity rule asks of a share of people who agree.
UNLIKE = Sides()


def share_step(band: Band) -> int:
    """The step, in percent, that a share of so many people is published in."""
    return FINER_STEP if band.low >= FINER_FROM else STEP


def coarse_percent(agreeing: int, total: int, band: Band) -> int:
    """The step that `some` of `total` people fall into, 10 to 90; halves go up."""
    step = share_step(band)
    percent = (200 * agreeing + step * total) // (2 * step * total) * step
    return min(max(percent, LOWEST_SHARE), HIGHEST_SHARE)


def published_share(agreeing: int, total: int, band: Band) -> PublishedShare:
    """What may be published of `some` of `total` people: the step, and Wilson's interval around it.

    The interval is that of the fewest people of the band, so that it says nothing of the count.
    """
    percent = coarse_percent(agreeing, total, band)
    low, high = wilson(percent / 100, max(band.low, 1))
    return PublishedShare(percent, 100 * low, 100 * high)


def wilson(share: float, total: int, *, level: float = 0.90) -> tuple[float, float]:
    """Score interval of a share 0..1 of `total` people, 1 or more (Wilson, JASA 22, 1927).

    The share may be one that is published in steps, which no whole number of them need have.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"A share must lie from 0 to 1, got {share}.")
    z = NormalDist().inv_cdf((1 + level) / 2)
    centre = (share * total + z**2 / 2) / (total + z**2)
    half = z * math.sqrt(share * (1 - share) * total + z**2 / 4) / (total + z**2)
    return max(centre - half, 0.0), min(centre + half, 1.0)


def agreeing_behind(percent: int, total: int, band: Band, sides: Sides = UNLIKE) -> range:
    """How many of `total` people may be behind a published share; empty where it cannot be of so many people."""
    step = share_step(band)
    least = 0 if percent <= LOWEST_SHARE else -(-total * (2 * percent - step) // 200)
    most = total if percent >= HIGHEST_SHARE else -(-total * (2 * percent + step) // 200) - 1
    return range(max(least, sides.agreeing), min(most, total - sides.others) + 1)


def rule_against_share(agreeing: int, total: int, band: Band, sides: Sides = UNLIKE) -> SuppressionRule | None:
    """The rule that suppresses a share of people whose number is published as `band`; None where it may be published.

    By the band alone it is too few, so that the reason does not divide the band. A step is published only where each
    count of the band could be behind it.
    """
    if band.low < MIN_SHARE_SIZE:
        return SuppressionRule.TOO_FEW_FOR_SHARE
    if band.high - band.low + 1 < LEAST_COUNTS:
        return SuppressionRule.NARROW_BAND
    percent = coarse_percent(agreeing, total, band)
    if agreeing not in agreeing_behind(percent, total, band, sides):
        return SuppressionRule.HOMOGENEOUS
    fit = all(agreeing_behind(percent, count, band, sides) for count in range(band.low, band.high + 1))
    return None if fit else SuppressionRule.HOMOGENEOUS
