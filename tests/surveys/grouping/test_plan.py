"""Who is counted together: HR's choices first, then last wave's groups, then the rules."""

import pytest

from surveys.grouping.plan import Choice, Roster, Rules, plan
from surveys.grouping.wording import reasons, why_fallen, why_parted

RULES = Rules(pool_below=8, keep_above=6)
# 1 Commercial: 2 Marketing, 3 Sales, 4 Design; 5 Operations: 6 Plant, 7 Depot; 8 Legal
NAMED = ("Commercial", "Marketing", "Sales", "Design", "Operations", "Plant", "Depot", "Legal")
NAMES = dict(enumerate(NAMED, start=1))
PARENTS = {1: None, 2: 1, 3: 1, 4: 1, 5: None, 6: 5, 7: 5, 8: None}


def roster(people, apart=()):
    return Roster(people, {one: PARENTS[one] for one in people}, PARENTS, {frozenset(pair) for pair in apart})


def planned(people, *, apart=(), before=(), choices=()):
    return plan(roster(people, apart), RULES, before=[frozenset(one) for one in before], choices=choices)


def chosen(*departments, opened=False):
    return Choice(frozenset(departments), opened)


def sizes(result):
    return {tuple(sorted(group.departments)): group.size for group in result.groups}


def said(result, department):
    return reasons(result.group_of(department), NAMES)


def fallen(result):
    return [why_fallen(one, NAMES, RULES) for one in result.fallen]


def test_the_rules_alone_say_why_each_small_department_is_pooled():
    result = planned({2: 20, 3: 30, 4: 1, 8: 9})
    assert sizes(result) == {(2, 4): 21, (3,): 30, (8,): 9}
    assert said(result, 4) == [
        "Design has 1 person, fewer than 8: counted together with Marketing, the smallest beside it."
    ]
    assert said(result, 3) == []


def test_every_step_of_a_larger_pool_is_told():
    assert said(planned({2: 3, 3: 4, 4: 3, 6: 20}), 2) == [
        "Marketing has 3 people, fewer than 8: counted together with Design, the smallest beside it.",
        "Sales has 4 people, fewer than 8: counted together with Design and Marketing, the smallest beside it.",
    ]


def test_how_far_away_the_other_department_is_is_told():
    assert said(planned({6: 3, 2: 20, 3: 25}), 6) == [
        "Plant has 3 people, fewer than 8: counted together with Marketing, the smallest in the company."
    ]


def test_counterparts_that_are_kept_apart_are_told():
    assert said(planned({2: 20, 3: 30, 4: 3}, apart=[(4, 2)]), 4) == [
        "Design has 3 people, fewer than 8: counted together with Sales, the smallest beside it.",
        "Design is kept apart from Marketing, because one rates the other.",
    ]


def test_counterparts_that_had_to_be_pooled_are_told():
    assert said(planned({2: 20, 4: 3}, apart=[(4, 2)]), 4) == [
        "Design has 3 people, fewer than 8: counted together with Marketing, the smallest beside it.",
        "Design and Marketing are together although one rates the other: no other choice was left.",
    ]


def test_last_waves_groups_are_kept_until_they_fall_under_six():
    people = {2: 4, 3: 2, 4: 20, 8: 7}
    result = planned(people, before=[(2, 3), (4,), (8,)])
    assert sizes(result) == {(2, 3): 6, (4,): 20, (8,): 7}
    assert (said(result, 2), said(result, 8)) == (
        ["Kept from the last wave."],
        ["Counted by itself, as in the last wave."],
    )
    assert sizes(planned(people | {2: 3}, before=[(2, 3), (4,), (8,)])) == {(2, 3, 4): 25, (8,): 7}


def test_a_kept_group_that_a_new_small_department_joins_tells_both():
    assert said(planned({2: 5, 3: 5, 4: 3, 6: 20}, before=[(2, 3), (6,)]), 2) == [
        "Marketing and Sales: kept from the last wave.",
        "Design has 3 people, fewer than 8: counted together with Marketing and Sales, the smallest beside it.",
    ]


def test_last_waves_group_is_parted_when_its_departments_have_become_counterparts():
    people = {2: 20, 3: 30, 4: 3}
    result = planned(people, before=[(2, 4), (3,)], apart=[(2, 4)])
    assert sizes(result) == {(2,): 20, (3, 4): 33}
    (group,) = result.parted
    assert why_parted(group, NAMES) == (
        "Design and Marketing were counted together in the last wave, but are not any more, "
        "because one rates the other."
    )


def test_it_is_not_parted_when_they_would_have_to_be_together_again():
    result = planned({2: 7, 4: 3}, before=[(2, 4)], apart=[(2, 4)])
    assert (sizes(result), result.parted) == ({(2, 4): 10}, ())


def test_a_small_department_joins_whom_hr_chose():
    result = planned({2: 20, 3: 30, 4: 3}, choices=[chosen(3, 4)])
    assert (sizes(result), said(result, 4)) == ({(2,): 20, (3, 4): 33}, ["Chosen by HR."])


def test_hr_pools_two_large_departments():
    assert sizes(planned({2: 20, 3: 30, 4: 9}, choices=[chosen(2, 3)])) == {(2, 3): 50, (4,): 9}


def test_hr_parts_a_kept_group_whose_departments_have_grown():
    assert sizes(planned({2: 20, 8: 9}, before=[(2, 8)], choices=[chosen(8)])) == {(2,): 20, (8,): 9}


def test_a_choice_without_people_enough_falls_and_says_how_many_are_needed():
    result = planned({2: 3, 3: 4, 4: 20}, choices=[chosen(2, 3), chosen(4)])
    assert sizes(result) == {(2, 3, 4): 27}
    assert fallen(result) == ["Marketing and Sales together have 7 people; a group needs at least 8."]
    assert fallen(planned({2: 3, 4: 20}, choices=[chosen(2)])) == ["Marketing has 3 people; a group needs at least 8."]


def test_a_choice_that_was_in_force_lives_on_down_to_six():
    people = {2: 3, 3: 3, 4: 20}
    assert sizes(planned(people, before=[(2, 3), (4,)], choices=[chosen(2, 3, opened=True)])) == {(2, 3): 6, (4,): 20}
    assert fallen(planned(people | {3: 2}, before=[(2, 3), (4,)], choices=[chosen(2, 3, opened=True)])) == [
        "Marketing and Sales together have 5 people; a group needs at least 8."
    ]


def test_a_group_that_had_to_grow_beyond_the_choice_is_kept_too():
    people = {2: 20, 3: 9, 4: 3}
    first = planned(people, choices=[chosen(3), chosen(2)])
    assert sizes(first) == {(2,): 20, (3, 4): 12}
    later = {2: 20, 3: 30, 4: 3}
    before = [group.departments for group in first.groups]
    in_force = [chosen(3, opened=True), chosen(2, opened=True)]
    assert sizes(planned(later, before=before, choices=in_force)) == {(2,): 20, (3, 4): 33}
    assert sizes(planned(later, before=before, choices=[chosen(3), chosen(2)])) == {(2, 4): 23, (3,): 30}


def test_a_dissolved_department_leaves_the_choice_and_one_alone_ends_it():
    assert sizes(planned({2: 20, 3: 30}, choices=[chosen(2, 3, 4)])) == {(2, 3): 50}
    result = planned({2: 20, 3: 30}, choices=[chosen(2, 4, 8)])
    assert (sizes(result), result.held) == ({(2,): 20, (3,): 30}, ())
    assert fallen(result) == ["Design and Legal have nobody to ask any more."]


def test_counterparts_are_not_chosen_together_while_they_can_be_kept_apart():
    result = planned({2: 20, 3: 30, 4: 9}, apart=[(2, 3)], choices=[chosen(2, 4, 3)])
    assert sizes(result) == {(2,): 20, (3,): 30, (4,): 9}
    assert fallen(result) == ["One of Marketing and Sales rates the other, and they can be kept apart."]


def test_a_choice_must_not_force_others_together_either():
    result = planned({2: 9, 3: 9, 8: 9, 4: 4}, apart=[(4, 2), (4, 3)], choices=[chosen(3, 8)])
    assert sizes(result) == {(2,): 9, (3,): 9, (4, 8): 13}
    assert fallen(result) == [
        "With this choice Design and Marketing would have to be together, though one rates the other."
    ]


def test_where_some_counterparts_must_be_together_hr_chooses_which():
    apart = [(4, 2), (4, 3)]
    assert sizes(planned({2: 20, 3: 30, 4: 3}, apart=apart)) == {(2, 4): 23, (3,): 30}
    result = planned({2: 20, 3: 30, 4: 3}, apart=apart, choices=[chosen(3, 4)])
    assert (sizes(result), result.fallen) == ({(2,): 20, (3, 4): 33}, ())


def test_two_choices_cannot_share_a_department():
    with pytest.raises(ValueError, match="in two choices"):
        planned({2: 20, 3: 30, 4: 9}, choices=[chosen(2, 3), chosen(3, 4)])
