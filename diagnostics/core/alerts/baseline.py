"""What later waves are compared with: a few waves taken together, then frozen, and replaced after a year."""

import math
from dataclasses import dataclass, replace
from typing import TypeVar

from diagnostics.core.alerts.thresholds import Thresholds


@dataclass(frozen=True)
class Span:
    """The waves that a baseline is made of."""

    # How many were taken: published, and not on watch.
    waves: int
    # Number of the first that was taken.
    first: int
    # Number of the last.
    last: int
    # Day number of the last (date.toordinal).
    day: int

    def usable(self, thresholds: Thresholds) -> bool:
        return self.waves >= thresholds.base_needed

    def gathering(self, wave: int, thresholds: Thresholds) -> bool:
        """Whether the wave belongs to it: among its first waves, suppressed ones counted, or it still needs waves."""
        return wave < self.first + thresholds.base_waves or not self.usable(thresholds)

    def expired(self, day: int, thresholds: Thresholds) -> bool:
        return day - self.day > thresholds.base_days


@dataclass(frozen=True)
class Baseline(Span):
    """The waves of a figure taken together."""

    # The precision-weighted mean y of the waves, in points.
    observed: float
    # Its variance, in points squared.
    variance: float
    # The sum of the whole numbers that the waves published, in points.
    shown_sum: int
    # The variance of `variance`, 0 where that is known.
    variance_error: float = 0.0

    @property
    def shown(self) -> int:
        """The mean of what was published, a whole number: all that may be shown of it."""
        return math.floor(self.shown_sum / self.waves + 0.5)

    def joined(self, other: "Baseline") -> "Baseline":
        """With the waves of a later one: weights 1/v, variance 1 / sum of weights."""
        own, its = 1 / self.variance, 1 / other.variance
        share = own / (own + its)
        return replace(
            other,
            waves=self.waves + other.waves,
            first=self.first,
            observed=(own * self.observed + its * other.observed) / (own + its),
            variance=1 / (own + its),
            shown_sum=self.shown_sum + other.shown_sum,
            variance_error=share**4 * self.variance_error + (1 - share) ** 4 * other.variance_error,
        )


AnySpan = TypeVar("AnySpan", bound=Span)


def compared_with(base: AnySpan | None, old: AnySpan | None, thresholds: Thresholds) -> AnySpan | None:
    """What a wave is compared with: the baseline, or until that is usable the one before it."""
    return base if base and base.usable(thresholds) else old


def without_expired(
    base: AnySpan | None, old: AnySpan | None, day: int, thresholds: Thresholds
) -> tuple[AnySpan | None, AnySpan | None]:
    """What is left on a day of a baseline and the one before it: an expired one serves as that for as long again."""
    if base and base.expired(day, thresholds):
        base, old = None, compared_with(base, old, thresholds)
    if old and day - old.day > 2 * thresholds.base_days:
        old = None
    return base, old
