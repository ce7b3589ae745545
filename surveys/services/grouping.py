"""From the roster to reporting groups, and from groups with too few ballots to larger ones."""

from collections import Counter
from collections.abc import Collection, Mapping

from django.conf import settings
from django.utils.text import Truncator

from surveys.models import Collaboration, Department, Employee, ReportingGroup, Wave
from surveys.pooling import Pool, identity, meeting_point, path, pool

# A pool of the wave before stays as it was until it falls under this, so that trends live.
_KEEP_ABOVE = 6
_NAMES_SHOWN = 6
# As many as the name of a group may have.
_NAME_LETTERS = 500


class Tree:
    """The departments as they are now: `parents` for pooling, names for people."""

    def __init__(self) -> None:
        self.names: dict[int, str] = {}
        self.parents: dict[int, int | None] = {}
        for pk, name, parent in Department.objects.values_list("id", "name", "parent"):
            self.names[pk], self.parents[pk] = name, parent
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


def form_groups(*, wave: Wave, people: list[Employee]) -> dict[int, ReportingGroup]:
    """Stores the wave's reporting groups and tells which one each department with people belongs to."""
    tree = Tree()
    sizes = Counter(person.department_id for person in people)
    apart = {frozenset(pair) for pair in Collaboration.objects.values_list("department", "counterpart")}
    pools = pool(_starting_pools(wave, sizes, tree), tree.parents, apart=apart)
    groups = {one.departments: _group(wave, tree, one.departments, one.parent, one.size) for one in pools}
    ReportingGroup.objects.bulk_create(groups.values())
    return {department: group for departments, group in groups.items() for department in departments}


def merge_groups(*, wave: Wave, ballots: Mapping[ReportingGroup, int]) -> dict[ReportingGroup, ReportingGroup]:
    """Merges every group with fewer ballots than the wave's floor; tells where each group's ballots now belong.

    The new groups are stored and the old ones point to them. All of `ballots` together must reach the floor.
    """
    tree = Tree()
    pools = [Pool(frozenset(one.departments), one.parent_id, count, wave.floor) for one, count in ballots.items()]
    group_of = {department: group for group in ballots for department in group.departments}
    becomes: dict[ReportingGroup, ReportingGroup] = {}
    for joined in pool(pools, tree.parents):
        parts = list({group_of[department] for department in joined.departments})
        if len(parts) == 1:
            becomes[parts[0]] = parts[0]
            continue
        whole = _group(wave, tree, joined.departments, joined.parent, sum(part.people for part in parts))
        whole.save()
        ReportingGroup.objects.filter(id__in=[part.id for part in parts]).update(merged_into=whole)
        becomes |= dict.fromkeys(parts, whole)
    return becomes


def _starting_pools(wave: Wave, sizes: Mapping[int, int], tree: Tree) -> list[Pool]:
    """Last wave's groups where they still hold, then every other department on its own."""
    pools = []
    left = set(sizes)
    keep_above = max(_KEEP_ABOVE, wave.floor)
    for departments in _groups_before(wave):
        size = sum(sizes[one] for one in departments if one in sizes)
        if departments <= left and size >= keep_above:
            parent = meeting_point(map(tree.home, departments), tree.parents)
            pools.append(Pool(departments, parent, size, keep_above))
            left -= departments
    pool_below = max(settings.POOL_BELOW, wave.floor)
    return pools + [Pool(frozenset([one]), tree.home(one), sizes[one], pool_below) for one in left]


def _groups_before(wave: Wave) -> list[frozenset[int]]:
    before = Wave.objects.filter(survey=wave.survey_id, number__lt=wave.number).order_by("-number").first()
    if before is None:
        return []
    opened = before.groups.filter(merged__isnull=True)
    return sorted((frozenset(departments) for departments in opened.values_list("departments", flat=True)), key=sorted)


def _group(wave: Wave, tree: Tree, departments: Collection[int], parent: int | None, people: int) -> ReportingGroup:
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
