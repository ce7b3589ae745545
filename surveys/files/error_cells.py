"""Cells of a workbook that show an error such as #N/A. calamine reads them as empty ones: they are looked up here."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

import xlrd

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
        path = _part_of(archive, sheet)
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
    tables = (table for table in ET.fromstring(content).iter() if _local(table.tag) == "table")  # noqa: S314 # limited
    for table in (table for table in tables if _attribute(table, "name") == sheet):
        row = 0
        for line in (element for element in table.iter() if _local(element.tag) == "table-row"):
            yield from (((row, column), shown) for column, shown in _of_line(line))
            row += int(_attribute(line, "number-rows-repeated") or 1)


def _of_line(line: ET.Element) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in line:
        # LibreOffice has a namespace of its own for the type "error", beside the standard's.
        if any(_local(name) == "value-type" and value == "error" for name, value in cell.items()):
            yield column, "".join(cell.itertext()) or _UNKNOWN
        column += int(_attribute(cell, "number-columns-repeated") or 1)


def _attribute(element: ET.Element, name: str) -> str:
    return next((value for key, value in element.items() if _local(key) == name), "")


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The part that holds the sheet's cells; None where the workbook is of another make."""
    names = {name.lower(): name for name in archive.namelist()}
    if "xl/workbook.bin" in names:
        wanted = _binary_sheets(archive.read(names["xl/workbook.bin"])).get(sheet)
        relations = names.get("xl/_rels/workbook.bin.rels")
    elif "xl/workbook.xml" in names:
        wanted = _xml_sheets(archive.read(names["xl/workbook.xml"])).get(sheet)
        relations = names.get("xl/_rels/workbook.xml.rels")
    else:
        return None
    for relation in ET.fromstring(archive.read(relations)) if relations else ():  # noqa: S314 # in a limited process
        if relation.get("Id") == wanted:
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return names.get(path.lower())
    return None


def _xml_sheets(workbook: bytes) -> dict[str, str]:
    """The relation of each sheet, by name."""
    found: dict[str, str] = {}
    for element in ET.fromstring(workbook).iter():  # noqa: S314 # the same
        if _local(element.tag) == "sheet":
            found[element.get("name", "")] = next(
                (value for name, value in element.items() if _local(name) == "id" and name != "id"), ""
            )
    return found


def _of_xml(part: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    number = 0
    for _, row in ET.iterparse(io.BytesIO(part)):  # noqa: S314 # in a limited process
        if _local(row.tag) != "row":
            continue
        number, column = int(row.get("r", number + 1)), -1
        for cell in row:
            column = _column(cell.get("r", ""), column + 1)
            if shown := _shown(cell):
                yield (number - 1, column), shown
        row.clear()


def _shown(cell: ET.Element) -> str:
    """What a cell without a value shows; empty for one that has a value, which may be an empty text."""
    parts = {_local(part.tag): part.text for part in cell}
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


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _binary_sheets(workbook: bytes) -> dict[str, str]:
    """As `_xml_sheets`: record 156 has the state, the sheet's number, the relation and the name."""
    found: dict[str, str] = {}
    for kind, body in _records(workbook):
        if kind == 156:  # noqa: PLR2004 # BrtBundleSh
            relation, after = _string(body, 8)
            found[_string(body, after)[0]] = relation
    return found


def _of_binary(part: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    row = 0
    for kind, body in _records(part):
        if kind == _ROW:
            row = int.from_bytes(body[:4], "little")
        elif kind in (_ERROR, _FORMULA_ERROR):
            yield (row, int.from_bytes(body[:4], "little")), _SHOWN.get(body[_ERROR_AT], _UNKNOWN)


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record. Both kind and length are written seven bits a byte, the lowest first."""
    at = 0
    while at < len(part):
        kind, at = _number(part, at, most=2)
        length, at = _number(part, at, most=4)
        yield kind, part[at : at + length]
        at += length


def _number(part: bytes, at: int, *, most: int) -> tuple[int, int]:
    number = 0
    for place, byte in enumerate(part[at : at + most]):
        number |= (byte & 0x7F) << (7 * place)
        if byte <= 0x7F:  # noqa: PLR2004 # the high bit says that another byte follows
            return number, at + place + 1
    return number, at + most


def _string(body: bytes, at: int) -> tuple[str, int]:
    end = at + 4 + 2 * int.from_bytes(body[at : at + 4], "little")
    return body[at + 4 : end].decode("utf-16-le", "replace"), end
