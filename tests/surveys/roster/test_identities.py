"""Ids of the file say which person or department it is; addresses and names may then change."""

import pytest

from surveys.files.codes import FileProblemCode as Code
from surveys.models import Department, Employee
from surveys.roster.people_file import UnusableFileError
from surveys.services import roster
from tests.surveys.people_files import csv_file, problems, read

pytestmark = pytest.mark.django_db
HEADER = ["email", "name", "department", "department_id", "employee_id"]
BEFORE = [["ann@x.example", "Ann", "Sales", "D1", "E1"], ["bo@x.example", "Bo", "Legal", "D2", "E2"]]


def plan(*rows):
    return roster.plan(read(csv_file(*rows, header=HEADER)))


def load(*rows):
    change = plan(*rows)
    roster.apply(change, allow_gone=True)
    return change


def stored():
    people = Employee.objects.filter(active=True).order_by("id")
    return list(people.values_list("id", "email", "employee_id", "department__name", "department__stable_id"))


def test_ids_are_stored_and_a_second_import_writes_nothing():
    load(*BEFORE)
    assert [row[1:] for row in stored()] == [
        ("ann@x.example", "E1", "Sales", "D1"),
        ("bo@x.example", "E2", "Legal", "D2"),
    ]
    assert load(*BEFORE).is_empty


def test_a_person_keeps_the_row_and_a_department_too_without_a_question():
    load(*BEFORE)
    before, departments = stored(), dict(Department.objects.values_list("stable_id", "id"))
    change = load(["ann.berg@y.example", "Ann Berg", "Vendors", "D1", "E1"], BEFORE[1])
    assert (change.questions, change.gone, change.new) == ((), (), ())
    assert [row[0] for row in stored()] == [row[0] for row in before]
    assert stored()[0][1:4] == ("ann.berg@y.example", "E1", "Vendors")
    assert dict(Department.objects.values_list("stable_id", "id")) == departments


def test_two_departments_may_swap_their_names():
    load(*BEFORE)
    ids = dict(Department.objects.values_list("stable_id", "id"))
    load(["ann@x.example", "Ann", "Legal", "D1", "E1"], ["bo@x.example", "Bo", "Sales", "D2", "E2"])
    assert dict(Department.objects.values_list("stable_id", "name")) == {"D1": "Legal", "D2": "Sales"}
    assert dict(Department.objects.values_list("stable_id", "id")) == ids


def test_two_people_may_swap_their_addresses():
    load(*BEFORE)
    ids = [row[0] for row in stored()]
    load(["bo@x.example", "Ann", "Sales", "D1", "E1"], ["ann@x.example", "Bo", "Legal", "D2", "E2"])
    assert [row[:3] for row in stored()] == [(ids[0], "bo@x.example", "E1"), (ids[1], "ann@x.example", "E2")]


def test_an_address_of_somebody_else_is_refused():
    load(*BEFORE)
    with pytest.raises(UnusableFileError) as raised:
        plan(["bo@x.example", "Ann", "Sales", "D1", "E1"])
    assert [(problem.column, problem.value, problem.code) for problem in raised.value.problems] == [
        ("employee_id", "bo@x.example", Code.ID_OF_ANOTHER_PERSON)
    ]


def test_two_ids_are_two_people_of_one_name():
    load(*BEFORE)
    assert plan(["ann@new.example", "Ann", "Sales", "D1", "E9"], BEFORE[1]).questions == ()


def test_an_id_goes_to_somebody_else():
    load(*BEFORE)
    load(["ann@x.example", "Ann", "Sales", "D1", ""], ["cy@x.example", "Cy", "Legal", "D2", "E3"], BEFORE[1])
    load(["ann@x.example", "Ann", "Sales", "D1", "E4"], ["cy@x.example", "Cy", "Legal", "D2", "E3"], BEFORE[1])
    assert [row[2] for row in stored()] == ["E4", "E2", "E3"]


def test_an_id_is_one_persons_and_one_departments():
    doubled = [["ann@x.example", "Ann", "Sales", "D1", "E1"], ["bo@x.example", "Bo", "Legal", "D1", "E1"]]
    assert problems(csv_file(*doubled, header=HEADER)) == {(3, "employee_id", "E1"): Code.ID_TWICE}
    doubled[1][4] = "E2"
    assert problems(csv_file(*doubled, header=HEADER)) == {(3, "department_id", "D1"): Code.DEPARTMENT_ID_TWICE}
