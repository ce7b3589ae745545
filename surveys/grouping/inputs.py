"""What the groups of a wave are planned from. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from surveys.grouping.pooling import CounterpartPair
from surveys.roster.tree import DepartmentTree


@dataclass(frozen=True)
class AskedDepartments:
    """The departments in which a wave asks somebody."""

    # How many are asked, 1 or more, by department.
    people: Mapping[int, int]
    # What the department's own people hang below, by department; None is the company.
    places: Mapping[int, int | None]
    # All departments, above and below each other.
    tree: DepartmentTree[int]
    # Departments of which one rates the other.
    counterparts: Collection[CounterpartPair] = ()

    def size(self, departments: Iterable[int]) -> int:
        """How many people are asked in the departments."""
        return sum(self.people.get(department, 0) for department in departments)

    def among(self, departments: Iterable[int]) -> frozenset[int]:
        """Those of the departments in which somebody is asked."""
        return frozenset(department for department in departments if department in self.people)


@dataclass(frozen=True)
class SizeRules:
    """How many people a group needs."""

    # A new group has at least as many.
    pool_below: int
    # A group of the wave before stays while it has as many.
    keep_from: int


@dataclass(frozen=True)
class ChosenPool:
    """Departments that HR wants to report together; a single one, by itself."""

    # Ids.
    departments: frozenset[int]
    # Whether the last wave opened with this choice.
    in_force: bool = False
