"""How sure a wave's figures are, as it is stored with the snapshot and read by the method page. No numpy here.

All of it is about the company as a whole, but for `ranks`, which has departments that publish index and every sign.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cattrs.preconf.json import make_converter

# A statistic over groups is made of at least this many published ones: of one or two it would say much of each.
LEAST_GROUPS = 3
# The points above the alert level, and the points of a rise, for which the power is noted.
LEVELS = RISES = (5, 10, 15)
# The alert level, 0..100, of the first notes, which do not say theirs.
USUAL_LEVEL = 50.0

_CONVERTER = make_converter()


@dataclass(frozen=True)
class NotedCoefficient:
    """A coefficient, at most 1, to two decimals, with the ends of its 90 % interval."""

    # The estimate.
    value: float
    # The low end.
    low: float
    # The high end.
    high: float


@dataclass(frozen=True)
class Reliability:
    """How reliable a measure is over the groups that publish it.

    A coefficient is None where it is undefined, or fewer than LEAST_GROUPS groups publish the measure.
    """

    # The index, or the code of a sign.
    measure: str
    # How many groups publish it.
    groups: int
    # Cronbach's alpha within groups.
    alpha: NotedCoefficient | None
    # ICC(1), ICC(2) and r_wg(j), averaged over groups.
    icc1: NotedCoefficient | None
    icc2: NotedCoefficient | None
    rwg: NotedCoefficient | None


@dataclass(frozen=True)
class Careless:
    """People who ticked one option throughout."""

    # Their share in percent: a step from 10 to 90, with the ends of its 90 % interval, 5 to 95.
    percent: int
    low: int
    high: int
    # The company's published index with them, and what it would be without them.
    with_them: int
    without_them: int


@dataclass(frozen=True)
class Rank:
    """A department's rank by index, 1 the most at risk."""

    # The key of its reporting group.
    key: str
    # Where all signs count.
    rank: int
    # The range of its ranks while one sign after the other is left out.
    best: int
    worst: int


@dataclass(frozen=True)
class LeftOut:
    """How much of the order of the departments stays while one sign is left out."""

    # The code of the sign.
    measure: str
    # Kendall's tau between the two orders, -1..1, to two decimals; None where it is undefined.
    tau: float | None


@dataclass(frozen=True)
class Power:
    """What can be found in departments of about one size."""

    # The middle of their sizes; None where only the number of answers is known.
    people: int | None
    # How many departments of about this size there are.
    departments: int
    # How many of `people` answer, at this wave's response as its band tells it.
    answering: int
    # The chances, in whole percent, of finding each of LEVELS and each of RISES; empty where too few answer.
    level: tuple[int, ...]
    # As `level`, of RISES.
    change: tuple[int, ...]


@dataclass(frozen=True)
class MethodFigures:
    """What is noted of one wave."""

    # The index, and each sign that it is made of.
    reliability: tuple[Reliability, ...]
    # None where it is suppressed.
    careless: Careless | None
    # Of the departments that publish the index and every sign.
    ranks: tuple[Rank, ...]
    # A row for each core sign.
    left_out: tuple[LeftOut, ...]
    # A row for each step of size, the smallest first.
    power: tuple[Power, ...]
    # How many tests are made together in this wave.
    tests: int
    # What a figure had to be above for a level alert, 0..100: the setting may have changed since.
    level: float = USUAL_LEVEL


def read_document(document: Mapping[str, Any]) -> MethodFigures:
    """The inverse of `dataclasses.asdict`, from what JSON keeps of that. Raises a cattrs error for anything else."""
    return _CONVERTER.structure(document, MethodFigures)
