"""The one tree of departments: who is above whom, and the key of any set of them.

Pure: ids from the database and names from a file alike.
"""

import hashlib
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

D = TypeVar("D", bound=Hashable)


class DepartmentTree(Generic[D]):
    """Departments, each below another one or at the top. None is the company, which is above them all.

    A department that is not in `parents` counts as one at the top: it may have left the roster since.
    """

    def __init__(self, parents: Mapping[D, D | None]) -> None:
        """`parents` has every department with the one above it; None at the top."""
        self.parents = parents

    def parent(self, department: D) -> D | None:
        """The department above, or None for the company."""
        return self.parents.get(department)

    def ancestors(self, department: D) -> tuple[D, ...]:
        """Lists the departments above this one, the nearest first. Raises ValueError where they go in a circle."""
        above: list[D] = []
        step = self.parent(department)
        while step is not None:
            if len(above) > len(self.parents):
                raise ValueError(f"The departments above {department} go in a circle.")
            above.append(step)
            step = self.parent(step)
        return tuple(above)

    def path(self, department: D) -> tuple[D, ...]:
        """The way from the top down to the department, both included."""
        return (*reversed(self.ancestors(department)), department)

    def levels(self, place: D | None) -> tuple[D | None, ...]:
        """The place itself and everything above it, the company (None) last."""
        return (None,) if place is None else (place, *self.ancestors(place), None)

    def depth(self, department: D) -> int:
        """How many departments are above this one: 0 at the top."""
        return len(self.ancestors(department))

    def below(self, departments: Iterable[D]) -> frozenset[D]:
        """The departments and all below them."""
        found: set[D] = set()
        waiting = list(departments)
        while waiting:
            department = waiting.pop()
            if department not in found:
                found.add(department)
                waiting += self._children.get(department, ())
        return frozenset(found)

    def top_down(self) -> tuple[D, ...]:
        """Every department before those below it; those beside each other in the order that they were given in."""
        listed: list[D] = []
        waiting = [*reversed(self._children.get(None, ()))]
        while waiting:
            department = waiting.pop()
            listed.append(department)
            waiting += reversed(self._children.get(department, ()))
        return tuple(listed)

    def common_ancestor(self, places: Iterable[D | None]) -> D | None:
        """The deepest department that all the places are or are below; None where that is the company."""
        first, *others = [self.levels(place) for place in places]
        return next(level for level in first if all(level in other for other in others))

    def circles(self) -> list[tuple[D, ...]]:
        """Each circle of departments once, every department followed by the one above it."""
        circles: list[tuple[D, ...]] = []
        visited: set[D] = set()
        for start in self.parents:
            walked: dict[D, int] = {}
            step: D | None = start
            while step is not None and step not in visited and step not in walked:
                walked[step] = len(walked)
                step = self.parent(step)
            if step is not None and step in walked:
                circles.append(tuple(walked)[walked[step] :])
            visited |= walked.keys()
        return circles

    @cached_property
    def _children(self) -> Mapping[D | None, tuple[D, ...]]:
        children: dict[D | None, list[D]] = {}
        for department, parent in self.parents.items():
            children.setdefault(parent, []).append(department)
        return {parent: tuple(listed) for parent, listed in children.items()}


@dataclass(frozen=True)
class CompanyDepartments:
    """All departments of the company at one moment."""

    # The name by the department's id.
    names: Mapping[int, str]
    # How the ids hang together.
    tree: DepartmentTree[int]

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[int, str, int | None]]) -> "CompanyDepartments":
        """Each row is a department's id, its name, and the id of the department above it."""
        names: dict[int, str] = {}
        parents: dict[int, int | None] = {}
        for department, name, parent in rows:
            names[department], parents[department] = name, parent
        return cls(names, DepartmentTree(parents))


def group_key(departments: Iterable[int]) -> str:
    """The key of a set of departments: the same set has the same key in every wave."""
    return hashlib.sha256(",".join(map(str, sorted(departments))).encode()).hexdigest()[:16]
