"""How often the interval of a published share holds the true one, and how wide it is. Exact, by binomial chances.

python -m tests.benchmarks.bench_shares

Over 10 to 60 people, every number of them who answer, and true shares of 5 to 95 %; beside it Wilson's interval around
the exact share, which share the number of answers.
"""

from collections.abc import Callable

import numpy as np
from scipy.stats import binom

from diagnostics.core.disclosure.shares import published_share, rule_against_share, wilson
from surveys.rules.rounding import Band, band_of, whole

PEOPLE = range(10, 61)
TRUE = np.arange(5, 96, 5) / 100
Interval = Callable[[int, int, Band], tuple[float, float]]


def exact(agreeing: int, total: int, _: Band) -> tuple[float, float]:
    """What was published before: the ends of Wilson's interval around the share itself."""
    low, high = wilson(agreeing / total, total)
    return 100 * low, 100 * high


def coarse(agreeing: int, total: int, band: Band) -> tuple[float, float]:
    share = published_share(agreeing, total, band)
    return share.low, share.high


def judged(interval: Interval) -> tuple[float, float, float]:
    """(share of true values that the interval holds, the least over true values, its mean width in points)."""
    covered, widths, chances = np.zeros(len(TRUE)), 0.0, np.zeros(len(TRUE))
    for people in PEOPLE:
        for total in range(10, people + 1):
            band = band_of(total, people)
            for agreeing in range(total + 1):
                if rule_against_share(agreeing, total, band) is None:
                    # The ends of the scale also mean all beyond.
                    low, high = (whole(end) for end in interval(agreeing, total, band))
                    chance = binom.pmf(agreeing, total, TRUE)
                    inside = (low <= 100 * TRUE + 1e-9) & (high >= 100 * TRUE - 1e-9)
                    covered += chance * inside
                    chances += chance
                    widths += float(chance.sum()) * (high - low)
    coverage = covered / chances
    return float(covered.sum() / chances.sum()), float(coverage.min()), widths / float(chances.sum())


def main() -> None:
    for name, interval in (("in steps, of the band's first count", coarse), ("of the exact share and count", exact)):
        covered, least, width = judged(interval)
        print(f"{name}: holds {covered:.3f} (least {least:.3f}), {width:.1f} points wide")


if __name__ == "__main__":
    main()
