"""The tree that a wave reports on: reporting groups, the divisions made of whole groups, and the company."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from diagnostics.choices import COMPANY_KEY, GroupKind
from surveys.roster.tree import CompanyDepartments, DepartmentTree, group_key
from surveys.selectors.results import FinalGroup


@dataclass(frozen=True)
class Node:
    """What a wave reports on: a reporting group, a division made of whole groups, or the company."""

    # Names the same set of departments in every wave.
    key: str
    # As shown: that of the department, or of several.
    name: str
    # A group, a division or the company.
    kind: GroupKind
    # The key of the node above; None of the company.
    parent: str | None
    # Ids, sorted.
    departments: tuple[int, ...]
    # Which groups of the list that the tree was made from are in the node, by their place in it, from 0.
    groups: tuple[int, ...]
    # How many were on the roster at opening; None where that is not known.
    people: int | None
    # Decides by chance between nodes of one band: the lowest id of its groups in this wave, which is published nowhere.
    draw: str = ""


def reporting_tree(groups: Sequence[FinalGroup], departments: CompanyDepartments, *, company: str) -> tuple[Node, ...]:
    """The nodes from the company down, each after its parent; `company` is its name.

    A department becomes a division where two or more whole groups make it up, but not all there are. One whose
    people were pooled with others from outside does not: nobody could tell them apart.
    """
    root = _node(groups, range(len(groups)), key=COMPANY_KEY, name=company, kind=GroupKind.COMPANY, parent=None)
    nodes, above = [root], dict.fromkeys(range(len(groups)), COMPANY_KEY)
    for department, members in _divisions(groups, departments.tree):
        key = group_key(_departments(groups, members))
        name, kind = departments.names[department], GroupKind.DIVISION
        nodes.append(_node(groups, members, key=key, name=name, kind=kind, parent=above[members[0]]))
        above |= dict.fromkeys(members, key)
    for place, group in enumerate(groups):
        nodes.append(_node(groups, [place], key=group.key, name=group.name, kind=GroupKind.GROUP, parent=above[place]))
    return tuple(nodes)


def _divisions(groups: Sequence[FinalGroup], tree: DepartmentTree[int]) -> list[tuple[int, list[int]]]:
    """Departments made of two or more whole groups, with the groups' places, the largest first."""
    place_of = {department: place for place, group in enumerate(groups) for department in group.departments}
    asked_below: dict[int, set[int]] = {}
    for department in place_of:
        for above in tree.path(department):
            asked_below.setdefault(above, set()).add(department)
    found: dict[tuple[int, ...], int] = {}
    for department, asked in asked_below.items():
        members = tuple(sorted({place_of[member] for member in asked}))
        whole = sum(len(groups[place].departments) for place in members) == len(asked)
        if whole and len(groups) > len(members) > 1:
            # Of departments with the same people the topmost is taken.
            found[members] = min(found.get(members, department), department, key=tree.depth)
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return [(department, list(members)) for members, department in ordered]


def _node(  # noqa: PLR0913 - all but the first two are named where it is called
    groups: Sequence[FinalGroup], members: Sequence[int], *, key: str, name: str, kind: GroupKind, parent: str | None
) -> Node:
    return Node(
        key=key,
        name=name,
        kind=kind,
        parent=parent,
        departments=_departments(groups, members),
        groups=tuple(members),
        people=_people(groups[place] for place in members),
        draw=min(str(groups[place].id) for place in members),
    )


def _people(groups: Iterable[FinalGroup]) -> int | None:
    counts = [group.people for group in groups]
    return None if None in counts else sum(count for count in counts if count is not None)


def _departments(groups: Sequence[FinalGroup], members: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted(department for place in members for department in groups[place].departments))
