"""From the roster to reporting groups, and from groups with too few ballots to larger ones."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from surveys.grouping.pooling import Pool, identity, pool
from surveys.grouping.wording import reasons
from surveys.models import Employee, PoolChoice, ReportingGroup, Wave
from surveys.rules.limits import BATCH_SIZE
from surveys.selectors.grouping import Tree, plan_groups


def form_groups(*, wave: Wave, people: list[Employee]) -> dict[int, ReportingGroup]:
    """Stores the wave's reporting groups and tells which one each department with people belongs to."""
    tree = Tree()
    sizes = Counter(person.department_id for person in people)
    planned = plan_groups(wave=wave, min_group_size=wave.min_group_size, people=sizes, tree=tree)
    groups = {one.departments: _group(wave, tree, one.departments, one.parent, one.size) for one in planned.groups}
    for one in planned.groups:
        groups[one.departments].reasons = reasons(one, tree.names)
    ReportingGroup.objects.bulk_create(groups.values())
    choices = PoolChoice.objects.filter(survey=wave.survey_id)
    choices.update(opened=False)
    choices.filter(department__in=[one for choice in planned.held for one in choice.departments]).update(opened=True)
    return {department: group for departments, group in groups.items() for department in departments}


def past_groups(*, wave: Wave, people: Mapping[int, int | None]) -> dict[int, ReportingGroup]:
    """Stores a group for each department of a wave that was held elsewhere; `people` is None where nobody knows."""
    tree = Tree(peopled=people)
    groups = {one: _group(wave, tree, [one], tree.home(one), count) for one, count in people.items()}
    ReportingGroup.objects.bulk_create(groups.values(), batch_size=BATCH_SIZE)
    return groups


def merge_groups(*, wave: Wave, ballots: Mapping[ReportingGroup, int]) -> dict[ReportingGroup, ReportingGroup]:
    """Merges every group with fewer ballots than the wave's minimum group size; returns the new group of each.

    The new groups are stored and the old ones point to them. All of `ballots` together must reach the minimum.
    """
    tree = Tree()
    pools = [
        Pool(frozenset(one.departments), one.parent_id, count, wave.min_group_size) for one, count in ballots.items()
    ]
    group_of = {department: group for group in ballots for department in group.departments}
    becomes: dict[ReportingGroup, ReportingGroup] = {}
    for joined in pool(pools, tree.parents):
        parts = list({group_of[department] for department in joined.departments})
        if len(parts) == 1:
            becomes[parts[0]] = parts[0]
            continue
        whole = _group(wave, tree, joined.departments, joined.parent, _all_people(parts))
        whole.save()
        ReportingGroup.objects.filter(id__in=[part.id for part in parts]).update(merged_into=whole)
        becomes |= dict.fromkeys(parts, whole)
    return becomes


def _all_people(parts: Iterable[ReportingGroup]) -> int | None:
    counts = [part.people for part in parts]
    return None if None in counts else sum(count for count in counts if count is not None)


def _group(
    wave: Wave, tree: Tree, departments: Collection[int], parent: int | None, people: int | None
) -> ReportingGroup:
    return ReportingGroup(
        wave=wave,
        key=identity(departments),
        name=tree.title(departments),
        departments=sorted(departments),
        parent_id=parent,
        division_id=tree.division(parent) if parent is not None else _own_division(departments, tree),
        people=people,
    )


def _own_division(departments: Collection[int], tree: Tree) -> int | None:
    """A top department without sub-departments is its own division."""
    return next(iter(departments)) if len(departments) == 1 and tree.parents[next(iter(departments))] is None else None
