"""What the groups of a wave are planned from: the people asked, the tree, the wave before, and HR's choices."""

from collections.abc import Mapping

from django.conf import settings
from django.db.models import Count

from surveys.grouping.inputs import AskedDepartments, ChosenPool, SizeRules
from surveys.grouping.plan import GroupPlan, plan_groups
from surveys.grouping.pooling import places_of_people
from surveys.models import Collaboration, Employee, PoolChoice, Wave
from surveys.roster.tree import DepartmentTree
from surveys.selectors.asking import asked_people

# A group of the wave before stays as it was while it has as many people, so that its trend goes on.
_KEEP_FROM = 6


def count_asked(wave: Wave, tree: DepartmentTree[int]) -> dict[int, int]:
    """How many a planned wave asks, by department."""
    return dict(asked_people(wave, tree).order_by().values_list("department").annotate(Count("id")))


def asked_departments(people: Mapping[int, int], tree: DepartmentTree[int]) -> AskedDepartments:
    """The departments in which so many `people` are asked, with their places and counterparts."""
    peopled = Employee.objects.filter(active=True).values_list("department", flat=True).distinct()
    places = places_of_people(people, peopled=peopled, tree=tree)
    pairs = Collaboration.objects.values_list("department", "counterpart")
    return AskedDepartments(people, places, tree, {frozenset(pair) for pair in pairs})


def size_rules(min_group_size: int) -> SizeRules:
    """How many people a group needs; never fewer than the minimum group size."""
    return SizeRules(pool_below=max(settings.POOL_BELOW, min_group_size), keep_from=max(_KEEP_FROM, min_group_size))


def plan_wave(*, wave: Wave, min_group_size: int, asked: AskedDepartments) -> GroupPlan:
    """The groups of a wave that opens now."""
    choices = [choice for _, choice in chosen_pools(wave.survey_id)]
    return plan_groups(asked, size_rules(min_group_size), before=groups_before(wave), choices=choices)


def chosen_pools(survey_id: int) -> list[tuple[int, ChosenPool]]:
    """HR's choices by their number, the earliest first."""
    departments: dict[int, set[int]] = {}
    in_force: dict[int, bool] = {}
    for row in PoolChoice.objects.filter(survey=survey_id).order_by("pool"):
        departments.setdefault(row.pool, set()).add(row.department_id)
        in_force[row.pool] = row.opened
    return [(number, ChosenPool(frozenset(chosen), in_force[number])) for number, chosen in departments.items()]


def groups_before(wave: Wave) -> list[frozenset[int]]:
    """The groups that the wave before opened with; what they were merged into at closing is left out.

    A wave that was run elsewhere pooled by rules of its own, and hands nothing on.
    """
    earlier = Wave.objects.filter(survey=wave.survey_id, number__lt=wave.number, imported_for=None)
    before = earlier.order_by("-number").first()
    if before is None:
        return []
    opened = before.groups.filter(merged__isnull=True)
    return sorted((frozenset(departments) for departments in opened.values_list("departments", flat=True)), key=sorted)
