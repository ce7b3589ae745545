"""The departments of a file: one spelling and one parent each, and no circle."""

from collections.abc import Sequence
from itertools import pairwise

from surveys.files.cells import CellError, text
from surveys.files.codes import FileProblemCode
from surveys.files.problems import FileProblem
from surveys.roster.people_file.naming import DEPARTMENT_LENGTH, NamedDepartments, name_departments
from surveys.roster.tree import DepartmentTree
from surveys.rules.english import join_names

# How many departments a file may have, and how many may be above each other. A company has a tenth of either.
MAX_DEPARTMENTS, MAX_DEPTH = 10_000, 50
ABOVE = ">"
_name = text(DEPARTMENT_LENGTH)


def read_department(value: str) -> str:
    """Reads the name of a department, which must not be empty."""
    if not value:
        raise CellError(FileProblemCode.DEPARTMENT_MISSING)
    if ABOVE in value:
        raise CellError(FileProblemCode.NAME_HOLDS_SEPARATOR, separator=ABOVE)
    return _name(value)


def read_path(value: str) -> list[str]:
    """Reads `Division > Department` from the top down; a plain name is a path of one, an empty cell of none."""
    return [read_department(" ".join(step.split())) for step in value.split(ABOVE)] if value else []


# A department by the titles from the top of the tree down to its own.
_Chain = tuple[str, ...]


class FileDepartments:
    """Collects departments row by row. It is enough if one row of a department names its parent.

    A name below two parents is two departments, known by their paths.
    """

    def __init__(self) -> None:
        # By the name in one case of letters: how it was first written, and in which row.
        self._spellings: dict[str, tuple[str, int]] = {}
        # By the name: the departments above it, each with the row that named it first.
        self._parents: dict[str, dict[str, int]] = {}
        # Each way in which rows name a department, from above, with the first such row.
        self._paths: dict[_Chain, int] = {}

    def add(self, name: str, row: int) -> str:
        """Adds a name and returns it as it was first written. Raises CellError where only the case differs."""
        spelling, first = self._spellings.setdefault(name.casefold(), (name, row))
        if spelling != name:
            raise CellError(FileProblemCode.SPELLED_OTHERWISE, first=first, spelling=spelling)
        return spelling

    def put(self, path: _Chain, row: int) -> None:
        """Puts each department of a path below the one before it. All have been added."""
        self._paths.setdefault(path, row)
        for parent, child in pairwise(path):
            self._parents.setdefault(child, {}).setdefault(parent, row)

    def is_full(self) -> bool:
        """Whether there are more than may be."""
        return len(self._spellings) > MAX_DEPARTMENTS

    @property
    def shares_names(self) -> bool:
        """Whether a name is below two parents."""
        return any(len(parents) > 1 for parents in self._parents.values())

    def problems(self) -> list[FileProblem]:
        """What is wrong with the tree as a whole: circles, else paths that may mean two, else too many levels."""
        tree = DepartmentTree(self._sure_parents())
        if circles := [self._circle(circle) for circle in tree.circles()]:
            return circles
        return self._too_deep(tree) or [self._unclear(path) for path in self._paths if self._chain(path) is None]

    def named(self) -> NamedDepartments:
        """Every department under a name of its own. There must be no problem."""
        chains = {path: chain for path in self._paths if (chain := self._chain(path))}
        return name_departments(chains)

    def _sure_parents(self) -> dict[str, str | None]:
        """Every name with the one above it; None at the top, and where it may be another one."""
        return {
            name: next(iter(above)) if len(above := self._parents.get(name, {})) == 1 else None
            for name, _ in self._spellings.values()
        }

    def _chain(self, path: _Chain) -> _Chain | None:
        """The whole chain of a path; None where its first department is below several."""
        above: list[str] = []
        first = path[0]
        while parents := self._parents.get(first):
            if len(parents) > 1:
                return None
            (first,) = parents
            above.append(first)
        return (*reversed(above), *path)

    def _unclear(self, path: _Chain) -> FileProblem:
        column = "department" if len(path) == 1 else "parent_department"
        parents = join_names([f"“{name}”" for name in self._unclear_parents(path[0])])
        return FileProblem(
            FileProblemCode.PARENT_UNCLEAR, self._paths[path], column, path[0], arguments={"parents": parents}
        )

    def _unclear_parents(self, name: str) -> list[str]:
        parents = list(self._parents[name])
        return parents if len(parents) > 1 else self._unclear_parents(parents[0])

    def _too_deep(self, tree: DepartmentTree[str]) -> list[FileProblem]:
        depths: dict[str | None, int] = {None: 0}
        for name in tree.top_down():
            depths[name] = depths[tree.parent(name)] + 1
            if depths[name] > MAX_DEPTH:
                return [self._deep(name, self._first_parent(name))]
        return [self._deep(path[-1], (path[-2], row)) for path, row in self._paths.items() if len(path) > MAX_DEPTH][:1]

    def _deep(self, name: str, above: tuple[str, int]) -> FileProblem:
        return FileProblem(
            FileProblemCode.TOO_DEEP,
            above[1],
            "parent_department",
            above[0],
            arguments={"department": name, "most": MAX_DEPTH},
        )

    def _first_parent(self, name: str) -> tuple[str, int]:
        return next(iter(self._parents[name].items()))

    def _circle(self, circle: Sequence[str]) -> FileProblem:
        """The circle begins with the department that was the first in the file to be put below another."""
        first = min(circle, key=lambda name: self._first_parent(name)[1])
        start = circle.index(first)
        shown = " → ".join([*circle[start:], *circle[:start], first])
        parent, row = self._first_parent(first)
        return FileProblem(FileProblemCode.CIRCLE, row, "parent_department", parent, arguments={"circle": shown})
