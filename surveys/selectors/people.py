"""Reading the roster: who may see which part of the company, how it is built, and who works with whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from surveys.choices import Role
from surveys.models import Collaboration, Department, Employee, StaffUser


def visible_departments(user: StaffUser) -> frozenset[int] | None:
    """Ids of the departments whose figures a member of staff may read; None is the whole company.

    HR sees all; a leader what was named for them and all below it, or all if nothing was; an auditor none.
    """
    if user.role == Role.HR:
        return None
    if user.role != Role.LEADER:
        return frozenset()
    named = list(user.departments.values_list("id", flat=True))
    return subtree(named) if named else None


def subtree(departments: list[int]) -> frozenset[int]:
    """The departments and all below them."""
    children = defaultdict(list)
    for pk, parent in Department.objects.values_list("id", "parent"):
        children[parent].append(pk)
    found, waiting = set(), list(departments)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += children[one]
    return frozenset(found)


def counterparts_of(departments: Iterable[int]) -> frozenset[int]:
    """Ids of the departments that any of these work with, or that work with them."""
    asked = set(departments)
    pairs = Collaboration.objects.filter(Q(department__in=asked) | Q(counterpart__in=asked))
    return frozenset(one for pair in pairs.values_list("department", "counterpart") for one in pair) - asked


def digest_recipients() -> list[StaffUser]:
    """Leadership that has signed up for the digest, with the departments named for each."""
    leaders = StaffUser.objects.filter(role=Role.LEADER, is_active=True, receives_digest=True)
    return list(leaders.order_by("email"))


@dataclass(frozen=True)
class DepartmentNode:
    """`depth` counts from 0 at the top. `people` are the active ones attached to it, `total` those below it as well."""

    id: int
    name: str
    depth: int
    people: int
    total: int


def department_tree() -> tuple[DepartmentNode, ...]:
    """Departments that have active people, themselves or below them: each before those below it, by name."""
    active = Count("employees", filter=Q(employees__active=True))
    children: dict[int | None, list[tuple[int, str, int]]] = defaultdict(list)
    for pk, name, parent, people in (
        Department.objects.order_by("name").annotate(people=active).values_list("id", "name", "parent", "people")
    ):
        children[parent].append((pk, name, people))
    return tuple(node for node in _walk(children, None, 0) if node.total)


def find_people(*, text: str = "", department: int | None = None) -> QuerySet[Employee]:
    """Active people with their departments, by name; those of a department bring those below it along."""
    people = Employee.objects.filter(active=True).select_related("department").order_by("name", "email")
    if department is not None:
        people = people.filter(department__in=subtree([department]))
    if text:
        # SQLite knows the case of Latin letters only; names begin with a capital one.
        spellings = {text, text.title()}
        matches = [Q(**{f"{field}__icontains": one}) for field in ("name", "email", "site") for one in spellings]
        people = people.filter(reduce(or_, matches))
    return people


def _walk(
    children: Mapping[int | None, list[tuple[int, str, int]]], parent: int | None, depth: int
) -> list[DepartmentNode]:
    nodes: list[DepartmentNode] = []
    for pk, name, people in children.get(parent, ()):
        below = _walk(children, pk, depth + 1)
        total = people + sum(node.people for node in below)
        nodes += [DepartmentNode(pk, name, depth, people, total), *below]
    return nodes
