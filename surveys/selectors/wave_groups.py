"""The groups of one wave for its page: as they would be made now, or as they were frozen when it opened."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from surveys.grouping.plan import Group
from surveys.grouping.pooling import path
from surveys.grouping.wording import listed, reasons, why_fallen, why_parted
from surveys.models import Department, Wave
from surveys.rules.participation import TargetStatus, target_status
from surveys.rules.wording import target_text
from surveys.selectors.grouping import Tree, counterparts, headcounts, plan_groups, rules_for


@dataclass(frozen=True)
class GroupRow:
    """`members` are the departments, (id, name), by name; `lead` the smallest, for whose sake the group is there.

    `target` is None but while the wave is open.
    """

    members: tuple[tuple[int, str], ...]
    lead: int
    people: int
    reasons: tuple[str, ...]
    target: TargetStatus | None = None

    @property
    def target_text(self) -> str:
        return target_text(self.target) if self.target else ""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for _, name in self.members)


@dataclass(frozen=True)
class LostChoice:
    lead: int
    names: str
    reason: str


@dataclass(frozen=True)
class PlannedGroups:
    """Pools first, then departments by themselves, by name. `notes` tell which groups are not kept, and why."""

    rows: tuple[GroupRow, ...]
    lost: tuple[LostChoice, ...]
    notes: tuple[str, ...]
    people: int
    pool_below: int


@dataclass(frozen=True)
class Neighbour:
    """A department that another one may be counted together with."""

    id: int
    name: str
    people: int
    counterpart: bool


@dataclass(frozen=True)
class Neighbourhood:
    """What HR chooses from for one department: the others, nearest in the tree first, and who is with it as it is."""

    name: str
    people: int
    others: tuple[Neighbour, ...]
    together: frozenset[int]
    reasons: tuple[str, ...]
    chosen: bool


def wave_by_id(wave_id: uuid.UUID) -> Wave | None:
    return Wave.objects.select_related("survey").defer("questionnaire").filter(id=wave_id).first()


def planned_groups(wave: Wave) -> PlannedGroups:
    """What the opening would make of the roster and of HR's choices at this moment; writes nothing."""
    tree, rules = Tree(), rules_for(wave.survey.min_group_size)
    people = headcounts(wave.survey, tree)
    made = plan_groups(wave=wave, min_group_size=wave.survey.min_group_size, people=people, tree=tree)
    return PlannedGroups(
        rows=_sorted(_row(group, tree, people) for group in made.groups),
        lost=tuple(
            LostChoice(
                min(one.choice.departments),
                listed(one.choice.departments, tree.names),
                why_fallen(one, tree.names, rules),
            )
            for one in made.fallen
        ),
        notes=tuple(why_parted(group, tree.names) for group in made.parted),
        people=sum(people.values()),
        pool_below=rules.pool_below,
    )


def groups_in_force(wave: Wave) -> tuple[GroupRow, ...]:
    """The groups that an open wave was opened with; two queries however many there are."""
    names = dict(Department.objects.values_list("id", "name"))
    opened = wave.groups.filter(merged=None)
    refreshed = wave.shuffled_on is not None
    return _sorted(
        GroupRow(
            members=_members(group.departments, names),
            lead=min(group.departments),
            people=group.people or 0,
            reasons=tuple(group.reasons),
            target=target_status(
                group.at_target, people=group.people or 0, min_group_size=wave.min_group_size, refreshed=refreshed
            ),
        )
        for group in opened
    )


def neighbourhood(wave: Wave, department: int) -> Neighbourhood | None:
    """None if the wave would ask nobody in the department."""
    tree = Tree()
    people = headcounts(wave.survey, tree)
    made = plan_groups(wave=wave, min_group_size=wave.survey.min_group_size, people=people, tree=tree)
    group = made.group_of(department)
    if group is None:
        return None
    rated = set().union(*(pair for pair in counterparts() if department in pair))
    steps = {step: number for number, step in enumerate(path(tree.home(department), tree.parents))}

    def distance(one: int) -> tuple[int, str]:
        return min(steps[step] for step in path(tree.home(one), tree.parents) if step in steps), tree.names[one]

    others = sorted(people.keys() - {department}, key=distance)
    return Neighbourhood(
        name=tree.names[department],
        people=people[department],
        others=tuple(Neighbour(one, tree.names[one], people[one], one in rated) for one in others),
        together=group.departments - {department},
        reasons=tuple(reasons(group, tree.names)),
        chosen=any(department in choice.departments for choice in (*made.held, *(one.choice for one in made.fallen))),
    )


def _row(group: Group, tree: Tree, people: Mapping[int, int]) -> GroupRow:
    return GroupRow(
        members=_members(group.departments, tree.names),
        lead=min(group.departments, key=lambda one: (people[one], one)),
        people=group.size,
        reasons=tuple(reasons(group, tree.names)),
    )


def _members(departments: Iterable[int], names: Mapping[int, str]) -> tuple[tuple[int, str], ...]:
    return tuple(sorted(((one, names[one]) for one in departments), key=itemgetter(1)))


def _sorted(rows: Iterable[GroupRow]) -> tuple[GroupRow, ...]:
    return tuple(sorted(rows, key=lambda row: (len(row.members) == 1, row.names)))
