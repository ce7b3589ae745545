"""Who is counted together in a wave, and why. Pure: the preview that HR sees and the opening are this one function."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from surveys.grouping.pooling import Join, Pair, Parents, Pool, join, meeting_point

_Departments = frozenset[int]


@dataclass(frozen=True)
class Roster:
    """`people` who are asked, by department, 1 or more each; `homes`: what a department's own people hang below.

    `apart` are the mapped counterparts.
    """

    people: Mapping[int, int]
    homes: Mapping[int, int | None]
    parents: Parents
    apart: Collection[Pair] = ()

    def size(self, departments: Iterable[int]) -> int:
        return sum(self.people.get(one, 0) for one in departments)


@dataclass(frozen=True)
class Rules:
    """A new group has at least `pool_below` people; one that lives on from the wave before, `keep_above`."""

    pool_below: int
    keep_above: int


@dataclass(frozen=True)
class Choice:
    """Departments that HR wants counted together; a single one, by itself. `opened`: the last wave opened with it."""

    departments: _Departments
    opened: bool = False


@dataclass(frozen=True)
class Fallen:
    """A choice that does not hold, and the reason: departments without people, too few people, or counterparts.

    `size` is given only where it is too small; `pairs` are the counterparts that it would bring together.
    """

    choice: Choice
    gone: _Departments = frozenset()
    size: int | None = None
    pairs: frozenset[Pair] = frozenset()


@dataclass(frozen=True)
class Group:
    """People counted together, with what led there: HR's choices, groups kept from the wave before, and joins.

    A single department is among `kept` only where it would be too small without the wave before.
    """

    departments: _Departments
    parent: int | None
    size: int
    chosen: tuple[_Departments, ...] = ()
    kept: tuple[_Departments, ...] = ()
    joins: tuple[Join, ...] = ()


@dataclass(frozen=True)
class Plan:
    """`parted` are groups of the wave before that hold counterparts, and are not kept for that reason."""

    groups: tuple[Group, ...]
    held: tuple[Choice, ...]
    fallen: tuple[Fallen, ...]
    parted: tuple[_Departments, ...]

    def group_of(self, department: int) -> Group | None:
        return next((group for group in self.groups if department in group.departments), None)


@dataclass(frozen=True)
class _Settled:
    pools: Sequence[Pool]
    joins: Sequence[Join]
    kept: Sequence[_Departments]
    together: frozenset[Pair]


def plan(roster: Roster, rules: Rules, *, before: Iterable[_Departments], choices: Iterable[Choice]) -> Plan:
    """HR's choices as far as they hold, last wave's groups where they still fit, and the rules for the rest.

    A choice holds without those of its departments that have nobody to ask, if two are left. It falls if it has too
    few people, or if it brings more counterparts together than the choices before it do. ValueError if two choices
    share a department.
    """
    standing, fallen = _standing(roster, rules, before := list(before), list(choices))
    parted: list[_Departments] = []
    settled = _settle(roster, rules, standing, before)
    if settled.together:
        held: list[Choice] = []
        doubtful = [group for group in before if _together([group], roster.apart)]
        firm = [group for group in before if group not in doubtful]
        settled = _settle(roster, rules, held, firm)
        for choice in standing:
            trial = _settle(roster, rules, [*held, choice], firm)
            if len(trial.together) > len(settled.together):
                fallen.append(Fallen(choice, pairs=trial.together - settled.together))
            else:
                held, settled = [*held, choice], trial
        for group in doubtful:
            trial = _settle(roster, rules, held, [*firm, group])
            if len(trial.together) > len(settled.together):
                parted.append(group)
            else:
                firm, settled = [*firm, group], trial
        standing = held
    groups = tuple(_group(one, settled, standing, rules) for one in settled.pools)
    return Plan(groups, tuple(standing), tuple(fallen), tuple(parted))


def _standing(
    roster: Roster, rules: Rules, before: Collection[_Departments], choices: Sequence[Choice]
) -> tuple[list[Choice], list[Fallen]]:
    """The choices that have departments and people enough."""
    if len({one for choice in choices for one in choice.departments}) < sum(len(one.departments) for one in choices):
        raise ValueError("A department is in two choices.")
    standing, fallen = [], []
    for choice in choices:
        here = _here(choice, roster)
        if len(here) < min(len(choice.departments), 2):
            fallen.append(Fallen(choice, gone=choice.departments - here))
        elif roster.size(here) < rules.pool_below and not _lives_on(choice, roster, rules, before):
            fallen.append(Fallen(choice, size=roster.size(here)))
        else:
            standing.append(choice)
    return standing, fallen


def _lives_on(choice: Choice, roster: Roster, rules: Rules, before: Iterable[_Departments]) -> bool:
    return any(_agrees(choice, group, roster) and _keeps(group, roster, rules) for group in before)


def _agrees(choice: Choice, group: _Departments, roster: Roster) -> bool:
    """Whether a group of the wave before carries the choice: also with others that had to join it then."""
    here = _here(choice, roster)
    return here == group or (choice.opened and here < group)


def _keeps(group: _Departments, roster: Roster, rules: Rules) -> bool:
    return group <= roster.people.keys() and roster.size(group) >= rules.keep_above


def _settle(roster: Roster, rules: Rules, choices: Sequence[Choice], before: Iterable[_Departments]) -> _Settled:
    kept = [
        group
        for group in before
        if _keeps(group, roster, rules)
        and all(_agrees(one, group, roster) or group.isdisjoint(_here(one, roster)) for one in choices)
    ]
    needs = dict.fromkeys(kept, rules.keep_above)
    placed = {one for group in kept for one in group}
    chosen = [here for choice in choices if not (here := _here(choice, roster)) <= placed]
    placed |= {one for group in chosen for one in group}
    needs |= dict.fromkeys([*chosen, *(frozenset({one}) for one in roster.people.keys() - placed)], rules.pool_below)
    starts = [
        Pool(group, meeting_point((roster.homes[one] for one in group), roster.parents), roster.size(group), needed)
        for group, needed in needs.items()
    ]
    pools, joins = join(starts, roster.parents, apart=roster.apart)
    return _Settled(pools, joins, kept, _together((one.departments for one in pools), roster.apart))


def _group(one: Pool, settled: _Settled, choices: Iterable[Choice], rules: Rules) -> Group:
    kept = [group for group in settled.kept if group <= one.departments]
    return Group(
        departments=one.departments,
        parent=one.parent,
        size=one.size,
        chosen=tuple(choice.departments for choice in choices if choice.departments & one.departments),
        kept=tuple(group for group in kept if len(group) > 1 or one.size < rules.pool_below),
        joins=tuple(step for step in settled.joins if step.one.departments <= one.departments),
    )


def _here(choice: Choice, roster: Roster) -> _Departments:
    return frozenset(choice.departments & roster.people.keys())


def _together(groups: Iterable[_Departments], apart: Iterable[Pair]) -> frozenset[Pair]:
    """The pairs that are in one group."""
    place = {department: number for number, group in enumerate(groups) for department in group}
    return frozenset(pair for pair in apart if len({place.get(one, ~one) for one in pair}) == 1)
