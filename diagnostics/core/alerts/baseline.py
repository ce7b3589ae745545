"""What later waves are compared with: a few waves taken together, then frozen, and begun anew after a year."""

import math
from dataclasses import dataclass, replace

from diagnostics.core.alerts.level import Thresholds


@dataclass(frozen=True)
class Span:
    """`waves` were taken, of those numbered `first` to `last`; `day` is the day number (date.toordinal) of the last."""

    waves: int
    first: int
    last: int
    day: int

    def usable(self, t: Thresholds) -> bool:
        return self.waves >= t.base_needed

    def gathering(self, wave: int, t: Thresholds) -> bool:
        """Whether the wave belongs to it: one of its first waves, hidden ones counted, or not enough are there yet."""
        return wave < self.first + t.base_waves or not self.usable(t)

    def expired(self, day: int, t: Thresholds) -> bool:
        return day - self.day > t.base_days

    @property
    def words(self) -> str:
        if self.first == self.last:
            return f"wave {self.first}"
        joint = "and" if self.waves == 2 else "to"
        return f"waves {self.first} {joint} {self.last}"


@dataclass(frozen=True)
class Baseline(Span):
    """The precision-weighted mean y of the waves and its variance, and the sum of what was published of them."""

    observed: float
    variance: float
    shown_sum: int
    variance_error: float = 0.0

    @property
    def shown(self) -> int:
        """The mean of what was published, a whole number: all that a sentence may say of it."""
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
