"""The one rule of who may see which figures, by the departments of the reader.

A reader sees a figure only where all people that it is made of work in the reader's departments. A part of them is not
enough: it would tell the reader of the others. `within` are the ids of the reader's departments; None means all.
"""

from collections.abc import Collection, Iterable

from diagnostics.choices import RaterKind

Within = frozenset[int] | None


def may_see(departments: Collection[int], within: Within) -> bool:
    """Whether all people of these departments are the reader's; of no department, only who may see all."""
    return within is None or (bool(departments) and within.issuperset(departments))


def may_see_direction(rater_kind: str, rater: Collection[int], rated: Collection[int], within: Within) -> bool:
    """A direction belongs to its raters. What everybody says of a department belongs to that department."""
    return may_see(rated if rater_kind == RaterKind.EVERYBODY else rater, within)


def may_see_pair(first: Collection[int], second: Collection[int], within: Within) -> bool:
    """A pair's figure is made of what both say."""
    return may_see(first, within) and may_see(second, within)


def may_see_remedy(sides: Iterable[Collection[int]], within: Within) -> bool:
    """A remedy itself has no figures: one of its sides is enough. Its effect goes by side (may_see)."""
    return within is None or any(may_see(side, within) for side in sides)


def may_see_reason(sides: Iterable[Collection[int]], within: Within) -> bool:
    """The reason of a remedy has figures of all its sides."""
    return all(may_see(side, within) for side in sides)
