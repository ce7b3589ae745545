"""Is professional stagnation in both of two departments? From the critical masses that a wave has published.

A department stagnates where the whole interval of its critical mass lies above one half, and does not where it lies
below. That both do is said only where each does by itself: two such claims together are no less sure than the weaker
one (docs/method.md, "Signs, critical mass").
"""

from dataclasses import dataclass

from diagnostics.core.disclosure.reasons import TOO_FEW_FOR_SHARE
from diagnostics.report.cell import Cell
from diagnostics.report.report import GroupRow

# Judgment: the share of people that makes a mass critical.
HALF = 50
_DO = "agree that they have stopped growing at work"


@dataclass(frozen=True)
class MassSide:
    """The critical mass of one department, in percent of those who answered."""

    name: str
    cell: Cell

    @property
    def above(self) -> bool:
        return self.cell.low is not None and self.cell.low > HALF

    @property
    def below(self) -> bool:
        return self.cell.high is not None and self.cell.high < HALF

    def __str__(self) -> str:
        return f"{self.cell.text} % in {self.name}, likely {self.cell.share_span}"


@dataclass(frozen=True)
class Stagnation:
    """`sentence` answers for both; `because` is what speaks for a remedy, empty unless stagnation is in both."""

    sides: tuple[MassSide, MassSide]
    sentence: str
    because: str


def stagnation(first: GroupRow, second: GroupRow) -> Stagnation | None:
    """None where the wave did not ask about it."""
    if first.critical_mass is None or second.critical_mass is None:
        return None
    sides = MassSide(first.name, first.critical_mass), MassSide(second.name, second.critical_mass)
    both = all(side.above for side in sides)
    because = f"more than half in both {_DO} ({sides[0]}; {sides[1]})" if both else ""
    return Stagnation(sides, _shown(*sides) if all(side.cell.shown for side in sides) else _partly(*sides), because)


def _shown(first: MassSide, second: MassSide) -> str:
    if first.above and second.above:
        return f"Stagnation in both: more than half of {first.name} and of {second.name} {_DO}."
    for high, low in ((first, second), (second, first)):
        if high.above:
            rest = f"fewer than half do in {low.name}" if low.below else f"of {low.name} that is not certain"
            return f"Stagnation in one of them: more than half of {high.name} {_DO}; {rest}."
    if first.below and second.below:
        return f"Stagnation in neither: fewer than half of {first.name} and of {second.name} {_DO}."
    return f"Stagnation in neither for certain: of neither is it sure that more than half {_DO}."


def _partly(first: MassSide, second: MassSide) -> str:
    why = "; ".join(f"of {side.name}, {_why(side.cell.reason)}" for side in (first, second) if not side.cell.shown)
    for side in (first, second):
        if side.below:
            return f"Stagnation is not in both: fewer than half of {side.name} {_DO}. What is not shown: {why}."
    known = next((f"More than half of {side.name} {_DO}. " for side in (first, second) if side.above), "")
    return f"{known}Whether stagnation is in both cannot be said: {why}."


def _why(reason: str) -> str:
    if reason == TOO_FEW_FOR_SHARE:
        return "fewer than ten answers"
    return f"hidden to protect anonymity ({reason})"
