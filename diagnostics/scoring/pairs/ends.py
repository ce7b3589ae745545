"""The two ends of a direction of the pair map: reporting groups, divisions, and everybody."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from diagnostics.choices import COMPANY_KEY, GroupKind
from surveys.roster.tree import CompanyDepartments, group_key
from surveys.selectors.results import FinalGroup


@dataclass(frozen=True)
class PairEnd:
    """One end of a pair: a reporting group, a division, or everybody."""

    # Names the same set of departments in every wave.
    key: str
    # That of a group of several departments lists them.
    name: str
    # A group, a division, or the company for everybody.
    kind: GroupKind
    # Ids, sorted.
    departments: tuple[int, ...]


@dataclass(frozen=True)
class PairEnds:
    """All ends of the pairs of one wave. A division made of one group is that group."""

    # All raters together.
    everybody: PairEnd
    # Raters by the id of the group that their ratings are stored with.
    by_group: Mapping[uuid.UUID, PairEnd]
    # Raters by the department (the division's top) that their ratings are stored with.
    by_division: Mapping[int, PairEnd]
    # By a department's id, the group that it reports in.
    rated: Mapping[int, PairEnd]
    # By a group's key, its division; a group whose departments lie in several has none.
    above: Mapping[str, PairEnd]
    # By a group's key, how many people were asked; None where that is not known.
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


def pair_ends(
    groups: Sequence[FinalGroup], departments: CompanyDepartments, rated: Collection[int], *, company: str
) -> PairEnds:
    """`rated` are the departments that anybody rated: one that was not asked itself is a group of its own."""
    by_group = {group.id: PairEnd(group.key, group.name, GroupKind.GROUP, group.departments) for group in groups}
    columns = {department: end for end in by_group.values() for department in end.departments}
    division_of = {group.key: group.division for group in groups}
    for department in sorted(set(rated) - columns.keys()):
        alone = PairEnd(group_key([department]), departments.names[department], GroupKind.GROUP, (department,))
        columns[department] = alone
        division_of[alone.key] = departments.tree.path(department)[0]
    everybody = PairEnd(COMPANY_KEY, company, GroupKind.COMPANY, _departments(by_group.values()))
    by_division = _divisions(columns.values(), division_of, departments.names)
    above = {key: by_division[division] for key, division in division_of.items() if division is not None}
    people = {group.key: group.people for group in groups}
    return PairEnds(everybody, by_group, by_division, columns, above, people)


def _divisions(
    ends: Collection[PairEnd], division_of: Mapping[str, int | None], names: Mapping[int, str]
) -> dict[int, PairEnd]:
    members: dict[int, dict[str, PairEnd]] = defaultdict(dict)
    for end in ends:
        division = division_of[end.key]
        if division is not None:
            members[division][end.key] = end
    return {division: _division(division, list(inside.values()), names) for division, inside in members.items()}


def _division(division: int, inside: Sequence[PairEnd], names: Mapping[int, str]) -> PairEnd:
    if len(inside) == 1:
        return inside[0]
    departments = _departments(inside)
    name = names.get(division) or ", ".join(sorted(end.name for end in inside))
    return PairEnd(group_key(departments), name, GroupKind.DIVISION, departments)


def _departments(ends: Collection[PairEnd]) -> tuple[int, ...]:
    return tuple(sorted({department for end in ends for department in end.departments}))
