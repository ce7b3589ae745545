"""How counts, rates and scores are rounded before anybody sees them, and written (docs/anonymity.md). Pure."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from surveys.rules.limits import LEAST_COUNTS, MIN_GROUP_SIZE

BAND = 5
RATE_STEP, HIGHEST_RATE = 5, 90
LOWEST_SHOWN, HIGHEST_SHOWN = 5, 95
# The largest difference of two scores as they are shown.
WIDEST_SHOWN = HIGHEST_SHOWN - LOWEST_SHOWN
# The percentages that a rate may be published as.
PUBLISHED_PERCENTS = range(0, HIGHEST_RATE + 1, RATE_STEP)


class Band(NamedTuple):
    """The band that a count is published in, in place of the count."""

    # The smallest count in it, in people.
    low: int
    # The largest count in it.
    high: int


@dataclass(frozen=True)
class Rate:
    """A response rate as it may be published."""

    # Percent, 0 to 90, in steps of 5.
    percent: int
    # Whether it is a lower bound ("90 % or more") rather than about right.
    at_least: bool = False


@dataclass(frozen=True)
class GroupResponse:
    """How many of a group answered, as far as that may be published."""

    # The minimum group size, in people.
    min_group_size: int
    # That of the number who answered; None where it is below the minimum group size.
    band: Band | None = None
    # Share of those asked; None too where it is not known how many that were.
    rate: Rate | None = None


def band_of(count: int, people: int | None, *, min_group_size: int = MIN_GROUP_SIZE) -> Band:
    """The band that a count is published in: of five; from the one that 90 % of `people` lie in, up to all.

    Beside a known number of people a band of the last few would say that everybody answered. `people` is None where
    it is not known how many there were. Counts below `min_group_size` are never published: the first band begins
    with it, and goes on to the end of the next one where it would hold fewer than LEAST_COUNTS.
    """
    if count < 0:
        raise ValueError(f"A count cannot be {count}.")
    first = _plain_band(min_group_size, people)
    if first.high - min_group_size + 1 < LEAST_COUNTS and first.high != people:
        first = Band(first.low, _plain_band(first.high + 1, people).high)
    if min_group_size <= count <= first.high:
        return Band(min_group_size, first.high)
    return _plain_band(count, people)


def _plain_band(count: int, people: int | None) -> Band:
    start = count // BAND * BAND
    if people is None:
        return Band(start, start + BAND - 1)
    last = -(-HIGHEST_RATE * people // 100) // BAND * BAND
    return Band(start, start + BAND - 1) if start < last else Band(last, people)


def rate_of(low: int, high: int, people: int) -> Rate:
    """The rate of one band, or of the sum of several: an exact rate would undo the band.

    "90 % or more" where that is true of the whole band, else its middle, to 5 % and 90 % at most.
    """
    people = max(people, 1)
    if low * 100 >= HIGHEST_RATE * people:
        return Rate(HIGHEST_RATE, at_least=True)
    return Rate(rounded_percent(low + high, 2 * people))


def group_response(band: Band, people: int | None, *, min_group_size: int) -> GroupResponse:
    """What may be published of as many of `people` as a band has; `people` is None where nobody knows."""
    if band.low < min_group_size:
        return GroupResponse(min_group_size)
    return GroupResponse(min_group_size, band, None if people is None else rate_of(*band, people))


def rounded_percent(answered: int, people: int) -> int:
    """A share in percent, rounded to 5, 90 at most."""
    return min((answered * 200 + RATE_STEP * people) // (2 * RATE_STEP * people) * RATE_STEP, HIGHEST_RATE)


def whole(score: float) -> int:
    """A score as a whole number in 5..95: the ends of the scale would say that everybody answered alike."""
    return min(max(math.floor(score + 0.5), LOWEST_SHOWN), HIGHEST_SHOWN)


def band_text(band: Band | None) -> str:
    """A band as "10-14"; empty where none is published."""
    return f"{band.low}-{band.high}" if band else ""


def rate_text(rate: Rate | None) -> str:
    """A rate as "about 70 %" or "≥ 90 %"; empty where it is not known."""
    if rate is None:
        return ""
    return f"{'≥' if rate.at_least else 'about'} {rate.percent} %"


def response_text(response: GroupResponse | None) -> str:
    """How many answered, as "10-14" or "under 5"; empty where nothing is known of it."""
    if response is None:
        return ""
    return band_text(response.band) if response.band else f"under {response.min_group_size}"
