"""manage.py import_people: what it prints, and that it writes all or nothing."""

import pytest
from django.core.management import CommandError, call_command

from surveys.models import Department, Employee
from surveys.roster.people_file import UnusableFileError
from surveys.roster.wording import SectionKind, sections
from surveys.services import roster
from tests.surveys.files.workbooks import HIDDEN, xlsx, xml_rows
from tests.surveys.people_files import ANN, SIX, csv_file, people_csv, read

pytestmark = pytest.mark.django_db


def on_roster():
    """Who is active, by department, and the tree."""
    people = Employee.objects.filter(active=True).values_list("name", "department__name")
    return dict(people), dict(Department.objects.values_list("name", "parent__name"))


def list_problems(file):
    with pytest.raises(UnusableFileError) as raised:
        read(file.read_bytes())
    return [str(problem) for problem in raised.value.problems]


@pytest.fixture
def people_file(tmp_path):
    def write(*people):
        path = tmp_path / "people.csv"
        path.write_bytes(people_csv(*people))
        return path

    return write


def test_the_dry_run_shows_the_diff_and_writes_nothing(people_file, capsys):
    call_command("import_people", people_file(*SIX))
    before = on_roster()
    file = people_file("Ann Labs", *SIX[1:5], "Gus Labs")
    capsys.readouterr()
    shown = sections(roster.plan(read(file.read_bytes())), shown=9)
    call_command("import_people", file, "--dry-run")
    assert on_roster() == before
    assert [section.kind for section in shown] == [
        SectionKind.NEW_PEOPLE,
        SectionKind.MOVED_PEOPLE,
        SectionKind.GONE_PEOPLE,
        SectionKind.NEW_DEPARTMENTS,
        SectionKind.MOVED_DEPARTMENTS,
    ]
    assert capsys.readouterr().out.splitlines() == [
        *(
            line
            for section in shown
            for line in (
                f"{section.title} (1):",
                *(f"  {f'{entry.name} {entry.email}'.strip()}: {entry.what}" for entry in section.entries),
            )
        ),
        "new: 1, returning: 0, moved: 1, changed: 0, gone: 1, unchanged: 4",
        "Nothing is written: this was a dry run.",
    ]


def test_the_command_imports_and_reports_it(people_file, capsys):
    call_command("import_people", people_file("Ann Sales"))
    assert on_roster()[0] == {"Ann": "Sales"}
    call_command("import_people", people_file("Ann Sales"))
    assert capsys.readouterr().out.splitlines() == [
        "new: 1, returning: 0, moved: 0, changed: 0, gone: 0, unchanged: 0",
        "The people are imported.",
        "new: 0, returning: 0, moved: 0, changed: 0, gone: 0, unchanged: 1",
        "Nothing had to be changed.",
    ]


def test_one_bad_row_and_nothing_is_written(people_file):
    file = people_file("Ann Sales", "Bo Sales", "Ann Legal")
    with pytest.raises(CommandError) as raised:
        call_command("import_people", file)
    assert str(raised.value) == (f"{file} is not imported, and nothing is changed:\n  {list_problems(file)[0]}")
    assert on_roster() == ({}, {})


def test_a_hundred_problems_are_listed_and_the_rest_counted(people_file):
    file = people_file(*["Ann Sales"] * 131)
    with pytest.raises(CommandError) as raised:
        call_command("import_people", file)
    lines = str(raised.value).splitlines()
    assert len(lines) == 102
    assert lines[-1] == "  and 30 more, 130 in all"


def test_the_command_asks_before_many_are_gone(people_file):
    call_command("import_people", people_file(*SIX))
    file = people_file("Ann Sales")
    with pytest.raises(CommandError, match="5 people would be gone, more than a third"):
        call_command("import_people", file)
    assert len(on_roster()[0]) == 6
    call_command("import_people", file, "--allow-gone")
    assert on_roster()[0] == {"Ann": "Sales"}


def test_a_file_that_is_not_there_is_a_plain_error(tmp_path):
    with pytest.raises(CommandError, match=r"nobody\.csv cannot be read: No such file or directory\."):
        call_command("import_people", tmp_path / "nobody.csv")


def test_columns_that_mean_nothing_are_named(tmp_path, capsys):
    path = tmp_path / "people.csv"
    path.write_bytes(csv_file(["a@x.example", "Ann", "Sales", "1"], header=["email", "name", "department", "Phone"]))
    call_command("import_people", path, "--dry-run")
    assert capsys.readouterr().out.splitlines()[0] == "Columns that mean nothing here: Phone."


def test_what_the_file_leaves_open_stops_the_command(people_file, capsys):
    call_command("import_people", people_file("Ann Sales", "Bo Sales", "Cy Legal"))
    renamed = people_file("Ann Selling", "Bo Selling", "Cy Legal")
    with pytest.raises(CommandError, match="--same NAME or --other NAME"):
        call_command("import_people", renamed)
    assert "renamed: " in capsys.readouterr().out
    call_command("import_people", renamed, "--same", "Sales")
    assert set(Employee.objects.values_list("department__name", flat=True)) == {"Selling", "Legal"}
    call_command("import_people", people_file("Ann Vendors", "Bo Vendors", "Cy Legal"), "--other", "renamed")
    assert set(Employee.objects.values_list("department__name", flat=True)) == {"Vendors", "Legal"}


def test_another_encoding_stops_the_command_with_what_is_likely(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(
        csv_file(["a@x.example", "Łukasz Żak", "Sales"], header=["email", "name", "department"], encoding="cp1250")
    )
    with pytest.raises(CommandError, match=r"--encoding cp1250 .*Łukasz Żak"):
        call_command("import_people", path)
    call_command("import_people", path, "--encoding", "cp1250")
    assert Employee.objects.get().name == "Łukasz Żak"


def test_a_header_is_explained_once_by_an_option(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(csv_file(["a@x.example", "Ann", "Sales"], header=["email", "name", "Kst."]))
    with pytest.raises(CommandError):
        call_command("import_people", path)
    call_command("import_people", path, "--column", "Kst.=department")
    call_command("import_people", path)
    assert Employee.objects.get().department.name == "Sales"


def test_the_sheet_that_was_read_is_named(tmp_path, capsys):
    path = tmp_path / "people.xlsx"
    path.write_bytes(
        xlsx([("Old", "hidden", ""), ("Staff", "visible", xml_rows(["email", "name", "department"], ANN[:3]))])
    )
    call_command("import_people", path)
    assert "“Staff”, of 1 visible" in capsys.readouterr().out


def test_hidden_rows_are_named_and_left_out_by_an_option(tmp_path, capsys):
    path = tmp_path / "people.xlsx"
    rows = xml_rows(["email", "name", "department"], ANN[:3], ["b@x.example", "Bo", "Sales"], hidden={3})
    path.write_bytes(xlsx([("Staff", "visible", rows)], columns=f'<cols><col min="2" max="2"{HIDDEN}/></cols>'))
    call_command("import_people", path, "--dry-run")
    shown = capsys.readouterr().out
    assert "Hidden rows of the sheet: 1, read too" in shown
    assert "Hidden columns of the sheet: 1, read too" in shown
    call_command("import_people", path, "--skip-hidden")
    assert "Hidden rows of the sheet: 1, left out" in capsys.readouterr().out
    assert Employee.objects.count() == 1


def test_codes_of_web_pages_are_counted(tmp_path, capsys):
    path = tmp_path / "people.csv"
    path.write_bytes(csv_file(["a@x.example", "M&uuml;ller", "Sales"], header=["email", "name", "department"]))
    call_command("import_people", path, "--dry-run")
    assert "codes of web pages: 1" in capsys.readouterr().out
