"""The two ends of a direction of the pair map: reporting groups, divisions, and everybody."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from diagnostics.choices import GroupKind
from diagnostics.scoring.tree import COMPANY
from surveys.grouping.pooling import identity, path
from surveys.selectors.results import FinalGroup, TreeNode

_Departments = Mapping[int, TreeNode]


@dataclass(frozen=True)
class PairEnd:
    """`key` names the same set of departments in every wave; a pool's `name` lists the departments in it."""

    key: str
    name: str
    kind: GroupKind
    departments: tuple[int, ...]


@dataclass(frozen=True)
class PairEnds:
    """`by_group` and `by_division` find raters by where their ratings are stored, `rated` the group of a department.

    A division made of one group is that group. `above` has by a group's key its division; none for a group whose
    departments lie in several. `people` has by a group's key how many were asked, None where nobody knows.
    """

    everybody: PairEnd
    by_group: Mapping[uuid.UUID, PairEnd]
    by_division: Mapping[int, PairEnd]
    rated: Mapping[int, PairEnd]
    above: Mapping[str, PairEnd]
    people: Mapping[str, int | None]

    def could_rate(self, ratings: Iterable[tuple[PairEnd, int, int]]) -> int | None:
        """Of how many people the raters are, by (raters, rated department, number); None where nobody knows.

        The raters of a cell are those of the department that the most have rated. All whom its ratings can come from
        are the groups that gave some, less the one that the department itself is counted in.
        """
        numbers, groups = Counter[int](), defaultdict[int, set[str]](set)
        for raters, rated, number in ratings:
            numbers[rated] += number
            groups[rated] |= {self.rated[department].key for department in raters.departments} - {self.rated[rated].key}
        most = max(numbers.values())
        asked = [self._asked(groups[rated]) for rated, number in numbers.items() if number == most]
        return min((max(people, most) for people in asked if people is not None), default=None)

    def _asked(self, groups: Iterable[str]) -> int | None:
        counts = [self.people[key] for key in groups if key in self.people]
        return None if None in counts else sum(count or 0 for count in counts)


def pair_ends(groups: Sequence[FinalGroup], tree: _Departments, rated: Collection[int], *, company: str) -> PairEnds:
    """`rated` are the departments that anybody rated: one that was not asked itself stands for itself."""
    by_group = {group.id: PairEnd(group.key, group.name, GroupKind.GROUP, group.departments) for group in groups}
    columns = {department: end for end in by_group.values() for department in end.departments}
    parents = {department: node.parent for department, node in tree.items()}
    division_of = {group.key: group.division for group in groups}
    for department in sorted(set(rated) - columns.keys()):
        alone = PairEnd(identity([department]), tree[department].name, GroupKind.GROUP, (department,))
        columns[department] = alone
        division_of[alone.key] = path(department, parents)[-2]
    everybody = PairEnd(COMPANY, company, GroupKind.COMPANY, _departments(by_group.values()))
    by_division = _divisions(columns.values(), division_of, tree)
    above = {key: by_division[division] for key, division in division_of.items() if division is not None}
    people = {group.key: group.people for group in groups}
    return PairEnds(everybody, by_group, by_division, columns, above, people)


def _divisions(
    ends: Collection[PairEnd], division_of: Mapping[str, int | None], tree: _Departments
) -> dict[int, PairEnd]:
    members: dict[int, dict[str, PairEnd]] = defaultdict(dict)
    for end in ends:
        division = division_of[end.key]
        if division is not None:
            members[division][end.key] = end
    return {division: _division(division, list(inside.values()), tree) for division, inside in members.items()}


def _division(division: int, inside: Sequence[PairEnd], tree: _Departments) -> PairEnd:
    if len(inside) == 1:
        return inside[0]
    departments = _departments(inside)
    name = tree[division].name if division in tree else ", ".join(sorted(end.name for end in inside))
    return PairEnd(identity(departments), name, GroupKind.DIVISION, departments)


def _departments(ends: Collection[PairEnd]) -> tuple[int, ...]:
    return tuple(sorted({department for end in ends for department in end.departments}))
