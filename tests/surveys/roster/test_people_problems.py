"""Every way in which a people file can be wrong, and the problem that is listed."""

import codecs
import io
import zipfile

import pytest

from surveys.files.codes import FileProblemCode as Code
from surveys.roster.people_file import MAX_BYTES, UnusableFileError
from tests.surveys.people_files import (
    ANN,
    BORIS,
    HEADER,
    changed,
    csv_file,
    people_csv,
    problems,
    read,
    xlsx_file,
)


def test_the_mark_of_text_before_an_address_is_no_part_of_it():
    (person,) = read(csv_file(changed(email="'ann@northwind.example"))).people
    assert person.email == "ann@northwind.example"
    quoted = csv_file(changed(email="'ann@northwind.example'"), changed(email="“bo@northwind.example”"))
    assert [row for row, _, _ in problems(quoted)] == [2, 3]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("email", "", Code.EMAIL_MISSING),
        ("email", "ann(at)northwind", Code.NO_EMAIL),
        ("email", f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 20}.com", Code.EMAIL_TOO_LONG),
        ("name", "", Code.NAME_MISSING),
        ("name", "n" * 201, Code.TEXT_TOO_LONG),
        ("name", "Ann\x00", Code.CONTROL_CHARACTER),
        ("department", "", Code.DEPARTMENT_MISSING),
        ("department", "d" * 121, Code.TEXT_TOO_LONG),
        ("department", "A > B", Code.NAME_HOLDS_SEPARATOR),
        ("parent_department", "A >", Code.DEPARTMENT_MISSING),
        ("site", "s" * 121, Code.TEXT_TOO_LONG),
        ("language", "tlh", Code.LANGUAGE_UNKNOWN),
        ("time_zone", "Mars/Olympus", Code.TIME_ZONE_UNKNOWN),
        ("is_head", "maybe", Code.NOT_YES_OR_NO),
        ("on_leave", "since May", Code.NOT_YES_OR_NO),
        ("department", "#N/A", Code.SPREADSHEET_ERROR),
        ("department", "#REF!", Code.SPREADSHEET_ERROR),
        ("site", "#WERT!", Code.SPREADSHEET_ERROR),
        ("site", "#Н/Д", Code.SPREADSHEET_ERROR),
        ("name", "#ССЫЛКА!", Code.SPREADSHEET_ERROR),
        ("name", "#¿NOMBRE?", Code.SPREADSHEET_ERROR),
        ("name", "Err:502", Code.SPREADSHEET_ERROR),
        ("email", "#####", Code.SPREADSHEET_ERROR),
        ("name", "Ren\ufffd", Code.LETTER_LOST),
        ("name", "J\u00c3\u00bcrgen", Code.MISREAD),
        ("department", "2026-03-01", Code.DATE_IN_CELL),
        ("department", "2026-03-01T00:00:00", Code.DATE_IN_CELL),
        ("site", "10:30:00", Code.DATE_IN_CELL),
        ("name", "1 day, 6:00:00", Code.DATE_IN_CELL),
        ("on_leave", "#UNCALCULATED!", Code.NOT_CALCULATED),
    ],
)
def test_a_bad_cell_has_row_column_value_and_code(column, value, code):
    assert problems(csv_file(BORIS, changed(**{column: value}))) == {(3, column, value): code}


def test_problems_name_what_their_sentences_need():
    rows = [changed(email="a@x.example", name="Ann\x00"), changed(email="b@x.example", name="n" * 201)]
    rows += [changed(email="A@x.example"), changed(email="c@x.example", language="tlh")]
    with pytest.raises(UnusableFileError) as raised:
        read(csv_file(*rows))
    assert [(problem.code, problem.arguments) for problem in raised.value.problems] == [
        (Code.CONTROL_CHARACTER, {"character": 0}),
        (Code.TEXT_TOO_LONG, {"length": 201, "most": 200}),
        (Code.EMAIL_TWICE, {"first": 2}),
        (Code.LANGUAGE_UNKNOWN, {"languages": "en (English), ru (Русский)"}),
    ]


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
    assert found == {(4, "email", "ANN@northwind.example"): Code.EMAIL_TWICE}


def test_a_department_below_two_parents_is_named_with_its_parent():
    found = problems(people_csv("Ann Sales Commercial", "Bo Sales", "Cy Sales Operations"))
    assert found == {(3, "department", "Sales"): Code.PARENT_UNCLEAR}


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
        (3, "department", "sales"): Code.SPELLED_OTHERWISE,
        (4, "parent_department", "SALES"): Code.SPELLED_OTHERWISE,
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
    with pytest.raises(UnusableFileError) as raised:
        read(people_csv(*rows))
    (problem,) = raised.value.problems
    assert (problem.row, problem.column, problem.value) == (row, "parent_department", parent)
    assert (problem.code, problem.arguments) == (Code.CIRCLE, {"circle": circle})


def test_two_circles_are_two_problems():
    assert len(problems(people_csv("Ann A B", "Bo B A", "Cy C D", "Dee D C", "Eve E A"))) == 2


def test_a_tree_of_many_levels_is_refused_at_the_first_too_many():
    chain = [f"P{depth} D{depth} {f'D{depth - 1}' if depth else ''}" for depth in range(1200)]
    assert problems(people_csv(*chain)) == {(52, "parent_department", "D49"): Code.TOO_DEEP}
    assert read(people_csv(*chain[:50])).parents["D49"] == "D48"


def test_a_path_of_many_steps_is_refused_too():
    row = ["a@x.example", "Ann", "Bottom", ">".join(f"D{depth}" for depth in range(51))]
    assert list(problems(csv_file(row, header=HEADER[:4])).values()) == [Code.TOO_DEEP]


def test_more_departments_than_a_company_has_are_refused(monkeypatch):
    monkeypatch.setattr("surveys.roster.people_file.departments.MAX_DEPARTMENTS", 3)
    found = problems(people_csv("Ann A", "Bo B", "Cy C", "Dee D", "Eve E"))
    assert found == {(5, "department", ""): Code.TOO_MANY_DEPARTMENTS}


def test_a_comma_inside_a_name_is_the_only_problem_of_its_row():
    shifted = b"email,name,department,is_head\nann@x.example,Lee, Ann,Sales,yes\nbo@x.example,Bo,Sales,maybe\n"
    assert problems(shifted) == {(2, "", "yes"): Code.BEYOND_HEADER, (3, "is_head", "maybe"): Code.NOT_YES_OR_NO}


@pytest.mark.parametrize("file", [csv_file, xlsx_file])
def test_a_cell_beyond_the_last_column_is_a_problem_and_a_blank_one_not(file):
    assert problems(file([*ANN, "", "left"], [*BORIS, "", " "])) == {(2, "", "left"): Code.BEYOND_HEADER}
    assert problems(file([*ANN, "left"], BORIS, header=[*HEADER, ""])) == {(2, "", "left"): Code.BEYOND_HEADER}
    assert problems(file([*ANN, "left"], BORIS, header=[*HEADER, "remark"])) == {}


def test_missing_columns_are_all_listed():
    found = problems(csv_file(["Ann"], header=["Name"]))
    assert found == dict.fromkeys([(1, "email", ""), (1, "department", "")], Code.COLUMN_MISSING)


def test_a_column_that_is_there_twice_is_refused():
    found = problems(csv_file(["a@x.example", "A", "S", "b@x.example"], header=[*HEADER[:3], "E-mail"]))
    assert found == {(1, "email", "E-mail"): Code.COLUMN_TWICE}


def _zip(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.EMPTY),
        (b" \r\n\r\n", Code.EMPTY),
        (csv_file(), Code.NO_PEOPLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old workbook", Code.NO_WORKBOOK),
        (b"PK\x03\x04 broken", Code.NO_WORKBOOK),
        (codecs.BOM_UTF8, Code.EMPTY),
        (bytes(1000), Code.EMPTY),
        (_zip(mimetype="application/vnd.oasis.opendocument.spreadsheet"), Code.NO_WORKBOOK),
        (xlsx_file(ANN)[:-400], Code.NO_WORKBOOK),
        (b"email,name,department\n\x98\xfd\xff,A,B", Code.NOT_UTF_8),
        (codecs.BOM_UTF16_LE + b"odd", Code.NO_TEXT),
        (b"x" * (MAX_BYTES + 1), Code.FILE_TOO_LARGE),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_a_file_that_is_no_table_is_refused_as_a_whole(data, code):
    with pytest.raises(UnusableFileError) as raised:
        read(data)
    (problem,) = raised.value.problems
    assert (problem.row, problem.code) == (None, code)


def test_a_small_workbook_that_unpacks_to_a_large_one_is_refused():
    bomb = _zip(**{"xl/workbook.xml": bytes(151 * 2**20)})
    assert len(bomb) < MAX_BYTES
    with pytest.raises(UnusableFileError) as raised:
        read(bomb)
    (problem,) = raised.value.problems
    assert (problem.row, problem.code, problem.arguments) == (None, Code.UNPACKED_TOO_LARGE, {"megabytes": 150})


def test_a_quotation_mark_left_open_names_the_row_where_it_opens():
    found = problems(people_csv("Ann Sales") + b'bo@x.example,"Bo,Sales\ncy@x.example,Cy,Sales\n')
    assert found == {(3, "", ""): Code.QUOTE_NOT_CLOSED}


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
