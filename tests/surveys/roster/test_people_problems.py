"""Every way in which a people file can be wrong, and the problem that is listed."""

import codecs
import io
import zipfile

import pytest

from surveys.roster.people_file import MAX_BYTES, UnusableFileError
from tests.surveys.people_files import (
    ANN,
    BORIS,
    HEADER,
    TOO_LONG,
    changed,
    csv_file,
    people_csv,
    problems,
    read,
    xlsx_file,
)


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("email", "", "The mail address is missing."),
        ("email", "ann(at)northwind", "This is no mail address; write it like name@company.com."),
        ("email", f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 20}.com", "longer than 254 characters"),
        ("name", "", "The name is missing."),
        ("name", "n" * 201, "The text has 201 characters; shorten it to 200."),
        ("name", "Ann\x00", "The text holds a control character (U+0000); type it again."),
        ("department", "", "The department is missing."),
        ("department", "d" * 121, "The text has 121 characters; shorten it to 120."),
        ("department", "A > B", "A department's name cannot hold “>”"),
        ("parent_department", "A >", "The department is missing."),
        ("site", "s" * 121, "The text has 121 characters; shorten it to 120."),
        ("language", "tlh", "The language is not known; write one of: en (English), ru (Русский)."),
        ("time_zone", "Mars/Olympus", "The time zone is not known; write it like Europe/Berlin"),
        ("is_head", "maybe", "Write yes or no."),
        ("on_leave", "since May", "Write yes or no."),
        ("department", "#N/A", "The cell shows an error of the spreadsheet"),
        ("department", "#REF!", "The cell shows an error of the spreadsheet"),
        ("site", "#WERT!", "The cell shows an error of the spreadsheet"),
        ("site", "#Н/Д", "The cell shows an error of the spreadsheet"),
        ("name", "#ССЫЛКА!", "The cell shows an error of the spreadsheet"),
        ("name", "#¿NOMBRE?", "The cell shows an error of the spreadsheet"),
        ("name", "Err:502", "The cell shows an error of the spreadsheet"),
        ("email", "#####", "The cell shows an error of the spreadsheet"),
        ("name", "Ren\ufffd", "A letter was lost when the file was saved"),
    ],
)
def test_a_bad_cell_has_row_column_value_and_remedy(column, value, shown):
    found = problems(csv_file(BORIS, changed(**{column: value})))
    assert list(found) == [(3, column, value)]
    assert shown in found[3, column, value]


def test_tells_all_that_is_wrong_at_once_in_the_order_of_rows():
    found = problems(csv_file(changed(email="x", name=""), BORIS, changed(language="??", department="")))
    assert list(found) == [
        (2, "email", "x"),
        (2, "name", ""),
        (4, "department", ""),
        (4, "language", "??"),
    ]


def test_a_doubled_address_names_the_first_row_whatever_its_case():
    found = problems(csv_file(ANN, BORIS, changed(email="ANN@northwind.example")))
    assert found == {
        (4, "email", "ANN@northwind.example"): ("The mail address is in row 2 already; keep one of the two rows.")
    }


def test_a_department_below_two_parents_is_named_with_its_parent():
    found = problems(people_csv("Ann Sales Commercial", "Bo Sales", "Cy Sales Operations"))
    assert list(found) == [(3, "department", "Sales")]


def test_it_is_enough_that_one_row_names_the_parent():
    assert read(people_csv("Ann Sales", "Bo Sales Commercial", "Cy Sales")).parents == {
        "Sales": "Commercial",
        "Commercial": None,
    }


def test_a_path_places_departments_that_have_no_rows_of_their_own():
    row = ["a@x.example", "Ann", "Field sales", "Commercial>  Sales"]
    assert read(csv_file(row, header=HEADER[:4])).parents == {
        "Field sales": "Sales",
        "Sales": "Commercial",
        "Commercial": None,
    }


def test_a_department_is_spelled_in_one_way():
    found = problems(people_csv("Ann Sales", "Bo sales", "Cy Legal SALES"))
    assert found == {
        (3, "department", "sales"): "Row 2 writes it “Sales”; write it the same way everywhere.",
        (4, "parent_department", "SALES"): "Row 2 writes it “Sales”; write it the same way everywhere.",
    }


@pytest.mark.parametrize(
    ("rows", "row", "parent", "circle"),
    [
        (["Ann Sales Sales"], 2, "Sales", "Sales → Sales"),
        (["Ann Sales Legal", "Bo Legal Sales"], 2, "Legal", "Sales → Legal → Sales"),
        (["Dee D A", "Ann A B", "Bo B C", "Cy C A"], 3, "B", "A → B → C → A"),
    ],
)
def test_a_circle_of_departments_is_one_problem(rows, row, parent, circle):
    found = problems(people_csv(*rows))
    assert list(found) == [(row, "parent_department", parent)]
    assert circle in found[row, "parent_department", parent]


def test_two_circles_are_two_problems():
    assert len(problems(people_csv("Ann A B", "Bo B A", "Cy C D", "Dee D C", "Eve E A"))) == 2


def test_a_tree_of_many_levels_is_refused_at_the_first_too_many():
    chain = [f"P{depth} D{depth} {f'D{depth - 1}' if depth else ''}" for depth in range(1200)]
    found = problems(people_csv(*chain))
    assert list(found) == [(52, "parent_department", "D49")]
    assert read(people_csv(*chain[:50])).parents["D49"] == "D48"


def test_a_path_of_many_steps_is_refused_too():
    row = ["a@x.example", "Ann", "Bottom", ">".join(f"D{depth}" for depth in range(51))]
    assert [place[1] for place in problems(csv_file(row, header=HEADER[:4]))] == ["parent_department"]


def test_more_departments_than_a_company_has_are_refused(monkeypatch):
    monkeypatch.setattr("surveys.roster.people_file.departments.MAX_DEPARTMENTS", 3)
    assert list(problems(people_csv("Ann A", "Bo B", "Cy C", "Dee D", "Eve E"))) == [(5, "department", "")]


def test_a_comma_inside_a_name_is_the_only_problem_of_its_row():
    shifted = b"email,name,department,is_head\nann@x.example,Lee, Ann,Sales,yes\nbo@x.example,Bo,Sales,maybe\n"
    assert problems(shifted) == {(2, "", "yes"): TOO_LONG, (3, "is_head", "maybe"): "Write yes or no."}


@pytest.mark.parametrize("file", [csv_file, xlsx_file])
def test_a_cell_beyond_the_last_column_is_a_problem_and_a_blank_one_not(file):
    assert problems(file([*ANN, "", "left"], [*BORIS, "", " "])) == {(2, "", "left"): TOO_LONG}
    assert problems(file([*ANN, "left"], BORIS, header=[*HEADER, ""])) == {(2, "", "left"): TOO_LONG}
    assert problems(file([*ANN, "left"], BORIS, header=[*HEADER, "remark"])) == {}


def test_missing_columns_are_all_listed():
    found = problems(csv_file(["Ann"], header=["Name"]))
    assert list(found) == [(1, "email", ""), (1, "department", "")]
    assert "email, name, department, parent_department" in found[1, "email", ""]


def test_a_column_that_is_there_twice_is_refused():
    found = problems(csv_file(["a@x.example", "A", "S", "b@x.example"], header=[*HEADER[:3], "E-mail"]))
    assert found == {(1, "email", "E-mail"): "The column is there twice; keep one of the two."}


def _zip(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (b"", "The file is empty."),
        (b" \r\n\r\n", "The file is empty."),
        (csv_file(), "There are no people in the file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old workbook", "no workbook that can be read"),
        (b"PK\x03\x04 broken", "no workbook that can be read"),
        (_zip(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "no workbook that can be read"),
        (xlsx_file(ANN)[:-400], "no workbook that can be read"),
        (b"email,name,department\n\x98\xfd\xff,A,B", "not in UTF-8"),
        (codecs.BOM_UTF16_LE + b"odd", "not text that can be read"),
        (b"x" * (MAX_BYTES + 1), "larger than 50 MB"),
    ],
    ids=["empty", "blank", "nobody", "xls", "broken", "ods", "cut off", "bytes", "odd UTF-16", "large"],
)
def test_a_file_that_is_no_table_is_refused_as_a_whole(data, shown):
    with pytest.raises(UnusableFileError) as raised:
        read(data)
    (problem,) = raised.value.problems
    assert problem.row is None
    assert shown in problem.message


def test_a_small_workbook_that_unpacks_to_a_large_one_is_refused():
    bomb = _zip(**{"xl/workbook.xml": bytes(151 * 2**20)})
    assert len(bomb) < MAX_BYTES
    with pytest.raises(UnusableFileError) as raised:
        read(bomb)
    (problem,) = raised.value.problems
    assert problem.row is None
    assert "unpacks to more than 150 MB" in problem.message


def test_a_quotation_mark_left_open_names_the_row_where_it_opens():
    found = problems(people_csv("Ann Sales") + b'bo@x.example,"Bo,Sales\ncy@x.example,Cy,Sales\n')
    assert list(found) == [(3, "", "")]
    assert "quotation mark" in found[3, "", ""]


def test_a_problem_reads_as_one_line_with_a_long_value_cut():
    with pytest.raises(UnusableFileError) as raised:
        read(csv_file(changed(language="x" * 200)))
    (problem,) = raised.value.problems
    assert str(raised.value) == f"row 2, language: {problem.message} (found: “{'x' * 80}…”)"


@pytest.mark.parametrize(
    "address", ["bob@exam\u200bple.com", "bob@example.com\u2060", "BOB@example.com", "bob@example.com."]
)
def test_one_mailbox_is_one_person_however_it_is_written(address):
    found = problems(csv_file(changed(email="bob@example.com"), changed(email=address)))
    assert [place[:2] for place in found] == [(3, "email")]
