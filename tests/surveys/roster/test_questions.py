"""What a file leaves open is asked, and the answers are what is written."""

import pytest

from surveys.models import Collaboration, Department, Employee
from surveys.roster.questions import Question, QuestionKind
from surveys.selectors.people import visible_departments
from surveys.services import roster
from tests.factories import make_survey
from tests.staff import make_staff
from tests.surveys.people_files import HEADER, csv_file, people_csv, read

pytestmark = pytest.mark.django_db
BEFORE = ("Ann Sales Commercial", "Bo Sales", "Cy Marketing Commercial", "Dee Legal", "Eve Legal", "Flo Legal")
AFTER = ("Ann Selling Commercial", "Bo Selling", "Cy Marketing Commercial", "Dee Legal", "Eve Legal", "Flo Legal")
RENAMED, ADDRESS, PERSON, DEPARTMENT = QuestionKind


def load(*people, **answers):
    """`answers` are by kind, True for the same."""
    change = roster.plan(read(people_csv(*people)), answers)
    roster.apply(change, allow_gone=True)
    return change


def asked(data, **answers):
    return [(q.kind, q.before, q.after, q.people) for q in roster.plan(read(data), answers).questions]


def table(*rows):
    return csv_file(*rows, header=HEADER[:3])


def test_a_renamed_department_is_asked_and_keeps_everything():
    load(*BEFORE)
    sales, legal = Department.objects.get(name="Sales"), Department.objects.get(name="Legal")
    survey = make_survey()
    survey.audience.set([sales])
    leader = make_staff("leader")
    leader.departments.set([sales])
    Collaboration.objects.create(department=legal, counterpart=sales)
    assert asked(people_csv(*AFTER)) == [(RENAMED, "Sales", "Selling", 2)]
    change = load(*AFTER, renamed=True)
    assert (change.moved, change.gone, change.unchanged) == ((), (), 6)
    sales.refresh_from_db()
    assert (sales.name, sales.parent.name) == ("Selling", "Commercial")
    assert list(survey.audience.all()) == [sales]
    assert visible_departments(leader) == {sales.id}
    assert legal.counterparts.get() == sales
    assert set(sales.employees.values_list("name", flat=True)) == {"Ann", "Bo"}


def test_without_an_answer_nothing_is_written():
    load(*BEFORE)
    change = roster.plan(read(people_csv(*AFTER)))
    assert [q.before for q in change.open_questions] == ["Sales"]
    with pytest.raises(roster.OpenQuestionsError):
        roster.apply(change)
    assert not Department.objects.filter(name="Selling").exists()


def test_another_department_gets_the_people_and_the_old_one_is_gone():
    load(*BEFORE)
    change = load(*AFTER, renamed=False)
    assert (change.departments.new, change.departments.gone) == ({"Selling": "Commercial"}, ("Sales",))
    assert [edit.after.name for edit in change.moved] == ["Ann", "Bo"]


def test_a_renamed_division_is_known_by_what_is_below_it():
    load(*BEFORE)
    after = [row.replace("Commercial", "Business") for row in BEFORE]
    assert asked(people_csv(*after)) == [(RENAMED, "Commercial", "Business", 2)]
    load(*after, renamed=True)
    assert dict(Department.objects.values_list("name", "parent__name")) == {
        "Business": None,
        "Legal": None,
        "Marketing": "Business",
        "Sales": "Business",
    }


@pytest.mark.parametrize(
    "after",
    [
        ("Ann Legal", *BEFORE[1:]),
        ("Ann Selling", "Bo Legal", "Cy Legal", "Dee Legal", "Eve Selling", "Flo Selling"),
        (*BEFORE, "Gus Labs"),
    ],
    ids=["one moves", "mixed anew", "one is new"],
)
def test_who_moves_between_departments_asks_nothing(after):
    load(*BEFORE)
    assert asked(people_csv(*after)) == []


def test_a_corrected_address_is_asked_and_keeps_the_person():
    load(*BEFORE)
    ann = Employee.objects.get(name="Ann").pk
    rows = [[f"{name.lower()}@northwind.example", name, "Legal"] for name in ("Bo", "Cy", "Dee", "Eve", "Flo")]
    data = table(["ann@new.example", "Ann", "Legal"], *rows)
    assert asked(data) == [(ADDRESS, "ann@northwind.example", "ann@new.example", 0)]
    roster.apply(roster.plan(read(data), {"address": True}))
    assert Employee.objects.get(email="ann@new.example").pk == ann
    assert not Employee.objects.filter(email="ann@northwind.example").exists()


def test_two_people_may_swap_their_addresses():
    load("Ann Sales", "Bo Sales")
    ids = dict(Employee.objects.values_list("name", "id"))
    swapped = [["bo@northwind.example", "Ann", "Sales"], ["ann@northwind.example", "Bo", "Sales"]]
    roster.apply(roster.plan(read(table(*swapped))))
    assert dict(Employee.objects.values_list("name", "email"))["Ann"] == "bo@northwind.example"
    assert set(ids.values()) == set(Employee.objects.values_list("id", flat=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["ann@x.example", "Ann", "Sales"], ["ann+1@x.example", "A. Lee", "Legal"]),
        (["ann@x.example", "Ann", "Sales"], ["аnn@x.example.com", "Ann", "Sales"]),
        (["ann@x.example", "Ann Lee", "Sales"], ["a.lee@x.example", "ANN LEE", "Sales"]),
        (["ann@x.example", "Ann Lee", "Sales"], ["ann@y.example", "Ann Lee", "Legal"]),
    ],
    ids=["tag", "look", "name and department", "another domain"],
)
def test_a_likely_double_is_asked_until_both_are_known(one, other):
    other = [other[0].replace("а", "a"), *other[1:]]
    data = table(one, other)
    assert asked(data) == [(PERSON, one[0], other[0], 0)]
    refused = roster.plan(read(data), {"person": True})
    assert len(refused.open_questions) == 1
    roster.apply(roster.plan(read(data), {"person": False}))
    assert Employee.objects.count() == 2
    assert asked(data) == []


def test_departments_that_look_alike_are_asked_until_both_are_known():
    data = table(["a@x.example", "Ann", "Sales"], ["b@x.example", "Bo", "Sаles"])
    assert asked(data) == [(DEPARTMENT, "Sales", "Sаles", 0)]
    roster.apply(roster.plan(read(data), {"department": False}))
    assert asked(data) == []


def test_invisible_letters_split_no_department_and_no_mailbox():
    data = table(
        ["a@x.example", "Ann", "Sales"],
        ["b@x.example", "Bo", "Sales\u200e"],
        ["c@x.example", "Cy", "\u202aSales\u202c"],
        ["d@x.example", "Dee", "Sa\u00adles"],
    )
    assert read(data).parents == {"Sales": None}
    assert asked(data) == []


def test_a_question_has_the_same_key_each_time():
    assert Question(RENAMED, "A", "B", 3).key == Question(RENAMED, "A", "B", 4).key
    assert Question(RENAMED, "A", "B").key != Question(DEPARTMENT, "A", "B").key
