"""What the groups of a survey's next wave are made from: the roster, the tree, the wave before, and HR's choices."""

from collections.abc import Collection, Iterable, Mapping

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils.text import Truncator

from surveys.grouping.plan import Choice, Plan, Roster, Rules, plan
from surveys.grouping.pooling import path
from surveys.models import Collaboration, Department, Employee, PoolChoice, Survey, Wave

# A group of the wave before stays as it was until it falls under this, so that trends live.
_KEEP_ABOVE = 6
_NAMES_SHOWN = 6
# As many as the name of a group may have.
_NAME_LETTERS = 500


class Tree:
    """The departments as they are now: `parents` for pooling, names for people.

    `peopled` are departments that have people, unless it is those that the roster has people in.
    """

    def __init__(self, peopled: Iterable[int] | None = None) -> None:
        self.names: dict[int, str] = {}
        self.parents: dict[int, int | None] = {}
        for pk, name, parent in Department.objects.values_list("id", "name", "parent"):
            self.names[pk], self.parents[pk] = name, parent
        if peopled is None:
            peopled = Employee.objects.filter(active=True).values_list("department", flat=True).distinct()
        self._inner = {above for one in peopled for above in path(self.parents[one], self.parents)}

    def home(self, department: int) -> int | None:
        """What a department's own people hang below: those attached to an inner department are a child of its own.

        Inner is what has people below it: a department whose last sub-department was dissolved is a leaf again.
        """
        return department if department in self._inner else self.parents[department]

    def division(self, parent: int | None) -> int | None:
        """The top department above a group that hangs below `parent`."""
        above = path(parent, self.parents)
        return above[-2] if len(above) > 1 else None

    def below(self, departments: Collection[int]) -> set[int]:
        """The departments and all below them."""
        return {one for one in self.parents if any(step in departments for step in path(one, self.parents))}

    def title(self, departments: Collection[int]) -> str:
        names = sorted(self.names[one] for one in departments)
        shown = ", ".join(names[:_NAMES_SHOWN])
        whole = f"{shown} and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else shown
        return Truncator(whole).chars(_NAME_LETTERS)


def asked(survey: Survey, tree: Tree) -> QuerySet[Employee]:
    """The people whom a wave of the survey that opens now asks."""
    people = Employee.objects.filter(active=True, on_leave=False)
    audience = set(survey.audience.values_list("id", flat=True))
    return people.filter(department__in=tree.below(audience)) if audience else people


def headcounts(survey: Survey, tree: Tree) -> dict[int, int]:
    """How many are asked, by department."""
    return dict(asked(survey, tree).order_by().values_list("department").annotate(Count("id")))


def rules_for(min_group_size: int) -> Rules:
    return Rules(pool_below=max(settings.POOL_BELOW, min_group_size), keep_above=max(_KEEP_ABOVE, min_group_size))


def roster_for(people: Mapping[int, int], tree: Tree) -> Roster:
    return Roster(people, {one: tree.home(one) for one in people}, tree.parents, counterparts())


def counterparts() -> set[frozenset[int]]:
    """The pairs of departments of which one rates the other."""
    return {frozenset(pair) for pair in Collaboration.objects.values_list("department", "counterpart")}


def plan_groups(*, wave: Wave, min_group_size: int, people: Mapping[int, int], tree: Tree) -> Plan:
    """The groups of a wave that opens now with these `people` by department."""
    choices = [choice for _, choice in choices_of(wave.survey_id)]
    return plan(roster_for(people, tree), rules_for(min_group_size), before=groups_before(wave), choices=choices)


def choices_of(survey_id: int) -> list[tuple[int, Choice]]:
    """HR's choices by their number, the earliest first."""
    departments: dict[int, set[int]] = {}
    opened: dict[int, bool] = {}
    for row in PoolChoice.objects.filter(survey=survey_id).order_by("pool"):
        departments.setdefault(row.pool, set()).add(row.department_id)
        opened[row.pool] = row.opened
    return [(number, Choice(frozenset(chosen), opened[number])) for number, chosen in departments.items()]


def groups_before(wave: Wave) -> list[frozenset[int]]:
    """The groups that the wave before opened with; what they were merged into when they were counted is left out.

    A wave that was held elsewhere pooled by rules of its own, and hands nothing on.
    """
    earlier = Wave.objects.filter(survey=wave.survey_id, number__lt=wave.number, imported_for=None)
    before = earlier.order_by("-number").first()
    if before is None:
        return []
    opened = before.groups.filter(merged__isnull=True)
    return sorted((frozenset(departments) for departments in opened.values_list("departments", flat=True)), key=sorted)
