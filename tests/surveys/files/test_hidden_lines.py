"""Rows and columns that are hidden in a sheet are counted, and left out where somebody says so."""

import pytest

from surveys.files.codes import FileProblemCode as Code
from surveys.files.limits import PEOPLE
from surveys.files.problems import UnusableFileError
from surveys.files.source import ReadingChoice
from surveys.files.workbook import workbook_rows
from tests.surveys.files.workbooks import HIDDEN, ods, xlsb, xlsx, xml_rows

KNOWN = {"email", "name", "department"}
ROWS = [["email", "name"], ["a@x.example", "A"], [], ["c@x.example", "C"], ["d@x.example", "D"]]
# The second column, and all beyond the third to the last that Excel has.
COLUMNS = (
    f'<cols><col min="1" max="1" width="9"/><col min="2" max="2"{HIDDEN}/><col min="4" max="16384"{HIDDEN}/></cols>'
)


def read(data, **choice):
    raw = workbook_rows(data, KNOWN, PEOPLE, ReadingChoice(**choice))
    return (raw.source.hidden_rows, raw.source.hidden_columns, raw.source.skips_hidden), list(raw.rows)


def people(rows, **more):
    return xlsx([("People", "visible", rows)], **more)


@pytest.mark.parametrize("numbered", [True, False], ids=["", "without references"])
def test_hidden_rows_with_values_are_counted_and_read(numbered):
    found, rows = read(people(xml_rows(*ROWS, numbered=numbered, hidden={2, 3, 4})))
    assert found == (2, 0, False)
    assert [row[:1] for row in rows if any(row)] == [row[:1] for row in ROWS if row]


def test_hidden_rows_that_are_left_out_do_not_move_the_others():
    found, rows = read(people(xml_rows(*ROWS, hidden={2, 4})), skips_hidden=True)
    assert found == (2, 0, True)
    assert [number for number, row in enumerate(rows, start=1) if any(row)] == [1, 5]


def test_an_error_alone_in_a_hidden_row_counts_as_a_value():
    found, rows = read(people(xml_rows(ROWS[0], ["#N/A"], errors={"#N/A"}, hidden={2})), skips_hidden=True)
    assert (found, rows[1:]) == ((1, 0, True), [[]])


def test_hidden_columns_are_counted_up_to_the_last_with_a_value():
    assert read(people(xml_rows(*ROWS), columns=COLUMNS))[0] == (0, 1, False)
    assert read(people(xml_rows(["a", "b", "c", "d"]), columns=COLUMNS))[0] == (0, 2, False)


def test_rows_of_another_sheet_are_not_counted():
    sheets = [("Old", "visible", xml_rows(["x"], ["y"], hidden={2})), ("People", "visible", xml_rows(*ROWS))]
    assert read(xlsx(sheets))[0] == (0, 0, False)
    assert read(xlsx(sheets), sheet="Old")[0] == (1, 0, False)


@pytest.mark.parametrize("mark", ["0", "false"])
def test_a_row_that_is_marked_as_not_hidden_is_none(mark):
    rows = xml_rows(*ROWS, hidden={2, 4}).replace(HIDDEN, f' hidden="{mark}"', 1)
    assert read(people(rows))[0] == (1, 0, False)


@pytest.mark.parametrize("data", [xlsb(*ROWS[:2]), ods(*ROWS[:2])], ids=["xlsb", "ods"])
def test_other_kinds_of_workbooks_are_not_looked_into(data):
    assert read(data, skips_hidden=True)[0] == (None, None, False)


def test_a_sheet_that_is_no_xml_is_refused():
    with pytest.raises(UnusableFileError) as raised:
        read(people(f'<row r="x"{HIDDEN}/>'))
    assert [problem.code for problem in raised.value.problems] == [Code.NO_WORKBOOK]
