"""Which departments a respondent is asked about."""

import pytest

from surveys.models import Collaboration
from surveys.selectors.answering import counterpart_choices, invitation_for
from tests.factories import make_department, make_employee, make_group, make_invitation, make_wave, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    commercial = make_department("Commercial")
    names = ("Design", "Events", "Marketing", "Press", "Sales")
    departments = {name: make_department(name, commercial) for name in names}
    departments["Finance"] = make_department("Finance")
    for name, department in departments.items():
        make_employee(f"one.{name}", department)
    return departments


def choices(department):
    return counterpart_choices(make_invitation(employee=make_employee(department=department)))


def named(departments, ids):
    by_id = {department.id: name for name, department in departments.items()}
    return [by_id[id_] for id_ in ids]


def test_all_departments_with_people_but_ones_own_can_be_chosen(company):
    make_employee("left", make_department("Archive"), active=False)
    found = choices(company["Sales"])
    assert [name for _, name in found.departments] == ["Design", "Events", "Finance", "Marketing", "Press"]


def test_mapped_are_those_one_works_with_by_rank_and_no_more_than_three(company):
    for rank, name in enumerate(["Finance", "Press", "Events", "Design"], start=1):
        Collaboration.objects.create(department=company["Sales"], counterpart=company[name], rank=rank)
    Collaboration.objects.create(department=company["Marketing"], counterpart=company["Sales"], rank=1)
    assert named(company, choices(company["Sales"]).suggested) == ["Finance", "Press", "Events"]


def test_without_a_map_those_under_the_same_parent_are_suggested(company):
    assert named(company, choices(company["Sales"]).suggested) == ["Design", "Events", "Marketing"]


def test_who_works_with_one_department_is_asked_about_that_one_only(company):
    Collaboration.objects.create(department=company["Sales"], counterpart=company["Finance"])
    assert named(company, choices(company["Sales"]).suggested) == ["Finance"]


def test_an_invitation_is_found_by_its_own_token_only():
    wave = make_wave()
    group = make_group(wave, [make_department()])
    first, second = (make_invitation(wave, make_employee(name), group) for name in ("ada", "bob"))
    assert (invitation_for(token_of(first)), invitation_for(token_of(second))) == (first, second)
    assert invitation_for(first.id.hex) is None
