"""Who stands at the two ends of the pair map: reporting groups, divisions, and everybody."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from diagnostics.choices import GroupKind
from diagnostics.scoring.tree import COMPANY
from surveys.grouping.pooling import identity, path
from surveys.selectors.results import FinalGroup, TreeNode

_Tree = Mapping[int, TreeNode]


@dataclass(frozen=True)
class Side:
    """`key` names the same set of departments in every wave; a pool's `name` lists the departments in it."""

    key: str
    name: str
    kind: GroupKind
    departments: tuple[int, ...]


@dataclass(frozen=True)
class Sides:
    """`by_group` and `by_division` find raters by where their ratings are stored, `rated` the group of a department.

    A division made of one group is that group. `above` has by a group's key its division; none for a group whose
    departments lie in several. `people` has by a group's key how many were asked, None where nobody knows.
    """

    everybody: Side
    by_group: Mapping[uuid.UUID, Side]
    by_division: Mapping[int, Side]
    rated: Mapping[int, Side]
    above: Mapping[str, Side]
    people: Mapping[str, int | None]

    def could_rate(self, ratings: Iterable[tuple[Side, int, int]]) -> int | None:
        """Of how many people the raters are, by (raters, rated department, number); None where nobody knows.

        The raters of a cell are those of the department that the most have rated. All whom its ratings can come from
        are the groups that gave some, less the one that the department itself is counted in.
        """
        numbers, groups = Counter[int](), defaultdict[int, set[str]](set)
        for raters, rated, number in ratings:
            numbers[rated] += number
            groups[rated] |= {self.rated[one].key for one in raters.departments} - {self.rated[rated].key}
        most = max(numbers.values())
        asked = [self._asked(groups[rated]) for rated, number in numbers.items() if number == most]
        return min((max(people, most) for people in asked if people is not None), default=None)

    def _asked(self, groups: Iterable[str]) -> int | None:
        counts = [self.people[key] for key in groups if key in self.people]
        return None if None in counts else sum(count or 0 for count in counts)


def sides_of(groups: Sequence[FinalGroup], tree: _Tree, rated: Collection[int], *, company: str) -> Sides:
    """`rated` are the departments that anybody rated: one that was not asked itself stands for itself."""
    by_group = {group.id: Side(group.key, group.name, GroupKind.GROUP, group.departments) for group in groups}
    columns = {department: side for side in by_group.values() for department in side.departments}
    parents = {department: node.parent for department, node in tree.items()}
    division_of = {group.key: group.division for group in groups}
    for department in sorted(set(rated) - columns.keys()):
        alone = Side(identity([department]), tree[department].name, GroupKind.GROUP, (department,))
        columns[department] = alone
        division_of[alone.key] = path(department, parents)[-2]
    everybody = Side(COMPANY, company, GroupKind.COMPANY, _departments(by_group.values()))
    by_division = _divisions(columns.values(), division_of, tree)
    above = {key: by_division[division] for key, division in division_of.items() if division is not None}
    people = {group.key: group.people for group in groups}
    return Sides(everybody, by_group, by_division, columns, above, people)


def _divisions(sides: Collection[Side], division_of: Mapping[str, int | None], tree: _Tree) -> dict[int, Side]:
    members: dict[int, dict[str, Side]] = defaultdict(dict)
    for side in sides:
        division = division_of[side.key]
        if division is not None:
            members[division][side.key] = side
    return {division: _division(division, list(inside.values()), tree) for division, inside in members.items()}


def _division(division: int, inside: Sequence[Side], tree: _Tree) -> Side:
    if len(inside) == 1:
        return inside[0]
    departments = _departments(inside)
    name = tree[division].name if division in tree else ", ".join(sorted(side.name for side in inside))
    return Side(identity(departments), name, GroupKind.DIVISION, departments)


def _departments(sides: Collection[Side]) -> tuple[int, ...]:
    return tuple(sorted({department for side in sides for department in side.departments}))
