"""Who reports together: HR's choices first, then last wave's groups, then the rules."""

import pytest

from surveys.grouping.inputs import AskedDepartments, ChosenPool, SizeRules
from surveys.grouping.plan import RejectedPool, plan_groups
from surveys.grouping.reasons import GroupReason, GroupReasonCode, Nearness, Rejection, RejectionCode
from surveys.roster.tree import DepartmentTree

RULES = SizeRules(pool_below=8, keep_from=6)
COMMERCIAL, MARKETING, SALES, DESIGN, OPERATIONS, PLANT, DEPOT, LEGAL = range(1, 9)
PARENTS = {
    COMMERCIAL: None,
    MARKETING: COMMERCIAL,
    SALES: COMMERCIAL,
    DESIGN: COMMERCIAL,
    OPERATIONS: None,
    PLANT: OPERATIONS,
    DEPOT: OPERATIONS,
    LEGAL: None,
}
CHOSEN = GroupReason(GroupReasonCode.CHOSEN)
KEPT = GroupReason(GroupReasonCode.KEPT)


def asked(people, counterparts=()):
    places = {department: PARENTS[department] for department in people}
    return AskedDepartments(people, places, DepartmentTree(PARENTS), {frozenset(pair) for pair in counterparts})


def planned(people, *, counterparts=(), before=(), choices=()):
    groups = [frozenset(group) for group in before]
    return plan_groups(asked(people, counterparts), RULES, before=groups, choices=choices)


def chosen(*departments, in_force=False):
    return ChosenPool(frozenset(departments), in_force)


def sizes(plan):
    return {tuple(sorted(group.departments)): group.size for group in plan.groups}


def reasons(plan, department):
    return list(plan.group_of(department).reasons)


def rejections(plan):
    return [rejected.rejection for rejected in plan.rejected]


def joined(small, people, others, nearness=Nearness.BESIDE, level=None):
    return GroupReason(
        GroupReasonCode.JOINED, small, others=others, people=people, minimum=8, nearness=nearness, level=level
    )


def too_few(departments, people):
    return Rejection(RejectionCode.TOO_FEW_PEOPLE, departments, people=people, minimum=8)


def test_the_rules_alone_give_a_reason_for_each_pool():
    plan = planned({MARKETING: 20, SALES: 30, DESIGN: 1, LEGAL: 9})
    assert sizes(plan) == {(MARKETING, DESIGN): 21, (SALES,): 30, (LEGAL,): 9}
    assert reasons(plan, DESIGN) == [joined((DESIGN,), 1, (MARKETING,))]
    assert reasons(plan, SALES) == []


def test_every_step_of_a_larger_pool_has_a_reason():
    assert reasons(planned({MARKETING: 3, SALES: 4, DESIGN: 3, PLANT: 20}), MARKETING) == [
        joined((MARKETING,), 3, (DESIGN,)),
        joined((SALES,), 4, (MARKETING, DESIGN)),
    ]


def test_a_pool_that_joins_is_named_as_a_whole():
    assert reasons(planned({MARKETING: 2, SALES: 3, PLANT: 20}), MARKETING) == [
        joined((MARKETING,), 2, (SALES,)),
        joined((MARKETING, SALES), 5, (PLANT,), Nearness.COMPANY),
    ]


@pytest.mark.parametrize(
    ("people", "nearness", "level"),
    [
        ({PLANT: 3, DEPOT: 20}, Nearness.BESIDE, None),
        ({PLANT: 3, MARKETING: 20, SALES: 25}, Nearness.COMPANY, None),
        ({PLANT: 3, LEGAL: 20}, Nearness.COMPANY, None),
    ],
)
def test_the_reason_tells_how_near_the_other_department_is(people, nearness, level):
    (reason,) = reasons(planned(people), PLANT)
    assert (reason.nearness, reason.level) == (nearness, level)


@pytest.mark.parametrize(("place", "nearness", "level"), [(9, Nearness.WITHIN, OPERATIONS), (5, Nearness.NEAR, None)])
def test_the_reason_names_the_department_that_both_are_in(place, nearness, level):
    tree = DepartmentTree(PARENTS | {9: OPERATIONS, 10: 9, 11: 6})
    company = AskedDepartments({10: 3, 11: 20}, {10: place, 11: 6}, tree)
    (group,) = plan_groups(company, RULES, before=[], choices=[]).groups
    assert [(reason.nearness, reason.level) for reason in group.reasons] == [(nearness, level)]


def test_counterparts_that_are_kept_apart_are_named():
    assert reasons(planned({MARKETING: 20, SALES: 30, DESIGN: 3}, counterparts=[(DESIGN, MARKETING)]), DESIGN) == [
        joined((DESIGN,), 3, (SALES,)),
        GroupReason(GroupReasonCode.KEPT_APART, (DESIGN,), others=(MARKETING,)),
    ]


def test_counterparts_that_had_to_be_pooled_are_named():
    assert reasons(planned({MARKETING: 20, DESIGN: 3}, counterparts=[(DESIGN, MARKETING)]), DESIGN) == [
        joined((DESIGN,), 3, (MARKETING,)),
        GroupReason(GroupReasonCode.UNAVOIDABLE, (MARKETING, DESIGN)),
    ]


def test_last_waves_groups_are_kept_until_they_fall_under_six():
    people = {MARKETING: 4, SALES: 2, DESIGN: 20, LEGAL: 7}
    before = [(MARKETING, SALES), (DESIGN,), (LEGAL,)]
    plan = planned(people, before=before)
    assert sizes(plan) == {(MARKETING, SALES): 6, (DESIGN,): 20, (LEGAL,): 7}
    assert (reasons(plan, MARKETING), reasons(plan, LEGAL)) == ([KEPT], [GroupReason(GroupReasonCode.KEPT_ALONE)])
    assert sizes(planned(people | {MARKETING: 3}, before=before)) == {(MARKETING, SALES, DESIGN): 25, (LEGAL,): 7}


def test_a_kept_group_that_a_new_small_department_joins_has_both_reasons():
    before = [(MARKETING, SALES), (PLANT,)]
    assert reasons(planned({MARKETING: 5, SALES: 5, DESIGN: 3, PLANT: 20}, before=before), MARKETING) == [
        GroupReason(GroupReasonCode.KEPT, (MARKETING, SALES)),
        joined((DESIGN,), 3, (MARKETING, SALES)),
    ]


def test_a_group_is_separated_when_its_departments_become_counterparts():
    people = {MARKETING: 20, SALES: 30, DESIGN: 3}
    plan = planned(people, before=[(MARKETING, DESIGN), (SALES,)], counterparts=[(MARKETING, DESIGN)])
    assert sizes(plan) == {(MARKETING,): 20, (SALES, DESIGN): 33}
    assert plan.separated == (frozenset({MARKETING, DESIGN}),)


def test_a_group_is_not_separated_where_its_departments_must_join_again():
    plan = planned({MARKETING: 7, DESIGN: 3}, before=[(MARKETING, DESIGN)], counterparts=[(MARKETING, DESIGN)])
    assert (sizes(plan), plan.separated) == ({(MARKETING, DESIGN): 10}, ())


def test_a_small_department_joins_whom_hr_chose():
    plan = planned({MARKETING: 20, SALES: 30, DESIGN: 3}, choices=[chosen(SALES, DESIGN)])
    assert (sizes(plan), reasons(plan, DESIGN)) == ({(MARKETING,): 20, (SALES, DESIGN): 33}, [CHOSEN])


def test_hr_pools_two_large_departments():
    plan = planned({MARKETING: 20, SALES: 30, DESIGN: 9}, choices=[chosen(MARKETING, SALES)])
    assert sizes(plan) == {(MARKETING, SALES): 50, (DESIGN,): 9}


def test_a_choice_that_others_had_to_join_is_named_as_a_part():
    plan = planned({MARKETING: 9, SALES: 9, DESIGN: 3}, choices=[chosen(MARKETING, SALES)])
    assert reasons(plan, SALES) == [
        GroupReason(GroupReasonCode.CHOSEN, (MARKETING, SALES)),
        joined((DESIGN,), 3, (MARKETING, SALES)),
    ]


def test_hr_separates_a_kept_group_whose_departments_have_grown():
    plan = planned({MARKETING: 20, LEGAL: 9}, before=[(MARKETING, LEGAL)], choices=[chosen(LEGAL)])
    assert sizes(plan) == {(MARKETING,): 20, (LEGAL,): 9}
    assert reasons(plan, LEGAL) == [GroupReason(GroupReasonCode.CHOSEN_ALONE)]


def test_a_choice_with_too_few_people_is_rejected_with_the_number_needed():
    plan = planned({MARKETING: 3, SALES: 4, DESIGN: 20}, choices=[chosen(MARKETING, SALES), chosen(DESIGN)])
    assert sizes(plan) == {(MARKETING, SALES, DESIGN): 27}
    assert plan.rejected == (RejectedPool(chosen(MARKETING, SALES), too_few((MARKETING, SALES), 7)),)
    assert rejections(planned({MARKETING: 3, DESIGN: 20}, choices=[chosen(MARKETING)])) == [too_few((MARKETING,), 3)]


def test_a_choice_that_was_in_force_lives_on_down_to_six():
    people = {MARKETING: 3, SALES: 3, DESIGN: 20}
    before, choices = [(MARKETING, SALES), (DESIGN,)], [chosen(MARKETING, SALES, in_force=True)]
    assert sizes(planned(people, before=before, choices=choices)) == {(MARKETING, SALES): 6, (DESIGN,): 20}
    fewer = planned(people | {SALES: 2}, before=before, choices=choices)
    assert rejections(fewer) == [too_few((MARKETING, SALES), 5)]


def test_a_group_that_had_to_grow_beyond_the_choice_is_kept_too():
    people = {MARKETING: 20, SALES: 9, DESIGN: 3}
    first = planned(people, choices=[chosen(SALES), chosen(MARKETING)])
    assert sizes(first) == {(MARKETING,): 20, (SALES, DESIGN): 12}
    later = {MARKETING: 20, SALES: 30, DESIGN: 3}
    before = [group.departments for group in first.groups]
    in_force = [chosen(SALES, in_force=True), chosen(MARKETING, in_force=True)]
    kept = planned(later, before=before, choices=in_force)
    assert sizes(kept) == {(MARKETING,): 20, (SALES, DESIGN): 33}
    new = planned(later, before=before, choices=[chosen(SALES), chosen(MARKETING)])
    assert sizes(new) == {(MARKETING, DESIGN): 23, (SALES,): 30}


def test_a_dissolved_department_leaves_the_choice_and_one_alone_ends_it():
    plan = planned({MARKETING: 20, SALES: 30}, choices=[chosen(MARKETING, SALES, DESIGN)])
    assert sizes(plan) == {(MARKETING, SALES): 50}
    plan = planned({MARKETING: 20, SALES: 30}, choices=[chosen(MARKETING, DESIGN, LEGAL)])
    assert (sizes(plan), plan.accepted) == ({(MARKETING,): 20, (SALES,): 30}, ())
    assert rejections(plan) == [Rejection(RejectionCode.WITHOUT_PEOPLE, (DESIGN, LEGAL))]


def test_counterparts_are_not_chosen_together_if_they_can_be_apart():
    plan = planned(
        {MARKETING: 20, SALES: 30, DESIGN: 9},
        counterparts=[(MARKETING, SALES)],
        choices=[chosen(MARKETING, DESIGN, SALES)],
    )
    assert sizes(plan) == {(MARKETING,): 20, (SALES,): 30, (DESIGN,): 9}
    assert rejections(plan) == [Rejection(RejectionCode.COUNTERPARTS_INSIDE, pairs=((MARKETING, SALES),))]


def test_a_choice_that_forces_other_counterparts_into_a_group_is_rejected():
    plan = planned(
        {MARKETING: 9, SALES: 9, LEGAL: 9, DESIGN: 4},
        counterparts=[(DESIGN, MARKETING), (DESIGN, SALES)],
        choices=[chosen(SALES, LEGAL)],
    )
    assert sizes(plan) == {(MARKETING,): 9, (SALES,): 9, (DESIGN, LEGAL): 13}
    assert rejections(plan) == [Rejection(RejectionCode.COUNTERPARTS_ELSEWHERE, pairs=((MARKETING, DESIGN),))]


def test_where_some_counterparts_must_share_a_group_hr_chooses_which():
    people, counterparts = {MARKETING: 20, SALES: 30, DESIGN: 3}, [(DESIGN, MARKETING), (DESIGN, SALES)]
    assert sizes(planned(people, counterparts=counterparts)) == {(MARKETING, DESIGN): 23, (SALES,): 30}
    plan = planned(people, counterparts=counterparts, choices=[chosen(SALES, DESIGN)])
    assert (sizes(plan), plan.rejected) == ({(MARKETING,): 20, (SALES, DESIGN): 33}, ())


def test_two_choices_cannot_share_a_department():
    with pytest.raises(ValueError, match="in two choices"):
        planned({MARKETING: 20, SALES: 30, DESIGN: 9}, choices=[chosen(MARKETING, SALES), chosen(SALES, DESIGN)])
