"""From the roster to reporting groups, and from groups with too few ballots to larger ones."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from django.utils.text import Truncator

from surveys.grouping.pooling import Pool, join_small_pools, places_of_people
from surveys.models import Employee, PoolChoice, ReportingGroup, Wave
from surveys.roster.tree import CompanyDepartments, group_key
from surveys.rules.limits import BATCH_SIZE
from surveys.selectors.group_inputs import asked_departments, plan_wave
from surveys.selectors.people import read_departments

# The name of a group lists as many departments, in as many characters as the column holds.
_NAMES_SHOWN = 6
_NAME_CHARACTERS = 500


def form_groups(*, wave: Wave, people: list[Employee]) -> dict[int, ReportingGroup]:
    """Stores the wave's reporting groups; returns the group of each department with people."""
    departments = read_departments()
    asked = asked_departments(Counter(person.department_id for person in people), departments.tree)
    plan = plan_wave(wave=wave, min_group_size=wave.min_group_size, asked=asked)
    groups: dict[int, ReportingGroup] = {}
    for planned in plan.groups:
        group = _group(wave, departments, planned.departments, planned.parent, planned.size)
        group.reasons = [reason.to_json() for reason in planned.reasons]
        groups |= dict.fromkeys(planned.departments, group)
    ReportingGroup.objects.bulk_create(dict.fromkeys(groups.values()))
    choices = PoolChoice.objects.filter(survey=wave.survey_id)
    choices.update(opened=False)
    accepted = [department for choice in plan.accepted for department in choice.departments]
    choices.filter(department__in=accepted).update(opened=True)
    return groups


def form_past_groups(*, wave: Wave, people: Mapping[int, int | None]) -> dict[int, ReportingGroup]:
    """Stores a group for each department of a wave that was run elsewhere; `people` is None where it is not known."""
    departments = read_departments()
    places = places_of_people(people, peopled=people, tree=departments.tree)
    groups = {
        department: _group(wave, departments, [department], places[department], count)
        for department, count in people.items()
    }
    ReportingGroup.objects.bulk_create(groups.values(), batch_size=BATCH_SIZE)
    return groups


def merge_groups(*, wave: Wave, ballots: Mapping[ReportingGroup, int]) -> dict[ReportingGroup, ReportingGroup]:
    """Merges every group with fewer ballots than the wave's minimum group size; returns the new group of each.

    The new groups are stored and the old ones point to them. All of `ballots` together must reach the minimum.
    """
    departments = read_departments()
    pools = [
        Pool(frozenset(group.departments), group.parent_id, count, wave.min_group_size)
        for group, count in ballots.items()
    ]
    group_of = {department: group for group in ballots for department in group.departments}
    merged_into: dict[ReportingGroup, ReportingGroup] = {}
    for pool in join_small_pools(pools, departments.tree)[0]:
        parts = list({group_of[department] for department in pool.departments})
        if len(parts) == 1:
            merged_into[parts[0]] = parts[0]
            continue
        whole = _group(wave, departments, pool.departments, pool.parent, _count_people(parts))
        whole.save()
        ReportingGroup.objects.filter(id__in=[part.id for part in parts]).update(merged_into=whole)
        merged_into |= dict.fromkeys(parts, whole)
    return merged_into


def _count_people(parts: Iterable[ReportingGroup]) -> int | None:
    counts = [part.people for part in parts]
    return None if None in counts else sum(count for count in counts if count is not None)


def _group(
    wave: Wave, departments: CompanyDepartments, members: Collection[int], parent: int | None, people: int | None
) -> ReportingGroup:
    return ReportingGroup(
        wave=wave,
        key=group_key(members),
        name=_name(members, departments.names),
        departments=sorted(members),
        parent_id=parent,
        division_id=_division(members, parent, departments),
        people=people,
    )


def _division(members: Collection[int], parent: int | None, departments: CompanyDepartments) -> int | None:
    """The top department above the group; a top department without sub-departments is its own division."""
    if parent is not None:
        return departments.tree.path(parent)[0]
    member, *others = members
    return member if not others and departments.tree.parent(member) is None else None


def _name(members: Iterable[int], names: Mapping[int, str]) -> str:
    found = sorted(names[member] for member in members)
    shown = ", ".join(found[:_NAMES_SHOWN])
    more = len(found) - _NAMES_SHOWN
    return Truncator(f"{shown} and {more} more" if more > 0 else shown).chars(_NAME_CHARACTERS)
