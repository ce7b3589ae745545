"""How counts, rates and scores are rounded before anybody sees them, and written (docs/anonymity.md). Pure."""

import math
from dataclasses import dataclass

BAND = 5
RATE_STEP, HIGHEST_RATE = 5, 90
LOWEST_SHOWN, HIGHEST_SHOWN = 5, 95


@dataclass(frozen=True)
class Rate:
    """A response rate as it may be published."""

    # Percent, 0 to 90, in steps of 5.
    percent: int
    # Whether it is a lower bound ("90 % or more") rather than about right.
    at_least: bool = False


def band_of(count: int, people: int | None) -> tuple[int, int]:
    """The ends of the band that a count is published in: of five; from the one that 90 % of `people` lie in, up to all.

    Beside a known number of people a band of the last few would say that everybody answered. `people` is None where
    it is not known how many there were.
    """
    if count < 0:
        raise ValueError(f"A count cannot be {count}.")
    start = count // BAND * BAND
    if people is None:
        return start, start + BAND - 1
    last = -(-HIGHEST_RATE * people // 100) // BAND * BAND
    return (start, start + BAND - 1) if start < last else (last, people)


def rate_of(low: int, high: int, people: int) -> Rate:
    """The rate of one band, or of the sum of several: an exact rate would undo the band.

    "90 % or more" where that is true of the whole band, else its middle, to 5 % and 90 % at most.
    """
    people = max(people, 1)
    if low * 100 >= HIGHEST_RATE * people:
        return Rate(HIGHEST_RATE, at_least=True)
    return Rate(rounded_percent(low + high, 2 * people))


def rate_of_count(count: int, people: int | None) -> Rate | None:
    """The rate of a count by its band alone; None where it is not known how many people there were."""
    return None if people is None else rate_of(*band_of(count, people), people)


def rounded_percent(some: int, people: int) -> int:
    """A share in percent, rounded to 5, 90 at most."""
    return min((some * 200 + RATE_STEP * people) // (2 * RATE_STEP * people) * RATE_STEP, HIGHEST_RATE)


def whole(score: float) -> int:
    """A score as a whole number in 5..95: the ends of the scale would say that everybody answered alike."""
    return min(max(math.floor(score + 0.5), LOWEST_SHOWN), HIGHEST_SHOWN)


def band_text(band: tuple[int, int]) -> str:
    """A band as "10-14"."""
    low, high = band
    return f"{low}-{high}"


def rate_text(rate: Rate | None) -> str:
    """A rate as "about 70 %" or "≥ 90 %"; empty where it is not known."""
    if rate is None:
        return ""
    return f"{'≥' if rate.at_least else 'about'} {rate.percent} %"
