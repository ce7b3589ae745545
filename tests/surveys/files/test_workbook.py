"""Workbooks of every format: which sheet is read, and what becomes of errors, dates and numbers."""

from pathlib import Path

import pytest

from surveys.files.codes import FileProblemCode as Code
from surveys.files.limits import PEOPLE
from surveys.files.problems import UnusableFileError
from surveys.files.source import ReadingChoice
from surveys.files.workbook import workbook_rows
from tests.surveys.files.workbooks import ods, xlsb, xlsx, xml_rows, zipped

OLD = Path(__file__).with_name("hidden_sheet_and_error.xls")
# One cell, as Office encrypts it.
ENCRYPTED = Path(__file__).with_name("encrypted.xlsx")
# The record after the first one, and FILEPASS in its place.
FILE_PASS = b"\xe1\x00\x02\x00\xb0\x04", b"\x2f\x00\x02\x00\xb0\x04"
ENCRYPTION = '<m:manifest xmlns:m="urn"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
KNOWN = {"email", "name", "department"}
ROWS = [["email", "name", "department"], ["a@x.example", "A", "#N/A"], ["b@x.example", "B", "Sales"]]


def read(data, **choice):
    raw = workbook_rows(data, KNOWN, PEOPLE, ReadingChoice(**choice))
    return (raw.source.sheet, raw.source.sheets), list(raw.rows)


@pytest.mark.parametrize(
    "data",
    [
        xlsx([("People", "visible", xml_rows(*ROWS, errors={"#N/A"}))]),
        xlsx([("People", "visible", xml_rows(*ROWS, errors={"#N/A"}, numbered=False))]),
        xlsb(*ROWS, errors={"#N/A"}),
        ods(*ROWS, errors={"#N/A"}),
    ],
    ids=["xlsx", "without references", "xlsb", "ods"],
)
def test_a_cell_with_an_error_is_read_as_what_it_shows(data):
    assert read(data) == (("People", ("People",)), ROWS)


def test_an_old_workbook_is_read_without_its_hidden_sheet():
    source, rows = read(OLD.read_bytes())
    assert source == ("People", ("People",))
    assert rows[2] == ["bob@example.com", "Bob", "#N/A", "yes"]


def test_an_error_below_or_beside_all_values_is_where_it_is():
    rows = '<row r="3"><c r="D3" t="e"><v>#REF!</v></c></row>'
    assert read(xlsx([("People", "visible", rows)]))[1] == [[""] * 4, [""] * 4, ["", "", "", "#REF!"]]


def test_a_formula_without_a_result_is_no_empty_cell():
    """As programs write it that cannot calculate; a formula whose result is an empty text has the type "str"."""
    cells = (
        '<c r="A1"><f>B1</f><v></v></c><c r="B1"><f>C1</f></c><c r="C1" t="str"><f>D1</f><v></v></c>'
        '<c r="D1" t="str"><f>E1</f><v>Sales</v></c><c r="E1"><f t="shared" si="0"/><v>7</v></c>'
    )
    rows = read(xlsx([("People", "visible", f'<row r="1">{cells}</row>')]))[1]
    assert rows == [["#UNCALCULATED!", "#UNCALCULATED!", "", "Sales", "7"]]


def test_rows_and_columns_count_from_the_first_of_the_sheet():
    rows = '<row r="2"><c r="B2" t="inlineStr"><is><t>x</t></is></c></row>'
    assert read(xlsx([("People", "visible", rows)]))[1] == [["", ""], ["", "x"]]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_never_read(state):
    data = xlsx([("Old", state, xml_rows(ROWS[0], ROWS[2])), ("Now", "visible", xml_rows(["x"]))])
    assert read(data) == (("Now", ("Now",)), [["x"]])
    assert read(data, sheet="Old")[0] == ("Now", ("Now",))


def test_the_first_visible_sheet_with_the_columns_is_read():
    data = xlsx([(name, "visible", xml_rows(*rows)) for name, rows in (("Info", [["Hello"]]), ("People", ROWS))])
    assert read(data)[0] == ("People", ("Info", "People"))
    assert read(data, sheet="Info") == (("Info", ("Info", "People")), [["Hello"]])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped({"word/document.xml": "<document/>"}), Code.NO_WORKBOOK),
        (b"PK\x03\x04 broken", Code.NO_WORKBOOK),
        (OLD.read_bytes()[:3000], Code.NO_WORKBOOK),
        (ENCRYPTED.read_bytes(), Code.HAS_PASSWORD),
        (OLD.read_bytes().replace(*FILE_PASS), Code.HAS_PASSWORD),
        (zipped({"content.xml": "\x93", "META-INF/manifest.xml": ENCRYPTION}), Code.HAS_PASSWORD),
        (xlsx([("People", "hidden", xml_rows(*ROWS))]), Code.NO_VISIBLE_SHEET),
        (zipped({"xl/sharedStrings.xml": bytes(PEOPLE.unpacked_bytes + 1)}), Code.UNPACKED_TOO_LARGE),
    ],
    ids=["document", "broken", "cut off", "password", "old password", "ods password", "all hidden", "unpacks to much"],
)
def test_what_is_no_workbook_is_refused_by_what_it_is(data, code):
    with pytest.raises(UnusableFileError) as raised:
        read(data)
    assert [problem.code for problem in raised.value.problems] == [code]
