"""Reading the roster: who may see which part of the company, how it is built, and who works with whom."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from surveys.choices import Role
from surveys.files.addresses import delivered
from surveys.models import Collaboration, Department, Employee, StaffUser
from surveys.roster.tree import CompanyDepartments


def read_departments() -> CompanyDepartments:
    """All departments by id, in the order of their names; one query."""
    return CompanyDepartments.from_rows(Department.objects.order_by("name").values_list("id", "name", "parent"))


def visible_departments(user: StaffUser) -> frozenset[int] | None:
    """Ids of the departments whose figures a member of staff may read; None is the whole company.

    HR sees all; a leader what was named for them and all below it, or all if nothing was; an auditor none.
    """
    if user.role == Role.HR:
        return None
    if user.role != Role.LEADER:
        return frozenset()
    named = list(user.departments.values_list("id", flat=True))
    return read_departments().tree.below(named) if named else None


def counterparts_of(departments: Iterable[int]) -> frozenset[int]:
    """Ids of the departments that any of these work with, or that work with them."""
    asked = set(departments)
    pairs = Collaboration.objects.filter(Q(department__in=asked) | Q(counterpart__in=asked))
    ends = pairs.values_list("department", "counterpart")
    return frozenset(department for pair in ends for department in pair) - asked


def digest_recipients() -> list[StaffUser]:
    """Leadership that has signed up for the digest, with the departments named for each."""
    leaders = StaffUser.objects.filter(role=Role.LEADER, is_active=True, receives_digest=True)
    return list(leaders.order_by("email"))


@dataclass(frozen=True)
class DepartmentNode:
    """A department in the list of departments."""

    id: int
    name: str
    # How many departments are above it: 0 at the top.
    depth: int
    # The active people attached to it.
    people: int
    # Those, and the active people of all departments below it.
    total: int


def peopled_departments() -> tuple[DepartmentNode, ...]:
    """Departments that have active people, themselves or below them: each before those below it, by name."""
    active = Count("employees", filter=Q(employees__active=True))
    rows = Department.objects.order_by("name").values_list("id", "name", "parent").annotate(people=active)
    departments = CompanyDepartments.from_rows(row[:3] for row in rows)
    people = {department: count for department, _, _, count in rows}
    totals = Counter[int]()
    for department, count in people.items():
        totals.update(dict.fromkeys(departments.tree.path(department), count))
    return tuple(
        DepartmentNode(
            id=department,
            name=departments.names[department],
            depth=departments.tree.depth(department),
            people=people[department],
            total=totals[department],
        )
        for department in departments.tree.top_down()
        if totals[department]
    )


def employee_at(address: str) -> Employee | None:
    """The person on the roster with this mail address, whichever way its letters and its domain are written."""
    spellings = {address.strip().lower()}
    with suppress(ValueError):  # no mail address: then as it is stored
        spellings.add(delivered(address))
    return Employee.objects.filter(email__in=spellings).first()


def find_people(*, text: str = "", department: int | None = None) -> QuerySet[Employee]:
    """Active people with their departments, by name; those of a department bring those below it along."""
    people = Employee.objects.filter(active=True).select_related("department").order_by("name", "email")
    if department is not None:
        people = people.filter(department__in=read_departments().tree.below([department]))
    if text:
        # SQLite knows the case of Latin letters only; names begin with a capital one.
        spellings = {text, text.title()}
        fields = ("name", "email", "site")
        matches = [Q(**{f"{field}__icontains": spelling}) for field in fields for spelling in spellings]
        people = people.filter(reduce(or_, matches))
    return people
