"""From what led to a group, step by step, to the reasons that are stored with it. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from surveys.grouping.pooling import PoolingStep
from surveys.grouping.reasons import GroupReason, GroupReasonCode, Nearness

_Departments = frozenset[int]


def trace_reasons(
    departments: _Departments,
    *,
    chosen: Sequence[_Departments],
    kept: Iterable[_Departments],
    steps: Iterable[PoolingStep],
) -> Iterator[GroupReason]:
    """Gives a reason for each step that led to the group; none for a department that is simply large enough.

    `chosen` are HR's choices in the group, `kept` the groups of the wave before in it, `steps` how the rest joined.
    """
    for choice in chosen:
        if len(choice) > 1:
            yield GroupReason(GroupReasonCode.CHOSEN, _part(choice, departments))
        elif len(departments) == 1:
            yield GroupReason(GroupReasonCode.CHOSEN_ALONE)
    for group in kept:
        if len(group) == 1:
            yield GroupReason(GroupReasonCode.KEPT_ALONE)
        elif group not in chosen:
            yield GroupReason(GroupReasonCode.KEPT, _part(group, departments))
    for step in steps:
        yield from _reasons_of_step(step)


def _part(part: _Departments, departments: _Departments) -> tuple[int, ...]:
    """The departments of a part of the group; none where it is the whole."""
    return () if part == departments else tuple(sorted(part))


def _reasons_of_step(step: PoolingStep) -> Iterator[GroupReason]:
    small = tuple(sorted(step.small.departments))
    nearness = _nearness(step)
    yield GroupReason(
        GroupReasonCode.JOINED,
        small,
        others=tuple(sorted(step.joined.departments)),
        people=step.small.size,
        minimum=step.small.minimum,
        nearness=nearness,
        level=step.level if nearness == Nearness.WITHIN else None,
    )
    if step.kept_apart_from:
        yield GroupReason(GroupReasonCode.KEPT_APART, small, others=tuple(sorted(step.kept_apart_from)))
    for pair in sorted(map(sorted, step.unavoidable)):
        yield GroupReason(GroupReasonCode.UNAVOIDABLE, tuple(pair))


def _nearness(step: PoolingStep) -> Nearness:
    if step.level == step.small.parent:
        return Nearness.BESIDE if step.joined.parent == step.level else Nearness.NEAR
    return Nearness.COMPANY if step.level is None else Nearness.WITHIN
