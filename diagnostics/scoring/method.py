"""How sure a wave's figures are, as it is stored with the snapshot and read by the method page. No numpy here.

All of it is about the company as a whole, but for `ranks`, which has departments that publish index and every sign.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

# A statistic over groups is made of this many published ones at least: of one or two it would tell on each.
LEAST_GROUPS = 3
# Points above the alert level, and points of a rise, that the power is told for.
LEVELS = RISES = (5, 10, 15)
# What the first notes, which do not say, were made with.
USUAL_LEVEL = 50.0


@dataclass(frozen=True)
class Sure:
    """A coefficient, to two decimals, with its 90 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Reliability:
    """Of a measure, over the `groups` that publish it; None where undefined, or fewer than LEAST_GROUPS publish it."""

    measure: str
    groups: int
    alpha: Sure | None
    icc1: Sure | None
    icc2: Sure | None
    rwg: Sure | None


@dataclass(frozen=True)
class Careless:
    """People who ticked one option throughout, in whole percent, and the company's index with and without them."""

    percent: int
    low: int
    high: int
    with_them: int
    without_them: int


@dataclass(frozen=True)
class Rank:
    """A department's rank by index, 1 the most at risk, and between which it lies while one sign is left out."""

    key: str
    rank: int
    best: int
    worst: int


@dataclass(frozen=True)
class LeftOut:
    """Kendall's tau, to two decimals, between the order by index and the order without one sign."""

    measure: str
    tau: float | None


@dataclass(frozen=True)
class Power:
    """What can be found in departments of a size; chances in whole percent, for each of LEVELS and RISES.

    `people` is the middle of the `departments` there are, None where only answers are known; `answering` of them at
    this wave's response.
    """

    people: int | None
    departments: int
    answering: int
    level: tuple[int, ...]
    change: tuple[int, ...]


@dataclass(frozen=True)
class MethodFigures:
    """`careless` is None where they, or the others, are fewer than the minimum group size.

    `tests` are made together in a wave.

    `level` is what a figure had to be above for a level alert: the setting may be another by the time this is read.
    """

    reliability: tuple[Reliability, ...]
    careless: Careless | None
    ranks: tuple[Rank, ...]
    left_out: tuple[LeftOut, ...]
    power: tuple[Power, ...]
    tests: int
    level: float = USUAL_LEVEL

    def as_document(self) -> dict[str, Any]:
        return asdict(self)


def from_document(document: Mapping[str, Any]) -> MethodFigures:
    """The inverse of `as_document`. Raises KeyError or TypeError for anything else."""
    careless = document["careless"]
    return MethodFigures(
        reliability=tuple(_reliability(one) for one in document["reliability"]),
        careless=Careless(**careless) if careless else None,
        ranks=tuple(Rank(**one) for one in document["ranks"]),
        left_out=tuple(LeftOut(**one) for one in document["left_out"]),
        power=tuple(
            Power(**one | {"level": tuple(one["level"]), "change": tuple(one["change"])}) for one in document["power"]
        ),
        tests=document["tests"],
        level=document.get("level", USUAL_LEVEL),
    )


def _reliability(document: Mapping[str, Any]) -> Reliability:
    sure = {name: Sure(**one) if (one := document[name]) else None for name in ("alpha", "icc1", "icc2", "rwg")}
    return Reliability(measure=document["measure"], groups=document["groups"], **sure)
