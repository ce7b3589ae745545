"""Which departments are counted together. Pure: one function pools by people before a wave and merges by ballots after.

The tree is given as `parents`, department id to its parent's id; None is the company.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

Parents = Mapping[int, int | None]
Pair = frozenset[int]
# The steps from a place in the tree up to the company, and the departments that one is mapped to.
_Above = Mapping[int | None, Sequence[int | None]]
_Mapped = Mapping[int, Collection[int]]


@dataclass(frozen=True)
class Pool:
    """People counted together: those attached to `departments`, hanging below `parent` (None: the company).

    `size` is what the pool has (people or ballots), `needs` what it must have to stand alone.
    """

    departments: frozenset[int]
    parent: int | None
    size: int
    needs: int

    @property
    def order(self) -> tuple[int, list[int]]:
        """Smallest first; ties by department ids, so that the same roster always gives the same pools."""
        return self.size, sorted(self.departments)


@dataclass(frozen=True)
class Join:
    """One step of pooling: `one` was too small and joined `other`, the smallest that hangs at or below `level`.

    `spared` are departments of the pool that it would have joined if no pair were kept apart; `pairs` those pairs that
    are together now all the same, because no other choice was left.
    """

    one: Pool
    other: Pool
    level: int | None
    spared: frozenset[int] = frozenset()
    pairs: frozenset[Pair] = frozenset()


def pool(pools: Iterable[Pool], parents: Parents, *, apart: Collection[Pair] = ()) -> list[Pool]:
    """Joins every pool that is smaller than it needs to be with another, until all stand alone or one is left.

    It joins the smallest under the same parent, else under the parent's parent, and so on up to the company. Two
    departments of a pair in `apart` (mapped counterparts) join only when no other choice is left.
    """
    return join(pools, parents, apart=apart)[0]


def join(pools: Iterable[Pool], parents: Parents, *, apart: Collection[Pair] = ()) -> tuple[list[Pool], list[Join]]:
    """What `pool` gives, and the steps that led there."""
    left = set(pools)
    steps: list[Join] = []
    mapped = _by_department(apart)
    above = {one.parent: path(one.parent, parents) for one in left}
    waiting = [(one.order, one) for one in left if one.size < one.needs]
    heapify(waiting)
    while waiting and len(left) > 1:
        _, smallest = heappop(waiting)
        if smallest not in left:
            continue
        left.remove(smallest)
        steps.append(step := _step(smallest, left, above, mapped))
        left.remove(step.other)
        joined = _joined(step)
        left.add(joined)
        above.setdefault(step.level, path(step.level, parents))
        if joined.size < joined.needs:
            heappush(waiting, (joined.order, joined))
    return sorted(left, key=lambda one: sorted(one.departments)), steps


def identity(departments: Iterable[int]) -> str:
    """The key of a set of departments: the same set has the same key in every wave."""
    return hashlib.sha256(",".join(map(str, sorted(departments))).encode()).hexdigest()[:16]


def path(department: int | None, parents: Parents) -> list[int | None]:
    """The department, its parent, and so on up to None, the company."""
    steps: list[int | None] = [department]
    while (last := steps[-1]) is not None:
        steps.append(parents[last])
    return steps


def meeting_point(starts: Iterable[int | None], parents: Parents) -> int | None:
    """The deepest department that all of `starts` are or hang below; None for the company."""
    first, *others = [path(start, parents) for start in starts]
    return next(step for step in first if all(step in other for other in others))


def _step(one: Pool, others: Collection[Pool], above: _Above, mapped: _Mapped) -> Join:
    """Which pool to join, and where the two then hang."""
    avoided = set().union(*(mapped[department] for department in one.departments if department in mapped))
    if not avoided:
        return Join(one, *_nearest(one, others, above))
    fitting = [other for other in others if avoided.isdisjoint(other.departments)]
    wanted, _ = _nearest(one, others, above)
    other, level = _nearest(one, fitting or others, above)
    pairs = {
        frozenset({mine, its}) for mine in one.departments for its in mapped.get(mine, ()) if its in other.departments
    }
    return Join(one, other, level, frozenset(avoided & wanted.departments - other.departments), frozenset(pairs))


def _nearest(one: Pool, others: Collection[Pool], above: _Above) -> tuple[Pool, int | None]:
    for level in above[one.parent]:
        beside = [other for other in others if other.parent == level]
        below = beside or [other for other in others if level in above[other.parent]]
        if below:
            return min(below, key=lambda other: other.order), level
    raise RuntimeError("Every pool hangs below the company.")


def _by_department(apart: Collection[Pair]) -> _Mapped:
    mapped: dict[int, set[int]] = {}
    for pair in apart:
        for department in pair:
            mapped.setdefault(department, set()).update(pair - {department})
    return mapped


def _joined(step: Join) -> Pool:
    one, other = step.one, step.other
    return Pool(
        departments=one.departments | other.departments,
        parent=step.level,
        size=one.size + other.size,
        needs=max(one.needs, other.needs),
    )
