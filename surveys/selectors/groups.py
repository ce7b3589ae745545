"""The reporting groups of one wave: as they would be formed now, or as they were when it opened."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from surveys.grouping.inputs import AskedDepartments
from surveys.grouping.plan import GroupPlan, PlannedGroup, RejectedPool
from surveys.grouping.reasons import GroupReason
from surveys.models import Department, Wave
from surveys.rules.participation import TargetStatus, target_status
from surveys.rules.wording import target_text
from surveys.selectors.asking import PeopleLeftOut, left_out_of
from surveys.selectors.group_inputs import asked_departments, count_asked, plan_wave, size_rules
from surveys.selectors.people import read_departments


@dataclass(frozen=True)
class WaveGroup:
    """A reporting group of a wave, planned or opened."""

    # (id, name) by name.
    departments: tuple[tuple[int, str], ...]
    # The smallest department: the group was formed for its sake, and is changed from there.
    smallest: int
    # How many people are asked, or were asked at the opening.
    people: int
    # Why the departments report together; empty for one that is large enough.
    reasons: tuple[GroupReason, ...]
    # How the group's response compares with the target; None unless the wave has opened.
    target: TargetStatus | None = None

    @property
    def target_text(self) -> str:
        """The same in words; empty unless the wave has opened."""
        return target_text(self.target) if self.target else ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the departments, sorted."""
        return tuple(name for _, name in self.departments)


@dataclass(frozen=True)
class OpenedGroups:
    """The groups that a wave was opened with."""

    # Groups of several departments first, then single ones, by name.
    groups: tuple[WaveGroup, ...]
    # The names of all departments by id.
    names: Mapping[int, str]


@dataclass(frozen=True)
class PlannedGroups:
    """The groups that a wave would open with at this moment."""

    # Groups of several departments first, then single ones, by name.
    groups: tuple[WaveGroup, ...]
    # The names of all departments by id.
    names: Mapping[int, str]
    # HR's choices that are not followed.
    rejected: tuple[RejectedPool, ...]
    # Groups of the last wave that are not kept because counterparts are in them.
    separated: tuple[frozenset[int], ...]
    # How many people are asked in all.
    people: int
    # A new group needs as many people.
    pool_below: int
    # Whom it would leave out, because another wave asks them in the same period.
    left_out: tuple[PeopleLeftOut, ...]


@dataclass(frozen=True)
class GroupOption:
    """A department that another one may report together with."""

    id: int
    name: str
    # How many are asked in it.
    people: int
    # Whether one of the two rates the other.
    counterpart: bool


@dataclass(frozen=True)
class GroupOptions:
    """What HR chooses from for one department."""

    # The department's.
    name: str
    # How many are asked in it.
    people: int
    # The other departments, the nearest in the tree first.
    others: tuple[GroupOption, ...]
    # Whom it would report together with at this moment, by id.
    grouped_with: frozenset[int]
    # Why it would.
    reasons: tuple[GroupReason, ...]
    # Whether a choice of HR has the department, followed or not.
    chosen: bool
    # The names of all departments by id.
    names: Mapping[int, str]


def wave_by_id(wave_id: uuid.UUID) -> Wave | None:
    """The wave with its survey, without its questionnaire."""
    return Wave.objects.select_related("survey").defer("questionnaire").filter(id=wave_id).first()


def planned_groups(wave: Wave) -> PlannedGroups:
    """What the opening would make of the roster and of HR's choices at this moment; writes nothing."""
    names, asked, plan = _plan_now(wave)
    return PlannedGroups(
        groups=_sorted(_planned(group, names, asked.people) for group in plan.groups),
        names=names,
        rejected=plan.rejected,
        separated=plan.separated,
        people=sum(asked.people.values()),
        pool_below=size_rules(wave.survey.min_group_size).pool_below,
        left_out=left_out_of(wave),
    )


def opened_groups(wave: Wave) -> OpenedGroups:
    """The groups that a wave was opened with; two queries however many there are."""
    names = dict(Department.objects.values_list("id", "name"))
    refreshed = wave.shuffled_on is not None
    groups = (
        WaveGroup(
            departments=_named(group.departments, names),
            smallest=min(group.departments),
            people=group.people or 0,
            reasons=tuple(map(GroupReason.from_json, group.reasons)),
            target=target_status(
                group.at_target, people=group.people or 0, min_group_size=wave.min_group_size, refreshed=refreshed
            ),
        )
        for group in wave.groups.filter(merged=None)
    )
    return OpenedGroups(_sorted(groups), names)


def group_options(wave: Wave, department: int) -> GroupOptions | None:
    """What the department could report together with; None if the wave would ask nobody in it."""
    names, asked, plan = _plan_now(wave)
    group = plan.group_of(department)
    if group is None:
        return None
    rated = {counterpart for pair in asked.counterparts if department in pair for counterpart in pair}
    return GroupOptions(
        name=names[department],
        people=asked.people[department],
        others=tuple(
            GroupOption(other, names[other], asked.people[other], other in rated)
            for other in _nearest_first(department, asked, names)
        ),
        grouped_with=group.departments - {department},
        reasons=group.reasons,
        chosen=any(
            department in choice.departments
            for choice in (*plan.accepted, *(rejected.choice for rejected in plan.rejected))
        ),
        names=names,
    )


def _plan_now(wave: Wave) -> tuple[Mapping[int, str], AskedDepartments, GroupPlan]:
    departments = read_departments()
    asked = asked_departments(count_asked(wave, departments.tree), departments.tree)
    plan = plan_wave(wave=wave, min_group_size=wave.survey.min_group_size, asked=asked)
    return departments.names, asked, plan


def _nearest_first(department: int, asked: AskedDepartments, names: Mapping[int, str]) -> list[int]:
    """The other departments in which people are asked: those that meet this one lowest in the tree first."""
    place = asked.places[department]
    levels = asked.tree.levels(place)

    def distance(other: int) -> tuple[int, str]:
        return levels.index(asked.tree.common_ancestor((place, asked.places[other]))), names[other]

    return sorted(asked.people.keys() - {department}, key=distance)


def _planned(group: PlannedGroup, names: Mapping[int, str], people: Mapping[int, int]) -> WaveGroup:
    return WaveGroup(
        departments=_named(group.departments, names),
        smallest=min(group.departments, key=lambda department: (people[department], department)),
        people=group.size,
        reasons=group.reasons,
    )


def _named(departments: Iterable[int], names: Mapping[int, str]) -> tuple[tuple[int, str], ...]:
    return tuple(sorted(((department, names[department]) for department in departments), key=itemgetter(1)))


def _sorted(groups: Iterable[WaveGroup]) -> tuple[WaveGroup, ...]:
    return tuple(sorted(groups, key=lambda group: (len(group.departments) == 1, group.names)))
