"""The departments of a file: one spelling and one parent each, and no circle."""

from collections.abc import Sequence

from surveys.files.cells import CellError, text
from surveys.files.problems import FileProblem
from surveys.roster.tree import DepartmentTree

DEPARTMENT_LENGTH = 120
# How many departments a file may have, and how many may be above each other. A company has a tenth of either.
MAX_DEPARTMENTS, MAX_DEPTH = 10_000, 50
ABOVE = ">"
_name = text(DEPARTMENT_LENGTH)


def read_department(value: str) -> str:
    """Reads the name of a department, which must not be empty."""
    if not value:
        raise CellError("The department is missing.")
    if ABOVE in value:
        raise CellError(f"A department's name cannot hold “{ABOVE}”: it separates a parent from what is below it.")
    return _name(value)


def read_path(value: str) -> list[str]:
    """Reads `Division > Department` from the top down; a plain name is a path of one, an empty cell of none."""
    return [read_department(" ".join(step.split())) for step in value.split(ABOVE)] if value else []


class FileDepartments:
    """Collects departments row by row. It is enough if one row of a department names its parent."""

    def __init__(self) -> None:
        # By the name in one case of letters: how it was first written, and in which row.
        self._spellings: dict[str, tuple[str, int]] = {}
        # By the name: the department above it, and the row that named it first.
        self._parents: dict[str, tuple[str, int]] = {}

    def add(self, name: str, row: int) -> str:
        """Adds a name and returns it as it was first written. Raises CellError where only the case differs."""
        spelling, first = self._spellings.setdefault(name.casefold(), (name, row))
        if spelling != name:
            raise CellError(f"Row {first} writes it “{spelling}”; write it the same way everywhere.")
        return spelling

    def put(self, child: str, parent: str, row: int) -> None:
        """Puts one department below another. Raises CellError where an earlier row put it elsewhere."""
        known, first = self._parents.setdefault(child, (parent, row))
        if known != parent:
            raise CellError(f"Row {first} puts “{child}” below “{known}”, this one below “{parent}”; choose one.")

    def parents(self) -> dict[str, str | None]:
        """Every department, with the one above it or None."""
        names = [name for name, _ in self._spellings.values()]
        return {name: self._parents[name][0] if name in self._parents else None for name in names}

    def is_full(self) -> bool:
        """Whether there are more than may be."""
        return len(self._spellings) > MAX_DEPARTMENTS

    def problems(self) -> list[FileProblem]:
        """What is wrong with the tree as a whole: circles, else more levels than may be."""
        tree = DepartmentTree(self.parents())
        return [self._circle(circle) for circle in tree.circles()] or self._too_deep(tree)

    def _too_deep(self, tree: DepartmentTree[str]) -> list[FileProblem]:
        depths: dict[str | None, int] = {None: 0}
        for name in tree.top_down():
            depths[name] = depths[tree.parent(name)] + 1
            if depths[name] > MAX_DEPTH:
                parent, row = self._parents[name]
                message = (
                    f"“{name}” has {MAX_DEPTH} departments above it or more; a tree has at most {MAX_DEPTH} levels."
                )
                return [FileProblem(message, row, "parent_department", parent)]
        return []

    def _circle(self, circle: Sequence[str]) -> FileProblem:
        """The circle begins with the department that was the first in the file to be put below another."""
        first = min(circle, key=lambda name: self._parents[name][1])
        start = circle.index(first)
        shown = " → ".join([*circle[start:], *circle[:start], first])
        message = f"Each of these is below the next, in a circle: {shown}. Change or empty one of their parents."
        parent, row = self._parents[first]
        return FileProblem(message, row, "parent_department", parent)
