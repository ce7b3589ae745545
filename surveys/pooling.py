"""Which departments are counted together. Pure: one function pools by people before a wave and merges by ballots after.

The tree is given as `parents`, department id to its parent's id; None is the company.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

Parents = Mapping[int, int | None]
Pair = frozenset[int]


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


def pool(pools: Iterable[Pool], parents: Parents, *, apart: Collection[Pair] = ()) -> list[Pool]:
    """Joins every pool that is smaller than it needs to be with another, until all stand alone or one is left.

    It joins the smallest under the same parent, else under the parent's parent, and so on up to the company. Two
    departments of a pair in `apart` (mapped counterparts) join only when no other choice is left.
    """
    left = list(pools)
    while len(left) > 1:
        small = [one for one in left if one.size < one.needs]
        if not small:
            break
        smallest = min(small, key=lambda one: one.order)
        left.remove(smallest)
        partner, parent = _partner(smallest, left, parents, apart)
        left.remove(partner)
        left.append(_joined(smallest, partner, parent))
    return sorted(left, key=lambda one: sorted(one.departments))


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


def _partner(one: Pool, others: Sequence[Pool], parents: Parents, apart: Collection[Pair]) -> tuple[Pool, int | None]:
    """The pool to join, and where the two then hang."""
    fitting = [other for other in others if not _mapped(one, other, apart)] or others
    for level in path(one.parent, parents):
        beside = [other for other in fitting if other.parent == level]
        below = [other for other in fitting if level in path(other.parent, parents)]
        if beside or below:
            return min(beside or below, key=lambda other: other.order), level
    raise RuntimeError("Every pool hangs below the company.")


def _mapped(one: Pool, other: Pool, apart: Collection[Pair]) -> bool:
    return any(pair & one.departments and pair & other.departments for pair in apart)


def _joined(one: Pool, other: Pool, parent: int | None) -> Pool:
    return Pool(
        departments=one.departments | other.departments,
        parent=parent,
        size=one.size + other.size,
        needs=max(one.needs, other.needs),
    )
