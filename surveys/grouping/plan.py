"""Who reports together in a wave, and why. Pure: the preview that HR sees and the opening are this one function."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from surveys.grouping.inputs import AskedDepartments, ChosenPool, SizeRules
from surveys.grouping.pooling import CounterpartPair, Pool, PoolingStep, join_small_pools
from surveys.grouping.reasons import GroupReason, Rejection, RejectionCode
from surveys.grouping.tracing import trace_reasons

_Departments = frozenset[int]


@dataclass(frozen=True)
class RejectedPool:
    """A choice that is not followed, and why."""

    # What HR chose.
    choice: ChosenPool
    # The code of the reason, with its arguments.
    rejection: Rejection


@dataclass(frozen=True)
class PlannedGroup:
    """Departments that would report together, and what led there."""

    # Ids.
    departments: _Departments
    # The department below which the group hangs; None is the company.
    parent: int | None
    # How many people are asked.
    size: int
    # Empty for a department that is simply large enough.
    reasons: tuple[GroupReason, ...] = ()


@dataclass(frozen=True)
class GroupPlan:
    """All groups of a wave, and what became of HR's choices and of the groups before."""

    # Every asked department is in one of them.
    groups: tuple[PlannedGroup, ...]
    # The choices that are followed.
    accepted: tuple[ChosenPool, ...]
    # The choices that are not, and why.
    rejected: tuple[RejectedPool, ...]
    # Groups of the wave before that are not kept because counterparts are in them.
    separated: tuple[_Departments, ...]

    def group_of(self, department: int) -> PlannedGroup | None:
        """The group that the department is in; None if nobody is asked in it."""
        return next((group for group in self.groups if department in group.departments), None)


@dataclass(frozen=True)
class _Arrangement:
    """The pools that some choices and some groups of the wave before lead to."""

    # All of them, none too small unless it is the only one.
    pools: Sequence[Pool]
    # How small pools were joined.
    steps: Sequence[PoolingStep]
    # The groups of the wave before that are kept.
    kept: Sequence[_Departments]
    # The counterparts that report together.
    pairs: frozenset[CounterpartPair]


def plan_groups(
    asked: AskedDepartments, rules: SizeRules, *, before: Iterable[_Departments], choices: Iterable[ChosenPool]
) -> GroupPlan:
    """Follows HR's choices as far as possible, keeps last wave's groups where they still fit, and pools the rest.

    A choice is followed without those of its departments that have nobody to ask, if two are left. It is rejected if
    it has too few people, or if it brings more counterparts together than the choices before it do. `before` are the
    groups of the wave before. Raises ValueError if two choices share a department.
    """
    before, choices = list(before), list(choices)
    _check_disjoint(choices)
    rejections = {choice: _rejection_by_size(choice, asked, rules, before) for choice in choices}
    accepted = [choice for choice in choices if rejections[choice] is None]
    rejected = [RejectedPool(choice, rejection) for choice, rejection in rejections.items() if rejection]
    separated: list[_Departments] = []
    arrangement = _arrange(asked, rules, accepted, before)
    if arrangement.pairs:
        arrangement, accepted, of_counterparts, separated = _arrange_in_turn(asked, rules, accepted, before)
        rejected += of_counterparts
    groups = tuple(_group(pool, arrangement, accepted, rules) for pool in arrangement.pools)
    return GroupPlan(groups, tuple(accepted), tuple(rejected), tuple(separated))


def _check_disjoint(choices: Sequence[ChosenPool]) -> None:
    chosen = [department for choice in choices for department in choice.departments]
    if len(set(chosen)) < len(chosen):
        raise ValueError("A department is in two choices.")


def _rejection_by_size(
    choice: ChosenPool, asked: AskedDepartments, rules: SizeRules, before: Iterable[_Departments]
) -> Rejection | None:
    """Why the choice has too few departments or people; None if it has enough."""
    departments = asked.among(choice.departments)
    if len(departments) < min(len(choice.departments), 2):
        unasked = choice.departments - departments
        return Rejection(RejectionCode.WITHOUT_PEOPLE, tuple(sorted(unasked)))
    people = asked.size(departments)
    if people >= rules.pool_below or any(
        _carries(group, choice, asked) and _can_be_kept(group, asked, rules) for group in before
    ):
        return None
    chosen = tuple(sorted(choice.departments))
    return Rejection(RejectionCode.TOO_FEW_PEOPLE, chosen, people=people, minimum=rules.pool_below)


def _carries(group: _Departments, choice: ChosenPool, asked: AskedDepartments) -> bool:
    """Whether a group of the wave before contains the choice: also with others that had to join it then."""
    departments = asked.among(choice.departments)
    return departments == group or (choice.in_force and departments < group)


def _can_be_kept(group: _Departments, asked: AskedDepartments, rules: SizeRules) -> bool:
    return group <= asked.people.keys() and asked.size(group) >= rules.keep_from


def _arrange_in_turn(
    asked: AskedDepartments, rules: SizeRules, choices: Sequence[ChosenPool], before: Sequence[_Departments]
) -> tuple[_Arrangement, list[ChosenPool], list[RejectedPool], list[_Departments]]:
    """Adds the choices, then the groups before that have counterparts, each only if no more counterparts meet by it.

    Returns the arrangement, the choices accepted and rejected, and the groups before that are separated.
    """
    accepted: list[ChosenPool] = []
    rejected: list[RejectedPool] = []
    separated: list[_Departments] = []
    doubtful = [group for group in before if _pairs_within([group], asked.counterparts)]
    kept = [group for group in before if group not in doubtful]
    arrangement = _arrange(asked, rules, accepted, kept)
    for choice in choices:
        trial = _arrange(asked, rules, [*accepted, choice], kept)
        if len(trial.pairs) > len(arrangement.pairs):
            rejected.append(RejectedPool(choice, _rejection_by_pairs(choice, trial.pairs - arrangement.pairs)))
        else:
            accepted, arrangement = [*accepted, choice], trial
    for group in doubtful:
        trial = _arrange(asked, rules, accepted, [*kept, group])
        if len(trial.pairs) > len(arrangement.pairs):
            separated.append(group)
        else:
            kept, arrangement = [*kept, group], trial
    return arrangement, accepted, rejected, separated


def _rejection_by_pairs(choice: ChosenPool, pairs: Collection[CounterpartPair]) -> Rejection:
    inside = all(pair <= choice.departments for pair in pairs)
    code = RejectionCode.COUNTERPARTS_INSIDE if inside else RejectionCode.COUNTERPARTS_ELSEWHERE
    ordered = sorted((min(pair), max(pair)) for pair in pairs)
    return Rejection(code, pairs=tuple(ordered))


def _arrange(
    asked: AskedDepartments, rules: SizeRules, choices: Sequence[ChosenPool], before: Iterable[_Departments]
) -> _Arrangement:
    kept = [
        group
        for group in before
        if _can_be_kept(group, asked, rules) and all(_agree(group, choice, asked) for choice in choices)
    ]
    placed = frozenset().union(*kept)
    chosen = [departments for choice in choices if not (departments := asked.among(choice.departments)) <= placed]
    rest = [frozenset({department}) for department in asked.people.keys() - placed.union(*chosen)]
    starts = [
        *(_first_pool(group, rules.keep_from, asked) for group in kept),
        *(_first_pool(group, rules.pool_below, asked) for group in (*chosen, *rest)),
    ]
    pools, steps = join_small_pools(starts, asked.tree, counterparts=asked.counterparts)
    pairs = _pairs_within((pool.departments for pool in pools), asked.counterparts)
    return _Arrangement(pools, steps, kept, pairs)


def _agree(group: _Departments, choice: ChosenPool, asked: AskedDepartments) -> bool:
    """Whether a group of the wave before can be kept beside the choice."""
    return _carries(group, choice, asked) or group.isdisjoint(asked.among(choice.departments))


def _first_pool(group: _Departments, minimum: int, asked: AskedDepartments) -> Pool:
    """The pool of a group before any too small one is joined."""
    parent = asked.tree.common_ancestor(asked.places[department] for department in group)
    return Pool(group, parent, asked.size(group), minimum)


def _group(pool: Pool, arrangement: _Arrangement, choices: Iterable[ChosenPool], rules: SizeRules) -> PlannedGroup:
    # A single department is worth a word only where it would be too small without the wave before.
    kept = [
        group
        for group in arrangement.kept
        if group <= pool.departments and (len(group) > 1 or pool.size < rules.pool_below)
    ]
    reasons = trace_reasons(
        pool.departments,
        chosen=[choice.departments for choice in choices if choice.departments & pool.departments],
        kept=kept,
        steps=[step for step in arrangement.steps if step.small.departments <= pool.departments],
    )
    return PlannedGroup(pool.departments, pool.parent, pool.size, tuple(reasons))


def _pairs_within(groups: Iterable[_Departments], pairs: Iterable[CounterpartPair]) -> frozenset[CounterpartPair]:
    """The pairs that are in one group."""
    place = {department: number for number, group in enumerate(groups) for department in group}
    return frozenset(pair for pair in pairs if len({place.get(department, ~department) for department in pair}) == 1)
