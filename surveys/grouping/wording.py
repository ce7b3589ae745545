"""In plain words: why departments are counted together, and why HR's choice of others does not hold."""

from collections.abc import Iterable, Iterator, Mapping

from surveys.grouping.plan import Fallen, Group, Rules
from surveys.grouping.pooling import Join, Pair, Pool

Names = Mapping[int, str]
_NAMED = 4


def reasons(group: Group, names: Names) -> list[str]:
    """One sentence for each step that led to the group; none for a department that is simply large enough."""
    return list(_reasons(group, names))


def why_fallen(fallen: Fallen, names: Names, rules: Rules) -> str:
    """Why a choice does not hold."""
    if fallen.gone:
        have = "has" if len(fallen.gone) == 1 else "have"
        return f"{listed(fallen.gone, names)} {have} nobody to ask any more."
    if fallen.size is not None:
        have = "has" if len(fallen.choice.departments) == 1 else "together have"
        chosen = f"{listed(fallen.choice.departments, names)} {have} {_people(fallen.size)}"
        return f"{chosen}; a group needs at least {rules.pool_below}."
    if _inside(fallen):
        return f"One of {_pairs(fallen.pairs, names)} rates the other, and they can be kept apart."
    return f"With this choice {_pairs(fallen.pairs, names)} would have to be together, though one rates the other."


def what_to_do(fallen: Fallen) -> str:
    """What whoever makes such a choice can do instead."""
    if fallen.size is not None:
        return "Tick others to go with it." if len(fallen.choice.departments) == 1 else "Tick more departments."
    return "Leave one of the two out." if _inside(fallen) else "Choose others."


def why_parted(departments: Iterable[int], names: Names) -> str:
    """Of a group of the wave before that holds counterparts."""
    named = listed(departments, names)
    return f"{named} were counted together in the last wave, but are not any more, because one rates the other."


def listed(departments: Iterable[int], names: Names) -> str:
    """The departments by name: “A, B and C”, or “A, B, C and 3 more”."""
    found = sorted(names[one] for one in departments)
    if len(found) > _NAMED:
        found = [*found[: _NAMED - 1], f"{len(found) - _NAMED + 1} more"]
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"


def _reasons(group: Group, names: Names) -> Iterator[str]:
    for chosen in group.chosen:
        if len(chosen) > 1:
            whole = chosen == group.departments
            yield "Chosen by HR." if whole else f"{listed(chosen, names)}: chosen by HR."
        elif len(group.departments) == 1:
            yield "Counted by itself, as chosen by HR."
    for kept in group.kept:
        if len(kept) == 1:
            yield "Counted by itself, as in the last wave."
        elif kept not in group.chosen:
            whole = kept == group.departments
            yield "Kept from the last wave." if whole else f"{listed(kept, names)}: kept from the last wave."
    for step in group.joins:
        yield from _step(step, names)


def _step(step: Join, names: Names) -> Iterator[str]:
    one, other = listed(step.one.departments, names), listed(step.other.departments, names)
    many = len(step.one.departments) > 1
    has = f"{one} {'together have' if many else 'has'} {_people(step.one.size)}, fewer than {step.one.needs}"
    yield f"{has}: counted together with {other}, {_where(step.one, step.other, step.level, names)}."
    if step.spared:
        apart = f"{'are' if many else 'is'} kept apart from {listed(step.spared, names)}"
        yield f"{one} {apart}, because one rates the other."
    if step.pairs:
        yield f"{_pairs(step.pairs, names)} are together although one rates the other: no other choice was left."


def _where(one: Pool, other: Pool, level: int | None, names: Names) -> str:
    if level == one.parent:
        return "the smallest beside it" if other.parent == level else "the smallest near it"
    return "the smallest in the company" if level is None else f"the smallest within {names[level]}"


def _pairs(pairs: Iterable[Pair], names: Names) -> str:
    return "; ".join(sorted(" and ".join(sorted(names[one] for one in pair)) for pair in pairs))


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _inside(fallen: Fallen) -> bool:
    return all(pair <= fallen.choice.departments for pair in fallen.pairs)
