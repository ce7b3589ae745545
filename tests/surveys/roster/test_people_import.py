"""Bringing the roster in line with a file: the diff, the writing, and what must not happen."""

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from surveys.models import Department, Employee, Invitation
from surveys.roster.change import DepartmentChange, RosterChange
from surveys.roster.people_file import RosterPerson
from surveys.services import roster
from tests.factories import make_department, make_employee, make_group, make_invitation, make_wave
from tests.surveys.people_files import ANN, BORIS, HEADER, SIX, csv_file, people_csv, read

pytestmark = pytest.mark.django_db


def load(*people, **allowed):
    change = roster.plan(read(people_csv(*people)))
    roster.apply(change, **allowed)
    return change


def names(people):
    return [getattr(person, "after", person).name for person in people]


def working():
    """Who is on the roster, by department."""
    return dict(Employee.objects.filter(active=True).order_by("name").values_list("name", "department__name"))


def tree():
    return dict(Department.objects.order_by("name").values_list("name", "parent__name"))


def test_imports_a_company_with_its_tree():
    change = load(*SIX)
    assert names(change.new) == ["Ann", "Bo", "Cy", "Dee", "Eve", "Flo"]
    assert tree() == {"Commercial": None, "Legal": None, "Marketing": "Commercial", "Sales": "Commercial"}
    assert working() == {
        "Ann": "Sales",
        "Bo": "Sales",
        "Cy": "Marketing",
        "Dee": "Legal",
        "Eve": "Legal",
        "Flo": "Legal",
    }


def test_keeps_every_column():
    roster.apply(roster.plan(read(csv_file(ANN, BORIS))))
    columns = ("email", "name", "site", "language", "time_zone", "is_head", "on_leave", "active")
    assert list(Employee.objects.values_list(*columns)) == [
        ("ann@northwind.example", "Ann Lee", "Old Mill", "en", "Europe/Riga", True, False, True),
        ("boris@northwind.example", "Борис Ёлкин", "", "ru", "", False, True, True),
    ]


def test_tells_each_kind_of_change_apart():
    load(*SIX)
    Employee.objects.filter(name="Flo").update(active=False)
    Employee.objects.filter(name="Bo").update(name="Bob")
    change = roster.plan(
        read(people_csv("Ann Marketing Commercial", "Bo Sales Commercial", "Cy Marketing", "Flo Legal", "Gus Labs"))
    )
    assert change == RosterChange(
        state=change.state,
        departments=DepartmentChange(new={"Labs": None}, moved={}, renamed={}, gone=()),
        new=change.new,
        returning=change.returning,
        moved=change.moved,
        changed=change.changed,
        gone=change.gone,
        unchanged=1,
    )
    kinds = (change.new, change.returning, change.moved, change.changed, change.gone)
    assert list(map(names, kinds)) == [["Gus"], ["Flo"], ["Ann"], ["Bo"], ["Dee", "Eve"]]
    (difference,) = change.changed[0].differences
    assert (difference.field, difference.before, difference.after) == ("name", "Bob", "Bo")


def test_a_second_import_of_the_same_file_writes_nothing():
    load(*SIX, "Gus Labs Legal")
    with CaptureQueriesContext(connection) as queries:
        change = load(*SIX, "Gus Labs Legal")
    assert change.is_empty
    assert change.unchanged == 7
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []


def test_a_second_import_writes_nothing_after_a_department_has_gone():
    load(*SIX, "Gus Labs")
    assert load(*SIX).departments.gone == ("Labs",)
    again = load(*SIX)
    assert again.is_empty
    assert again.departments.gone == ()
    assert tree()["Labs"] is None


def test_who_is_gone_stays_inactive_and_keeps_an_open_invitation():
    load(*SIX)
    employee = Employee.objects.get(name="Ann")
    wave = make_wave()
    invitation = make_invitation(wave, employee, make_group(wave, [employee.department]))
    load(*SIX[1:], "Gus Sales")
    employee.refresh_from_db()
    assert not employee.active
    assert Invitation.objects.get().employee == employee
    assert invitation.id == Invitation.objects.get().id


def test_who_returns_is_active_again_with_the_same_row():
    load(*SIX)
    before = Employee.objects.get(name="Flo").id
    load(*SIX[:5])
    load(*SIX[:5], "Flo Sales")
    assert list(Employee.objects.filter(name="Flo").values_list("id", "active", "department__name")) == [
        (before, True, "Sales")
    ]


def test_departments_move_with_their_people_unmoved():
    load(*SIX)
    change = load("Ann Sales Legal", *SIX[1:])
    assert change.departments.moved == {"Sales": "Legal"}
    assert change.unchanged == 6
    assert tree()["Sales"] == "Legal"


def test_a_file_without_parents_leaves_the_tree_alone():
    load(*SIX)
    before = tree()
    header = HEADER[:3]
    rows = [[f"{name.lower()}@northwind.example", name, department] for name, department in working().items()]
    change = roster.plan(read(csv_file(*rows, ["gus@x.example", "Gus", "Labs"], header=header)))
    roster.apply(change)
    assert change.departments == DepartmentChange(new={"Labs": None}, moved={}, renamed={}, gone=())
    assert tree() == before | {"Labs": None}


def test_columns_that_the_file_lacks_keep_what_is_known():
    roster.apply(roster.plan(read(csv_file(ANN))))
    row = [ANN[0], "Ann Lee-Berg", ANN[2]]
    roster.apply(roster.plan(read(csv_file(row, header=HEADER[:3]))))
    ann = Employee.objects.get()
    assert (ann.name, ann.site, ann.time_zone, ann.is_head) == ("Ann Lee-Berg", "Old Mill", "Europe/Riga", True)


def test_only_another_case_of_letters_renames_the_department():
    load(*SIX)
    department = Department.objects.get(name="Sales").id
    change = load("Ann SALES Commercial", "Bo SALES", *SIX[2:])
    assert change.departments.renamed == {"Sales": "SALES"}
    assert change.unchanged == 6
    assert Department.objects.get(name="SALES").id == department


def test_departments_can_swap_places():
    load("Ann A", "Bo B A", "Cy C B")
    load("Ann A B", "Bo B C", "Cy C")
    assert tree() == {"A": "B", "B": "C", "C": None}


def test_nothing_is_written_when_the_roster_changed_after_the_plan():
    load(*SIX)
    change = roster.plan(read(people_csv(*SIX, "Gus Labs")))
    Employee.objects.filter(name="Ann").update(on_leave=True)
    with pytest.raises(roster.RosterChangedError):
        roster.apply(change)
    assert "Gus" not in working()


def test_half_a_file_does_not_empty_the_company():
    load(*SIX)
    change = roster.plan(read(people_csv(*SIX[:3])))
    with pytest.raises(roster.TooManyGoneError):
        roster.apply(change)
    assert len(working()) == 6
    roster.apply(change, allow_gone=True)
    assert list(working()) == ["Ann", "Bo", "Cy"]


def test_a_third_may_go_unasked():
    load(*SIX)
    assert len(load(*SIX[:4]).gone) == 2


def test_an_error_half_way_leaves_everything_as_it_was(monkeypatch):
    load(*SIX)
    before = (working(), tree())
    change = roster.plan(read(people_csv(*SIX[:5], "Gus Labs")))
    # Somebody with a language that the database refuses, as the very last thing written.
    spoiled = RosterPerson("zoe@x.example", "Zoe", "Labs", "", "xx", "", is_head=False, on_leave=False, employee_id="")
    monkeypatch.setattr(type(change), "written", lambda _change: iter([*change.new, spoiled]))
    with pytest.raises(IntegrityError, match="employee_language_known"):
        load(*SIX[:5], "Gus Labs")
    assert (working(), tree()) == before


def test_more_people_than_one_batch(monkeypatch):
    monkeypatch.setattr(roster, "BATCH_SIZE", 2)
    load(*SIX)
    file = read(people_csv(*(person.replace("Legal", "Labs") for person in SIX[1:]), "Gus Labs"))
    roster.apply(roster.plan(file, {"renamed": False}))
    assert working() == {"Bo": "Sales", "Cy": "Marketing", "Dee": "Labs", "Eve": "Labs", "Flo": "Labs", "Gus": "Labs"}


def test_an_employee_without_a_file_is_left_to_the_roster():
    """Negative control of the guard: what a plan compares with is the database, not the last file."""
    make_employee("Zoe", make_department("Labs"))
    change = roster.plan(read(people_csv("Ann Sales")))
    assert names(change.gone) == ["Zoe"]
    assert change.loses_too_many
