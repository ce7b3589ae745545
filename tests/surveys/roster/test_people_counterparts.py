"""Who works with whom: the file. And the departments that it names, as a tree."""

import pytest
from django.core.management import CommandError, call_command

from surveys.files.codes import FileProblemCode as Code
from surveys.models import Collaboration
from surveys.selectors.people import DepartmentNode, peopled_departments
from tests.factories import make_department, make_employee
from tests.surveys.files.workbooks import xlsx, xml_rows
from tests.surveys.people_files import csv_file, xlsx_file

pytestmark = pytest.mark.django_db
HEADER = ["department", "counterpart"]


@pytest.fixture
def company():
    """Design, Marketing and Sales below Commercial, Legal at the top; Ghost, below Commercial too, has nobody."""
    commercial = make_department("Commercial")
    departments = {name: make_department(name, commercial) for name in ("Design", "Ghost", "Marketing", "Sales")}
    departments |= {"Commercial": commercial, "Legal": make_department("Legal")}
    for name in ("Design", "Marketing", "Sales", "Legal"):
        make_employee(f"{name}.1", departments[name])
    make_employee("Legal.2", departments["Legal"], on_leave=True)
    make_employee("Ghost.1", departments["Ghost"], active=False)
    return departments


@pytest.fixture
def load(tmp_path):
    def load(*rows, make=csv_file, **options):
        path = tmp_path / "counterparts"
        path.write_bytes(make(*rows, header=HEADER))
        call_command("import_counterparts", path, **options)

    return load


def problems(raised):
    """Of the file's error that a command's is from."""
    return [(problem.row, problem.column, problem.value, problem.code) for problem in raised.value.__cause__.problems]


def mapped():
    rows = Collaboration.objects.order_by("department__name", "rank")
    return list(rows.values_list("department__name", "counterpart__name", "rank"))


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_the_order_of_rows_is_the_rank(company, load, make):
    load(["Sales", "Marketing"], ["Legal", "Sales"], ["sales", "Legal"], make=make)
    assert mapped() == [("Legal", "Sales", 1), ("Sales", "Marketing", 1), ("Sales", "Legal", 2)]


def test_hidden_rows_are_named_and_left_out_by_an_option(company, tmp_path, capsys):
    path = tmp_path / "counterparts.xlsx"
    rows = xml_rows(HEADER, ["Sales", "Marketing"], ["Legal", "Sales"], hidden={3})
    path.write_bytes(xlsx([("Map", "visible", rows)]))
    call_command("import_counterparts", path)
    assert "Hidden rows of the sheet: 1, read too" in capsys.readouterr().out
    assert mapped() == [("Legal", "Sales", 1), ("Sales", "Marketing", 1)]
    call_command("import_counterparts", path, "--skip-hidden")
    assert "Hidden rows of the sheet: 1, left out" in capsys.readouterr().out
    assert mapped() == [("Sales", "Marketing", 1)]


def test_codes_of_web_pages_are_read_as_letters(company, load):
    make_department("R&D")
    load(["R&amp;D", "Sales"])
    assert mapped() == [("R&D", "Sales", 1)]


def test_the_file_is_the_whole_map_and_a_second_import_touches_no_row(company, load, capsys):
    load(["Sales", "Marketing"], ["Legal", "Sales"])
    load(["Sales", "Legal"], ["Sales", "Marketing"])
    assert mapped() == [("Sales", "Legal", 1), ("Sales", "Marketing", 2)]
    before = set(Collaboration.objects.values_list("id", flat=True))
    capsys.readouterr()
    load(["Sales", "Legal"], ["Sales", "Marketing"])
    assert set(Collaboration.objects.values_list("id", flat=True)) == before
    assert capsys.readouterr().out == "changed: 0, unchanged: 1\n"


def test_the_dry_run_shows_the_diff_and_writes_nothing(company, load, capsys):
    load(["Sales", "Marketing"], ["Legal", "Sales"])
    capsys.readouterr()
    load(["Sales", "Legal"], ["Design", "Sales"], dry_run=True)
    *change, last = capsys.readouterr().out.splitlines()
    assert change == [
        "Design: nobody → Sales",
        "Legal: Sales → nobody",
        "Sales: Marketing → Legal",
        "changed: 3, unchanged: 0",
    ]
    assert "dry run" in last
    assert mapped() == [("Legal", "Sales", 1), ("Sales", "Marketing", 1)]


def test_all_problems_are_listed_and_nothing_is_written(company, load):
    with pytest.raises(CommandError) as raised:
        load(["Sales", "Legal"], ["Sales", "Labs"], ["", "Sales"], ["Legal", "legal"], ["Sales", "Legal"])
    assert problems(raised) == [
        (3, "counterpart", "Labs", Code.DEPARTMENT_UNKNOWN),
        (4, "department", "", Code.DEPARTMENT_MISSING),
        (5, "counterpart", "legal", Code.OWN_COUNTERPART),
        (6, "counterpart", "Legal", Code.PAIR_TWICE),
    ]
    assert str(raised.value).splitlines()[1:] == [f"  {problem}" for problem in raised.value.__cause__.problems]
    assert mapped() == []


def test_a_row_longer_than_the_first_is_refused(company, load):
    with pytest.raises(CommandError) as refusal:
        load(["Sales", "Legal"], ["Sales", "Marketing", "Design"])
    assert problems(refusal) == [(3, "", "Design", Code.BEYOND_HEADER)]
    assert mapped() == []


def test_an_empty_map_is_refused(company, load):
    with pytest.raises(CommandError) as refusal:
        load()
    assert problems(refusal) == [(None, "", "", Code.NO_COUNTERPARTS)]


def test_the_tree_counts_active_people_and_leaves_out_departments_without(company, django_assert_num_queries):
    with django_assert_num_queries(1):
        tree = peopled_departments()
    assert tree == (
        DepartmentNode(company["Commercial"].id, "Commercial", 0, 0, 3),
        DepartmentNode(company["Design"].id, "Design", 1, 1, 1),
        DepartmentNode(company["Marketing"].id, "Marketing", 1, 1, 1),
        DepartmentNode(company["Sales"].id, "Sales", 1, 1, 1),
        DepartmentNode(company["Legal"].id, "Legal", 0, 2, 2),
    )
