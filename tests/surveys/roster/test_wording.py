"""The words about a planned change of the roster: each is written down once, here."""

import pytest

from surveys.roster.change import DepartmentChange, Edit, RosterChange
from surveys.roster.people_file import RosterPerson
from surveys.roster.wording import SectionKind, counts, sections


def person(name, department="Sales", **details):
    known = {"site": "", "language": "en", "time_zone": "", "is_head": False, "on_leave": False}
    return RosterPerson(f"{name.lower()}@x.example", name, department, **known | details)


CHANGE = RosterChange(
    state="",
    departments=DepartmentChange(
        new={"Labs": None, "Field": "Sales"}, moved={"Legal": "Sales"}, renamed={"it": "IT"}, gone=("Design",)
    ),
    new=(person("Ann"), person("Bo"), person("Cy")),
    returning=(Edit(person("Dee"), person("Dee", site="Mill")),),
    moved=(Edit(person("Eve"), person("Eve", "Legal", is_head=True)),),
    changed=(Edit(person("Flo", time_zone="UTC"), person("Flo")),),
    gone=(person("Gus", "Legal"),),
    unchanged=7,
)


def shown(kind):
    (section,) = [section for section in sections(CHANGE, shown=2) if section.kind == kind]
    return section.title, [(entry.name, entry.email, entry.what) for entry in section.entries]


@pytest.mark.parametrize(
    ("kind", "title", "entries"),
    [
        ("new_people", "New people", [("Ann", "ann@x.example", "Sales"), ("Bo", "bo@x.example", "Sales")]),
        ("returning_people", "Returning people", [("Dee", "dee@x.example", "site: (empty) → Mill")]),
        (
            "moved_people",
            "People who move",
            [("Eve", "eve@x.example", "department: Sales → Legal; is_head: no → yes")],
        ),
        ("changed_people", "People who change", [("Flo", "flo@x.example", "time_zone: UTC → (empty)")]),
        ("gone_people", "People who are gone", [("Gus", "gus@x.example", "Legal")]),
        ("new_departments", "New departments", [("Labs", "", "at the top"), ("Field", "", "below Sales")]),
        ("moved_departments", "Departments that move", [("Legal", "", "below Sales")]),
        ("renamed_departments", "Departments with a new spelling", [("it", "", "IT")]),
        ("gone_departments", "Departments that are gone", [("Design", "", "has no people any more")]),
    ],
)
def test_sections(kind, title, entries):
    assert shown(SectionKind(kind)) == (title, entries)


def test_every_kind_has_its_section_in_a_fixed_order():
    assert [section.kind for section in sections(CHANGE, shown=2)] == list(SectionKind)


def test_what_is_not_shown_is_counted():
    (first, *_) = sections(CHANGE, shown=2)
    assert (first.count, first.more) == (3, 1)


def test_counts():
    assert counts(CHANGE) == [
        ("New", 3),
        ("Returning", 1),
        ("Moved", 1),
        ("Changed", 1),
        ("Gone", 1),
        ("Unchanged", 7),
    ]
