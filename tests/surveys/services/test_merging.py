"""Merging at closing: a group of fewer than five answers goes into the smallest beside it, else further up."""

import pytest

from surveys.ballot.sealing import Rating
from surveys.grouping.reasons import GroupReason, GroupReasonCode
from surveys.models import Collaboration, CounterpartRating, ReportingGroup, Response
from surveys.roster.tree import group_key
from surveys.selectors.groups import planned_groups
from surveys.services import scheduling
from tests.company import cast, close, invitations, make_people, make_survey, open_next

pytestmark = pytest.mark.django_db(transaction=True)

COMPANY = {
    "Commercial": (None, 0),
    "Marketing": ("Commercial", 10),
    "Sales": ("Commercial", 20),
    "Design": ("Commercial", 12),
    "Operations": (None, 0),
    "Plant": ("Operations", 12),
    "Legal": (None, 9),
}


def counted(tmp_path, answers, *, company=COMPANY, ratings=()):
    """A wave in which so many of each department have answered, counted; and the departments."""
    departments = make_people(company)
    wave = open_next(make_survey(), tmp_path)
    for name, count in answers.items():
        for invitation in invitations(wave, name, count):
            about = [Rating(departments[rated].id, b"\0\1\1\1") for rater, rated in ratings if rater == name]
            cast(invitation, ratings=about)
    return close(wave, tmp_path), departments


def responses(wave):
    found = {}
    for name in Response.objects.filter(wave=wave).values_list("group__name", flat=True):
        found[name] = found.get(name, 0) + 1
    return found


@pytest.mark.parametrize("few", [1, 2, 3, 4])
def test_a_group_of_one_to_four_answers_goes_into_its_smallest_sibling(tmp_path, few):
    """Smallest by answers, not by people; nothing is stored of the group itself."""
    wave, departments = counted(tmp_path, {"Marketing": few, "Sales": 6, "Design": 7, "Plant": 8, "Legal": 9})
    assert responses(wave) == {"Marketing, Sales": 6 + few, "Design": 7, "Plant": 8, "Legal": 9}
    merged = wave.groups.get(name="Marketing, Sales")
    both = [departments["Marketing"].id, departments["Sales"].id]
    assert (merged.key, merged.departments, merged.parent) == (group_key(both), sorted(both), departments["Commercial"])
    assert not Response.objects.filter(group__name="Marketing").exists()


def test_five_answers_are_enough_for_a_group(tmp_path):
    wave, _ = counted(tmp_path, {"Marketing": 5, "Sales": 6, "Design": 7, "Plant": 8, "Legal": 9})
    assert responses(wave) == {"Marketing": 5, "Sales": 6, "Design": 7, "Plant": 8, "Legal": 9}
    assert not wave.groups.exclude(merged_into=None).exists()


def test_without_a_sibling_it_goes_to_its_parents_level(tmp_path):
    wave, _ = counted(tmp_path, {"Marketing": 6, "Sales": 6, "Design": 7, "Plant": 2, "Legal": 9})
    assert responses(wave) == {"Marketing": 6, "Sales": 6, "Design": 7, "Legal, Plant": 11}
    merged = wave.groups.get(name="Legal, Plant")
    assert (merged.parent, merged.division) == (None, None)


def test_its_parents_own_people_are_nearest(tmp_path):
    company = COMPANY | {"Operations": (None, 20)}
    wave, departments = counted(tmp_path, {"Plant": 2, "Operations": 9, "Legal": 6}, company=company)
    assert responses(wave)["Operations, Plant"] == 11
    assert wave.groups.get(name="Operations, Plant").parent == departments["Operations"]


def test_where_all_groups_are_too_small_the_company_is_one(tmp_path):
    wave, _ = counted(tmp_path, {"Marketing": 1, "Sales": 1, "Design": 1, "Plant": 1, "Legal": 1})
    assert responses(wave) == {"Design, Legal, Marketing, Plant, Sales": 5}
    whole = wave.groups.get(merged_into=None)
    assert (whole.people, whole.parent) == (63, None)


def test_with_four_answers_in_all_nothing_is_stored_and_no_group_made(tmp_path):
    wave, _ = counted(tmp_path, {"Marketing": 1, "Sales": 1, "Design": 1, "Plant": 1}, ratings=[("Sales", "Legal")])
    assert (responses(wave), CounterpartRating.objects.count()) == ({}, 0)
    assert sorted(wave.groups.values_list("name", flat=True)) == ["Design", "Legal", "Marketing", "Plant", "Sales"]


def test_a_single_rater_of_a_counterpart_is_stored_nowhere(tmp_path):
    answers = {"Marketing": 1, "Sales": 6, "Design": 7, "Plant": 8, "Legal": 9}
    _, departments = counted(tmp_path, answers, ratings=[("Marketing", "Plant"), ("Design", "Plant")])
    kept = CounterpartRating.objects.values_list("group__name", "division__name", "counterpart")
    assert set(kept) == {("Design", None, departments["Plant"].id)}
    assert len(kept) == 7


def test_the_next_wave_starts_from_the_opened_groups_not_the_merged(tmp_path):
    company = {"A": (None, 4), "B": (None, 9), "C": (None, 20)}
    wave, _ = counted(tmp_path, {"A": 1, "B": 2, "C": 9}, company=company)
    assert responses(wave) == {"A, B, C": 12}
    scheduling.plan_next(survey=wave.survey)
    planned = planned_groups(wave.survey.waves.get(state="planned"))
    assert [(group.names, group.reasons) for group in planned.groups] == [
        (("A", "B"), (GroupReason(GroupReasonCode.KEPT),)),
        (("C",), ()),
    ]


def test_merging_goes_before_keeping_counterparts_apart(tmp_path):
    """Once the answers are in, a minimum group size that is not met leaves no choice of another kind."""
    departments = make_people({"A": (None, 9), "B": (None, 12), "C": (None, 20)})
    Collaboration.objects.create(department=departments["A"], counterpart=departments["B"])
    wave = open_next(make_survey(), tmp_path)
    for name, count in {"A": 2, "B": 5, "C": 9}.items():
        for invitation in invitations(wave, name, count):
            cast(invitation)
    assert responses(close(wave, tmp_path)) == {"A, B": 7, "C": 9}
    assert ReportingGroup.objects.get(name="A").merged_into.name == "A, B"
