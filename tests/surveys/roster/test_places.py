"""Departments of one title are known by their path, in the file and from one import to the next."""

import pytest

from surveys.files.codes import FileProblemCode as Code
from surveys.models import Department, Employee
from surveys.roster.people_file import UnusableFileError
from surveys.services import roster
from tests.surveys.people_files import HEADER, csv_file, people_csv, problems, read

pytestmark = pytest.mark.django_db
TWO = ("Ann Support Berlin", "Bo Support Riga", "Cy Sales Berlin", "Dee Sales Berlin")


def load(*people, **answers):
    change = roster.plan(read(people_csv(*people)), answers)
    roster.apply(change, allow_gone=True)
    return change


def working():
    return dict(Employee.objects.filter(active=True).order_by("name").values_list("name", "department__name"))


def titled():
    return dict(Department.objects.exclude(title="").order_by("name").values_list("name", "title"))


def test_one_title_below_two_parents_is_two_departments():
    load(*TWO)
    assert working() == {"Ann": "Support (Berlin)", "Bo": "Support (Riga)", "Cy": "Sales", "Dee": "Sales"}
    assert titled() == {"Support (Berlin)": "Support", "Support (Riga)": "Support"}
    assert load(*TWO).is_empty


def test_a_second_one_gives_the_first_its_place_and_keeps_its_row():
    load("Ann Support Berlin", "Cy Sales Berlin", "Dee Sales Berlin")
    first = Department.objects.get(name="Support").pk
    change = load(*TWO)
    assert (change.departments.renamed, change.unchanged) == ({"Support": "Support (Berlin)"}, 3)
    assert Department.objects.get(name="Support (Berlin)").pk == first
    assert change.questions == ()


def test_where_one_is_left_it_keeps_the_name_that_it_has():
    load(*TWO)
    change = load(*TWO[1:])
    assert change.departments.renamed == {}
    assert working()["Bo"] == "Support (Riga)"
    assert load(*TWO).departments.new == {}
    assert working()["Ann"] == "Support (Berlin)"


def test_people_move_between_departments_of_one_title():
    load(*TWO)
    change = load("Ann Support Riga", *TWO[1:], "Eve Support Berlin")
    assert [edit.after.name for edit in change.moved] == ["Ann"]
    assert working()["Ann"] == "Support (Riga)"


def test_a_path_names_what_one_parent_does_not():
    rows = [
        ["a@x.example", "Ann", "Night", "Berlin > Support"],
        ["b@x.example", "Bo", "Night", "Riga > Support"],
        ["c@x.example", "Cy", "Support", "Riga"],
    ]
    file = read(csv_file(*rows, header=HEADER[:4]))
    assert file.parents == {
        "Berlin": None,
        "Riga": None,
        "Support (Berlin)": "Berlin",
        "Support (Riga)": "Riga",
        "Night (Support, Berlin)": "Support (Berlin)",
        "Night (Support, Riga)": "Support (Riga)",
    }
    assert [person.department for person in file.people] == [
        "Night (Support, Berlin)",
        "Night (Support, Riga)",
        "Support (Riga)",
    ]


def test_a_row_that_may_mean_either_is_refused():
    unclear = people_csv(*TWO, "Eve Support", "Flo Night Support")
    places = [(6, "department", "Support"), (7, "parent_department", "Support")]
    assert problems(unclear) == dict.fromkeys(places, Code.PARENT_UNCLEAR)


def test_a_file_without_parents_names_them_as_pages_do():
    load(*TWO)
    header = HEADER[:3]
    with pytest.raises(UnusableFileError) as raised:
        roster.plan(read(csv_file(["ann@northwind.example", "Ann", "Support"], header=header)))
    assert [problem.code for problem in raised.value.problems] == [Code.PARENT_NEEDED]
    named = csv_file(["ann@northwind.example", "Ann", "Support (Riga)"], header=header)
    assert [edit.after.department for edit in roster.plan(read(named)).moved] == ["Support (Riga)"]


def test_names_that_change_places_are_written_in_two_steps():
    load("Ann Sales Berlin", "Bo Sales Berlin", "Cy Legal Riga", "Dee Legal Riga")
    ids = dict(Department.objects.values_list("name", "id"))
    change = roster.plan(read(people_csv("Ann SALES Berlin", "Bo SALES Berlin", "Cy LEGAL Riga", "Dee LEGAL Riga")))
    roster.apply(change)
    assert dict(Department.objects.values_list("name", "id")) == {
        "Berlin": ids["Berlin"],
        "Riga": ids["Riga"],
        "SALES": ids["Sales"],
        "LEGAL": ids["Legal"],
    }
