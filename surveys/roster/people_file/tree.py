"""The departments of a file: one spelling and one parent each, and no circle."""

from surveys.files.cells import CellError, text
from surveys.files.problems import Problem

DEPARTMENT_LENGTH = 120
ABOVE = ">"
_name = text(DEPARTMENT_LENGTH)


def department(value: str) -> str:
    if not value:
        raise CellError("The department is missing.")
    if ABOVE in value:
        raise CellError(f"A department's name cannot hold “{ABOVE}”: it stands between a parent and what is below it.")
    return _name(value)


def path(value: str) -> list[str]:
    """`Division > Department` from the top down; a plain name is a path of one, an empty cell of none."""
    return [department(" ".join(step.split())) for step in value.split(ABOVE)] if value else []


class Tree:
    """Collects departments row by row. It is enough if one row of a department names its parent."""

    def __init__(self) -> None:
        self._spellings: dict[str, tuple[str, int]] = {}
        self._parents: dict[str, tuple[str, int]] = {}

    def add(self, name: str, row: int) -> str:
        """The name as it was first written. Raises CellError where only the case differs."""
        spelling, first = self._spellings.setdefault(name.casefold(), (name, row))
        if spelling != name:
            raise CellError(f"Row {first} writes it “{spelling}”; write it the same way everywhere.")
        return spelling

    def put(self, child: str, parent: str, row: int) -> None:
        known, first = self._parents.setdefault(child, (parent, row))
        if known != parent:
            raise CellError(f"Row {first} puts “{child}” below “{known}”, this one below “{parent}”; choose one.")

    def parents(self) -> dict[str, str | None]:
        """Every department, with the one above it or None."""
        names = [name for name, _ in self._spellings.values()]
        return {name: self._parents[name][0] if name in self._parents else None for name in names}

    def circles(self) -> list[Problem]:
        """One problem for each circle of departments that are above each other."""
        problems: list[Problem] = []
        done: set[str] = set()
        for start in self._parents:
            steps: dict[str, None] = {}
            at: str | None = start
            while at is not None and at not in done and at not in steps:
                steps[at] = None
                at = self._parents[at][0] if at in self._parents else None
            if at is not None and at in steps:
                walked = list(steps)
                problems.append(self._circle(walked[walked.index(at) :]))
            done |= steps.keys()
        return problems

    def _circle(self, members: list[str]) -> Problem:
        first, row = min(((name, self._parents[name][1]) for name in members), key=lambda one: one[1])
        at = members.index(first)
        shown = " → ".join([*members[at:], *members[:at], first])
        message = f"Each of these is below the next, in a circle: {shown}. Change or empty one of their parents."
        return Problem(message, row, "parent_department", self._parents[first][0])
