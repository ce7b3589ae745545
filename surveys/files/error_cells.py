"""Cells of a workbook that show an error such as #N/A. calamine reads them as empty ones: they are looked up here."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

import xlrd

from surveys.files.sheet_parts import local_name, records, sheet_part

# (row, column), both counted from 0, to what the cell shows.
ErrorCells = Mapping[tuple[int, int], str]
# By the code that binary formats write.
_SHOWN = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_UNKNOWN = "#ERROR!"
# Of a formula that no spreadsheet has calculated: the program that wrote it leaves its result empty.
UNCALCULATED = "#UNCALCULATED!"
_OPEN_DOCUMENT_ERROR = b'value-type="error"'
_XML_ERROR = re.compile(rb"""\bt=["']e["']|<(\w+:)?f[\s/>]""")
# Records of a binary sheet: a row begins, a cell holds an error, a formula's result is one.
_ROW, _ERROR, _FORMULA_ERROR = 0, 3, 11
_ERROR_AT = 8


def error_cells(data: bytes, sheet: str) -> ErrorCells:
    """All of one sheet, by its name. What is no such workbook has none."""
    if not data.startswith(b"PK"):
        return dict(_of_old_format(data, sheet))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "content.xml" in archive.namelist():
            content = archive.read("content.xml")
            return dict(_of_open_document(content, sheet)) if _OPEN_DOCUMENT_ERROR in content else {}
        path = sheet_part(archive, sheet)
        if path is None:
            return {}
        part = archive.read(path)
    if path.endswith(".bin"):
        return dict(_of_binary(part))
    return dict(_of_xml(part)) if _XML_ERROR.search(part) else {}


def _of_old_format(data: bytes, sheet: str) -> Iterator[tuple[tuple[int, int], str]]:
    with xlrd.open_workbook(file_contents=data, on_demand=True, logfile=io.StringIO()) as book:
        found = book.sheet_by_name(sheet)
        for row in range(found.nrows):
            for column, kind in enumerate(found.row_types(row)):
                if kind == xlrd.XL_CELL_ERROR:
                    yield (row, column), _SHOWN.get(found.cell_value(row, column), _UNKNOWN)


def _of_open_document(content: bytes, sheet: str) -> Iterator[tuple[tuple[int, int], str]]:
    """A row or cell that repeats counts as often; of a repeated error only the first is named."""
    tables = (table for table in ET.fromstring(content).iter() if local_name(table.tag) == "table")  # noqa: S314 # limited
    for table in (table for table in tables if _attribute(table, "name") == sheet):
        row = 0
        for line in (element for element in table.iter() if local_name(element.tag) == "table-row"):
            yield from (((row, column), shown) for column, shown in _of_line(line))
            row += int(_attribute(line, "number-rows-repeated") or 1)


def _of_line(line: ET.Element) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in line:
        # LibreOffice has a namespace of its own for the type "error", beside the standard's.
        if any(local_name(name) == "value-type" and value == "error" for name, value in cell.items()):
            yield column, "".join(cell.itertext()) or _UNKNOWN
        column += int(_attribute(cell, "number-columns-repeated") or 1)


def _attribute(element: ET.Element, name: str) -> str:
    return next((value for key, value in element.items() if local_name(key) == name), "")


def _of_xml(part: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    number = 0
    for _, row in ET.iterparse(io.BytesIO(part)):  # noqa: S314 # in a limited process
        if local_name(row.tag) != "row":
            continue
        number, column = int(row.get("r", number + 1)), -1
        for cell in row:
            column = _column(cell.get("r", ""), column + 1)
            if shown := _shown(cell):
                yield (number - 1, column), shown
        row.clear()


def _shown(cell: ET.Element) -> str:
    """What a cell without a value shows; empty for one that has a value, which may be an empty text."""
    parts = {local_name(part.tag): part.text for part in cell}
    if cell.get("t") == "e":
        return parts.get("v") or _UNKNOWN
    return UNCALCULATED if "f" in parts and not parts.get("v") and cell.get("t") != "str" else ""


def _column(reference: str, otherwise: int) -> int:
    """The column of a reference such as AB12, from 0."""
    letters = reference.rstrip("0123456789").upper()
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1 if letters else otherwise


def _of_binary(part: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    row = 0
    for kind, body in records(part):
        if kind == _ROW:
            row = int.from_bytes(body[:4], "little")
        elif kind in (_ERROR, _FORMULA_ERROR):
            yield (row, int.from_bytes(body[:4], "little")), _SHOWN.get(body[_ERROR_AT], _UNKNOWN)
