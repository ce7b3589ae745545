"""Is professional stagnation in both of two departments? From the critical masses that a wave has published.

A department stagnates where the whole interval of its critical mass lies above one half, and does not where it lies
below. That both do is said only where each does by itself: two such claims are no less sure than the weaker
one (docs/method.md, "Signs, critical mass").
"""

from dataclasses import dataclass
from enum import StrEnum

from diagnostics.report.cell import Cell
from diagnostics.report.report import GroupRow

# Judgment: the share of people that makes a mass critical, in percent.
HALF = 50


@dataclass(frozen=True)
class MassSide:
    """The critical mass of one department."""

    # Of the department.
    name: str
    # In percent of those who answered.
    cell: Cell

    @property
    def above(self) -> bool:
        return self.cell.low is not None and self.cell.low > HALF

    @property
    def below(self) -> bool:
        return self.cell.high is not None and self.cell.high < HALF


class StagnationFinding(StrEnum):
    """Where stagnation is."""

    BOTH = "both"
    # In one of them, and not in the other.
    ONE = "one"
    # In one of them; of the other it is not certain.
    ONE_OTHER_UNCERTAIN = "one_other_uncertain"
    NEITHER = "neither"
    # Both are shown, and in neither is it certain.
    UNCERTAIN = "uncertain"
    # Not in one of them; the other is suppressed.
    NOT_BOTH = "not_both"
    # In one of them; the other is suppressed.
    ONE_OTHER_SUPPRESSED = "one_other_suppressed"
    # Suppressed, and nothing can be said of both.
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Stagnation:
    """What the critical masses of two departments say."""

    # In the order that was asked for.
    sides: tuple[MassSide, MassSide]
    # What both say.
    finding: StagnationFinding


def stagnation(first: GroupRow, second: GroupRow) -> Stagnation | None:
    """None where the wave did not ask about it."""
    if first.critical_mass is None or second.critical_mass is None:
        return None
    sides = MassSide(first.name, first.critical_mass), MassSide(second.name, second.critical_mass)
    return Stagnation(sides, _of_shown(sides) if all(side.cell.shown for side in sides) else _of_partly_shown(sides))


def _of_shown(sides: tuple[MassSide, MassSide]) -> StagnationFinding:
    above, below = sum(side.above for side in sides), sum(side.below for side in sides)
    if above == len(sides):
        return StagnationFinding.BOTH
    if above:
        return StagnationFinding.ONE if below else StagnationFinding.ONE_OTHER_UNCERTAIN
    return StagnationFinding.NEITHER if below == len(sides) else StagnationFinding.UNCERTAIN


def _of_partly_shown(sides: tuple[MassSide, MassSide]) -> StagnationFinding:
    if any(side.below for side in sides):
        return StagnationFinding.NOT_BOTH
    return StagnationFinding.ONE_OTHER_SUPPRESSED if any(side.above for side in sides) else StagnationFinding.UNKNOWN
