"""What a remedy changed: before and after, compared with departments of a similar index that had no remedy.

A department is given a remedy because its index is high, and a figure that is picked because it is high is lower the
next time with no effect at all (regression to the mean). So its change is compared with the change that the others lead
us to expect at the same index before:

    d_i = after_i - before_i,   u_i = ((high - low) / 2z)^2 before + the same after,   w_i = 1 / u_i,   z = 1.645
    slope b and residual variance s^2: weighted least squares of d on before, over all others (m of them)
    expected = weighted mean, over those within CALIPER of the treated, of d_i - b (before_i - before)
    own = d - expected,   se^2 = s^2 (u + 1 / W + gap^2 / S),   own -+ t(m - 2) se

with W the sum of w over those within CALIPER, gap the distance of their mean from the treated's index before, and S the
weighted sum of squares of before over all others. s^2 takes up what the published intervals leave out or overstate:
departments that move by themselves, and the pull of the estimator.

Sources: Abadie & Imbens, Bias-corrected matching estimators for average treatment effects, JBES 29 (2011); the interval
is that of a prediction in weighted regression, Draper & Smith, Applied Regression Analysis, 3rd ed. (1998), 3.1 and
9.2; Abramowitz & Stegun (1964), 26.7.5 for the quantile of t. Pure Python: pages compute it when they are read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

# Judgment, checked by simulation (docs/method.md): how near an index before is alike, and how many are needed.
CALIPER = 10.0
FEWEST_ALIKE = 4
FEWEST_OTHERS = 5

_Z = NormalDist().inv_cdf(0.95)
# Two whole numbers, each rounded by up to half a point.
_ROUNDING = 2 / 12


class EffectVerdict(StrEnum):
    """What the interval of an effect says."""

    # The whole of it is below zero.
    HELPED = "helped"
    # The whole of it is above zero.
    WORSE = "worse"
    # It contains zero, or there is nothing to compare with yet.
    TOO_EARLY = "too_early"


@dataclass(frozen=True)
class Change:
    """An index as it was published before and after a remedy."""

    # Value, low and high end of the 90 % interval, 0..100 each.
    before: tuple[float, float, float]
    # As `before`, in the later wave.
    after: tuple[float, float, float]

    @property
    def points(self) -> float:
        return self.after[0] - self.before[0]

    @property
    def variance(self) -> float:
        """Of the change, as the two intervals have it."""
        return max(sum(((high - low) / (2 * _Z)) ** 2 for _, low, high in (self.before, self.after)), _ROUNDING)

    @property
    def interval(self) -> tuple[float, float]:
        """The naive 90 % interval of the change, which knows nothing of why the department was picked."""
        half = _Z * sqrt(self.variance)
        return self.points - half, self.points + half


@dataclass(frozen=True)
class Effect:
    """What a remedy did to one department, in points of the index: below zero is better."""

    # How many departments it is compared with.
    alike: int
    # The change that these lead us to expect without the remedy.
    expected: float
    # The rest of the change.
    own: float
    # The low end of its 90 % interval.
    low: float
    # The high end.
    high: float
    # What the interval allows to say.
    verdict: EffectVerdict


def alike(treated: Change, others: Sequence[Change]) -> list[Change]:
    """Those of the others whose index before was within CALIPER of the treated's."""
    return [other for other in others if abs(other.before[0] - treated.before[0]) <= CALIPER]


def effect(treated: Change, others: Sequence[Change]) -> Effect | None:
    """`others` had no remedy in that time. None where too few of them, or too few with a similar index, are there."""
    near = alike(treated, others)
    if len(others) < FEWEST_OTHERS or len(near) < FEWEST_ALIKE:
        return None
    slope, spread, scale = _regression(others)
    weights = [1 / change.variance for change in near]
    total = sum(weights)
    gaps = [change.before[0] - treated.before[0] for change in near]
    expected = sum(w * (d.points - slope * gap) for w, d, gap in zip(weights, near, gaps, strict=True)) / total
    gap = sum(w * gap for w, gap in zip(weights, gaps, strict=True)) / total
    leverage = gap**2 / spread if spread else 0.0
    error = sqrt(max(scale * (treated.variance + 1 / total + leverage), _ROUNDING))
    own, half = treated.points - expected, t_quantile(len(others) - 2) * error
    return Effect(len(near), expected, own, own - half, own + half, _verdict(own - half, own + half))


def t_quantile(freedom: int) -> float:
    """The 95 % point of Student's t, to a hundredth from 3 degrees of freedom on."""
    if freedom < 3:
        raise ValueError(f"The expansion needs 3 degrees of freedom, got {freedom}.")
    z, n = _Z, freedom
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * n**4)
    )


def _regression(changes: Sequence[Change]) -> tuple[float, float, float]:
    """Slope of change on before, the weighted sum of squares of before, and the residual variance."""
    weights = [1 / change.variance for change in changes]
    total = sum(weights)
    middle = sum(w * change.before[0] for w, change in zip(weights, changes, strict=True)) / total
    mean = sum(w * change.points for w, change in zip(weights, changes, strict=True)) / total
    pairs = [(w, d.before[0] - middle, d.points - mean) for w, d in zip(weights, changes, strict=True)]
    # Where all had the same index there is no slope; the rounding of `middle` would make one up.
    apart = len({change.before[0] for change in changes}) > 1
    spread = sum(w * x**2 for w, x, _ in pairs) if apart else 0.0
    slope = sum(w * x * y for w, x, y in pairs) / spread if spread else 0.0
    scale = sum(w * (y - slope * x) ** 2 for w, x, y in pairs) / (len(changes) - 2)
    return slope, spread, scale


def _verdict(low: float, high: float) -> EffectVerdict:
    if high < 0:
        return EffectVerdict.HELPED
    return EffectVerdict.WORSE if low > 0 else EffectVerdict.TOO_EARLY
