"""Pools departments by people before a wave, and merges groups by ballots after it. Pure: the two are one function."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from surveys.roster.tree import DepartmentTree

# Two departments of which one rates the other.
CounterpartPair = frozenset[int]
# By the place that a pool is at: the levels of the tree above it.
_Levels = Mapping[int | None, tuple[int | None, ...]]
# By department: its counterparts.
_Counterparts = Mapping[int, Collection[int]]


@dataclass(frozen=True)
class Pool:
    """Departments that report together."""

    # Ids.
    departments: frozenset[int]
    # The department below which it hangs; None is the company.
    parent: int | None
    # How many people (before a wave) or ballots (after it) it has.
    size: int
    # How many it must have to report by itself.
    minimum: int

    @property
    def order(self) -> tuple[int, list[int]]:
        """Smallest first; ties by department ids, so that the same roster always gives the same pools."""
        return self.size, sorted(self.departments)


@dataclass(frozen=True)
class PoolingStep:
    """One step of pooling: a pool that was too small joined another one."""

    # The pool that was too small.
    small: Pool
    # The pool that it joined: the smallest that hangs at `level` or below it.
    joined: Pool
    # Where the two now hang; None is the company.
    level: int | None
    # Departments of the pool that it would have joined if no counterparts were kept apart.
    kept_apart_from: frozenset[int] = frozenset()
    # Counterparts that report together from now on, because there was no other choice.
    unavoidable: frozenset[CounterpartPair] = frozenset()

    @property
    def pool(self) -> Pool:
        """What the two have become."""
        return Pool(
            departments=self.small.departments | self.joined.departments,
            parent=self.level,
            size=self.small.size + self.joined.size,
            minimum=max(self.small.minimum, self.joined.minimum),
        )


def join_small_pools(
    pools: Iterable[Pool], tree: DepartmentTree[int], *, counterparts: Collection[CounterpartPair] = ()
) -> tuple[list[Pool], list[PoolingStep]]:
    """Joins every pool below its minimum with another one, until none is too small or one is left.

    It joins the smallest under the same parent, else under the parent's parent, and so on up to the company. Two
    counterparts report together only when there is no other choice. Returns the pools, and the steps that led there.
    """
    left = set(pools)
    steps: list[PoolingStep] = []
    counterparts_of = _by_department(counterparts)
    levels = {pool.parent: tree.levels(pool.parent) for pool in left}
    waiting = [(pool.order, pool) for pool in left if pool.size < pool.minimum]
    heapify(waiting)
    while waiting and len(left) > 1:
        _, smallest = heappop(waiting)
        if smallest not in left:
            continue
        left.remove(smallest)
        step = _join(smallest, left, levels, counterparts_of)
        steps.append(step)
        left.remove(step.joined)
        left.add(step.pool)
        levels.setdefault(step.level, tree.levels(step.level))
        if step.pool.size < step.pool.minimum:
            heappush(waiting, (step.pool.order, step.pool))
    return sorted(left, key=lambda pool: sorted(pool.departments)), steps


def places_of_people(
    departments: Iterable[int], *, peopled: Iterable[int], tree: DepartmentTree[int]
) -> dict[int, int | None]:
    """Finds what the own people of each department hang below; `peopled` are all departments that have people.

    Those attached to an inner department hang below it, like a sub-department. Inner is what has people below it: a
    department whose last sub-department was dissolved is none.
    """
    inner = {above for department in peopled for above in tree.ancestors(department)}
    return {department: department if department in inner else tree.parent(department) for department in departments}


def _join(small: Pool, others: Collection[Pool], levels: _Levels, counterparts_of: _Counterparts) -> PoolingStep:
    """Decides which pool to join, and where the two then hang."""
    own = (counterparts_of[department] for department in small.departments if department in counterparts_of)
    avoided = set().union(*own)
    if not avoided:
        return PoolingStep(small, *_nearest(small, others, levels))
    allowed = [other for other in others if avoided.isdisjoint(other.departments)]
    wanted, _ = _nearest(small, others, levels)
    joined, level = _nearest(small, allowed or others, levels)
    unavoidable = {
        frozenset({department, counterpart})
        for department in small.departments
        for counterpart in counterparts_of.get(department, ())
        if counterpart in joined.departments
    }
    kept_apart_from = avoided & wanted.departments - joined.departments
    return PoolingStep(small, joined, level, frozenset(kept_apart_from), frozenset(unavoidable))


def _nearest(small: Pool, others: Collection[Pool], levels: _Levels) -> tuple[Pool, int | None]:
    """The smallest pool at the nearest level that has one, and that level."""
    for level in levels[small.parent]:
        beside = [other for other in others if other.parent == level]
        below = beside or [other for other in others if level in levels[other.parent]]
        if below:
            return min(below, key=lambda other: other.order), level
    raise RuntimeError("Every pool hangs below the company.")


def _by_department(pairs: Collection[CounterpartPair]) -> _Counterparts:
    counterparts_of: dict[int, set[int]] = {}
    for pair in pairs:
        for department in pair:
            counterparts_of.setdefault(department, set()).update(pair - {department})
    return counterparts_of
