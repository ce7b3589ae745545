"""What holds of the groups of any company, whatever HR chose and the wave before had."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from surveys.grouping.plan import Choice, Roster, Rules, plan
from surveys.grouping.wording import reasons, why_fallen

RULES = Rules(pool_below=8, keep_above=6)


@st.composite
def companies(draw):
    count = draw(st.integers(1, 12))
    departments = list(range(1, count + 1))
    parents = {one: draw(st.sampled_from([None, *range(1, one)])) for one in departments}
    people = {one: size for one in departments if (size := draw(st.integers(0, 20)))}
    two = st.frozensets(st.sampled_from(departments), min_size=2, max_size=2)
    apart = draw(st.sets(two, max_size=4)) if count > 1 else set()
    parts = [parted(draw, departments) for _ in range(2)]
    homes = {one: draw(st.sampled_from([one, parents[one]])) for one in people}
    choices = [Choice(one, draw(st.booleans())) for one in parts[1]]
    return Roster(people, homes, parents, apart), parts[0], choices


def parted(draw, departments):
    """Some of the departments, in sets that share none."""
    mixed = draw(st.permutations(departments))
    cuts = sorted(draw(st.sets(st.integers(0, len(mixed)), max_size=5)))
    return [frozenset(mixed[start:end]) for start, end in pairwise(cuts)]


def together(result, roster):
    return sum(pair <= group.departments for pair in roster.apart for group in result.groups)


@given(companies())
def test_groups_part_the_people_and_none_is_too_small(company):
    roster, before, choices = company
    result = plan(roster, RULES, before=before, choices=choices)
    assert sorted(one for group in result.groups for one in group.departments) == sorted(roster.people)
    assert all(group.size == roster.size(group.departments) for group in result.groups)
    small = [group for group in result.groups if group.size < RULES.pool_below]
    assert len(result.groups) <= 1 or all(one.size >= RULES.keep_above and one.departments in before for one in small)


@given(companies())
def test_every_choice_holds_or_falls_with_a_reason(company):
    roster, before, choices = company
    result = plan(roster, RULES, before=before, choices=choices)
    assert [one for one in choices if one in result.held or one in {lost.choice for lost in result.fallen}] == choices
    assert len(result.held) + len(result.fallen) == len(choices)
    for choice in result.held:
        here = choice.departments & roster.people.keys()
        assert [group.departments >= here for group in result.groups if group.departments & here] == [True]
    assert all(bool(lost.gone) + (lost.size is not None) + bool(lost.pairs) == 1 for lost in result.fallen)


@given(companies())
def test_choices_bring_no_more_counterparts_together_than_the_rules(company):
    roster, _, choices = company
    with_choices = plan(roster, RULES, before=[], choices=choices)
    assert together(with_choices, roster) <= together(plan(roster, RULES, before=[], choices=[]), roster)


@given(companies())
def test_the_same_roster_gives_the_same_groups_in_the_next_wave(company):
    roster, before, choices = company
    first = plan(roster, RULES, before=before, choices=choices)
    in_force = [Choice(one.departments, opened=one in first.held) for one in choices]
    again = plan(roster, RULES, before=[group.departments for group in first.groups], choices=in_force)
    if not together(first, roster):
        assert {one.departments for one in again.groups} == {one.departments for one in first.groups}


@given(companies(), st.randoms())
def test_the_order_of_the_roster_does_not_matter(company, chance):
    roster, before, choices = company
    people = list(roster.people.items())
    chance.shuffle(people)
    mixed = Roster(dict(people), roster.homes, roster.parents, roster.apart)
    first = plan(roster, RULES, before=before, choices=choices)
    assert [one.departments for one in plan(mixed, RULES, before=before, choices=choices).groups] == [
        one.departments for one in first.groups
    ]


@given(companies())
def test_every_pool_has_a_reason_and_every_reason_is_a_sentence(company):
    roster, before, choices = company
    result = plan(roster, RULES, before=before, choices=choices)
    names = {one: f"Department {one}" for one in roster.parents}
    for group in result.groups:
        told = reasons(group, names)
        assert len(group.departments) == 1 or told
        assert all(one.endswith(".") and one[0].isupper() for one in told)
    assert all(why_fallen(one, names, RULES).endswith(".") for one in result.fallen)
