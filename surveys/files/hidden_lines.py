"""Rows and columns of a workbook that somebody has hidden, by hand or by a filter. calamine reads them like others."""

import io
import re
import zipfile
from dataclasses import dataclass, field

from surveys.files.sheet_parts import sheet_part

_ON = (b"1", b"true")
_LINE = re.compile(rb"<(?:\w+:)?(row|col)\b([^<>]*)>")
_ATTRIBUTE = re.compile(rb"""\s(\w+)\s*=\s*(["'])(.*?)\2""", re.DOTALL)


@dataclass(frozen=True)
class HiddenLines:
    """What is hidden in one sheet, whether it has values or not."""

    # Rows, counted from 0.
    rows: set[int] = field(default_factory=set)
    # Columns, counted from 0: one span often goes to the last column that a sheet can have.
    columns: list[range] = field(default_factory=list)

    def count_columns(self, end: int) -> int:
        """How many there are before column `end`."""
        return len({column for span in self.columns for column in range(span.start, min(span.stop, end))})


def hidden_lines(data: bytes, sheet: str) -> HiddenLines | None:
    """Those of one sheet, by its name; None for a kind of workbook that is not looked into: all but .xlsx and .xlsm."""
    if not data.startswith(b"PK"):
        return None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        path = sheet_part(archive, sheet)
        if path is None or path.endswith(".bin"):
            return None
        part = archive.read(path)
    return _of_xml(part)


def _of_xml(part: bytes) -> HiddenLines:
    """Looks at the tags of rows and columns alone: a parser would take longer for the cells than calamine does."""
    found = HiddenLines()
    number = 0
    for tag in _LINE.finditer(part):
        values = {name: value for name, _, value in _ATTRIBUTE.findall(tag[2])}
        is_hidden = values.get(b"hidden") in _ON
        if tag[1] == b"row":
            number = int(values.get(b"r", number + 1))
            if is_hidden:
                found.rows.add(number - 1)
        elif is_hidden:
            found.columns.append(range(int(values[b"min"]) - 1, int(values[b"max"])))
    return found
