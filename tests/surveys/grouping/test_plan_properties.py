"""What holds of the groups of any company, whatever HR chose and the wave before had."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from surveys.grouping.inputs import AskedDepartments, ChosenPool, SizeRules
from surveys.grouping.plan import plan_groups
from surveys.grouping.reasons import GroupReason, RejectionCode
from surveys.grouping.wording import explain_reason, explain_rejection
from surveys.roster.tree import DepartmentTree

RULES = SizeRules(pool_below=8, keep_from=6)
FOUND_BY_THE_PLAN = {
    RejectionCode.WITHOUT_PEOPLE,
    RejectionCode.TOO_FEW_PEOPLE,
    RejectionCode.COUNTERPARTS_INSIDE,
    RejectionCode.COUNTERPARTS_ELSEWHERE,
}


@st.composite
def companies(draw):
    count = draw(st.integers(1, 12))
    departments = list(range(1, count + 1))
    parents = {department: draw(st.sampled_from([None, *range(1, department)])) for department in departments}
    people = {department: size for department in departments if (size := draw(st.integers(0, 20)))}
    two = st.frozensets(st.sampled_from(departments), min_size=2, max_size=2)
    counterparts = draw(st.sets(two, max_size=4)) if count > 1 else set()
    before, chosen = (disjoint_sets(draw, departments) for _ in range(2))
    places = {department: draw(st.sampled_from([department, parents[department]])) for department in people}
    choices = [ChosenPool(departments, draw(st.booleans())) for departments in chosen]
    return AskedDepartments(people, places, DepartmentTree(parents), counterparts), before, choices


def disjoint_sets(draw, departments):
    """Some of the departments, in sets that share none."""
    mixed = draw(st.permutations(departments))
    cuts = sorted(draw(st.sets(st.integers(0, len(mixed)), max_size=5)))
    return [frozenset(mixed[start:end]) for start, end in pairwise(cuts)]


def pairs_within(plan, asked):
    return sum(pair <= group.departments for pair in asked.counterparts for group in plan.groups)


def sets_of(plan):
    return [group.departments for group in plan.groups]


@given(companies())
def test_groups_share_out_the_people_and_none_is_too_small(company):
    asked, before, choices = company
    plan = plan_groups(asked, RULES, before=before, choices=choices)
    assert sorted(department for group in plan.groups for department in group.departments) == sorted(asked.people)
    assert all(group.size == asked.size(group.departments) for group in plan.groups)
    small = [group for group in plan.groups if group.size < RULES.pool_below]
    assert len(plan.groups) <= 1 or all(
        group.size >= RULES.keep_from and group.departments in before for group in small
    )


@given(companies())
def test_every_choice_is_followed_or_rejected_with_a_reason(company):
    asked, before, choices = company
    plan = plan_groups(asked, RULES, before=before, choices=choices)
    rejected = {pool.choice: pool.rejection for pool in plan.rejected}
    assert [choice for choice in choices if choice in plan.accepted or choice in rejected] == choices
    assert len(plan.accepted) + len(plan.rejected) == len(choices)
    for choice in plan.accepted:
        here = choice.departments & asked.people.keys()
        assert [group.departments >= here for group in plan.groups if group.departments & here] == [True]
    for rejection in rejected.values():
        assert rejection.code in FOUND_BY_THE_PLAN
        assert bool(rejection.departments) != bool(rejection.pairs)
        assert (rejection.people is not None) == (rejection.code == RejectionCode.TOO_FEW_PEOPLE)


@given(companies())
def test_choices_bring_no_more_counterparts_into_groups_than_the_rules(company):
    asked, _, choices = company
    with_choices = plan_groups(asked, RULES, before=[], choices=choices)
    assert pairs_within(with_choices, asked) <= pairs_within(plan_groups(asked, RULES, before=[], choices=[]), asked)


@given(companies())
def test_the_same_roster_gives_the_same_groups_in_the_next_wave(company):
    asked, before, choices = company
    first = plan_groups(asked, RULES, before=before, choices=choices)
    in_force = [ChosenPool(choice.departments, in_force=choice in first.accepted) for choice in choices]
    again = plan_groups(asked, RULES, before=sets_of(first), choices=in_force)
    if not pairs_within(first, asked):
        assert set(sets_of(again)) == set(sets_of(first))


@given(companies(), st.randoms())
def test_the_order_of_the_roster_does_not_matter(company, chance):
    asked, before, choices = company
    people = list(asked.people.items())
    chance.shuffle(people)
    mixed = AskedDepartments(dict(people), asked.places, asked.tree, asked.counterparts)
    first = plan_groups(asked, RULES, before=before, choices=choices)
    assert sets_of(plan_groups(mixed, RULES, before=before, choices=choices)) == sets_of(first)


@given(companies())
def test_every_pool_has_a_reason_and_every_reason_is_a_sentence(company):
    asked, before, choices = company
    plan = plan_groups(asked, RULES, before=before, choices=choices)
    names = {department: f"Department {department}" for department in asked.tree.parents}
    for group in plan.groups:
        sentences = [explain_reason(reason, names) for reason in group.reasons]
        assert len(group.departments) == 1 or sentences
        assert all(sentence.endswith(".") and sentence[0].isupper() for sentence in sentences)
    assert all(explain_rejection(pool.rejection, names).endswith(".") for pool in plan.rejected)


@given(companies())
def test_a_reason_is_stored_and_read_as_it_was(company):
    asked, before, choices = company
    for group in plan_groups(asked, RULES, before=before, choices=choices).groups:
        assert [GroupReason.from_json(reason.to_json()) for reason in group.reasons] == list(group.reasons)
