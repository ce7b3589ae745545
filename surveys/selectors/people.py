"""Reading the roster: who may see which part of the company."""

from collections import defaultdict

from surveys.choices import Role
from surveys.models import Department, StaffUser


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


def digest_recipients() -> list[StaffUser]:
    """Leadership that has signed up for the digest, with the departments named for each."""
    leaders = StaffUser.objects.filter(role=Role.LEADER, is_active=True, receives_digest=True)
    return list(leaders.order_by("email"))
