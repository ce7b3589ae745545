"""CSV as spreadsheets write it: what stands between the cells."""

import csv
import io
import re
from collections.abc import Collection, Iterator
from typing import NoReturn

from surveys.files.codes import FileProblemCode
from surveys.files.encodings import decode, show_wrong_bytes, wrong_byte
from surveys.files.limits import MOST_SHOWN
from surveys.files.problems import FileProblem, UnusableFileError
from surveys.files.source import RawRows, Source

_SEPARATORS = ",;\t|"
_LINES_LOOKED_AT = 20


def csv_rows(data: bytes, known: Collection[str], encoding: str = "") -> RawRows:
    """The cells row by row. `known` are the names, folded, that a header may hold; `encoding` is empty for judging."""
    text, codec = decode(data, encoding)
    separator, text = _separator(text, known)
    if codec == "utf-8" and wrong_byte(text) is not None:
        _refuse_wrong_bytes(_rows(text, separator))
    return RawRows(Source(encoding=codec), _rows(text, separator))


def fold(name: str) -> str:
    """A header without case, spaces and punctuation: `Parent Department` is `parent_department`."""
    return "".join(filter(str.isalnum, name.casefold()))


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):  # noqa: B007 # reported when the next row is broken
            yield cells
    except csv.Error as error:
        raise UnusableFileError([FileProblem(FileProblemCode.QUOTE_NOT_CLOSED, number + 1)]) from error


def _refuse_wrong_bytes(rows: Iterator[list[str]]) -> NoReturn:
    """Names row, column and byte of what is no UTF-8; reads no further than so many as are shown."""
    problems: list[FileProblem] = []
    for number, cells in enumerate(rows, start=1):
        for place, cell in enumerate(cells, start=1):
            if (byte := wrong_byte(cell)) is not None:
                shown, arguments = show_wrong_bytes(cell), {"byte": byte}
                problem = FileProblem(FileProblemCode.WRONG_BYTE, number, f"column {place}", shown, arguments)
                problems.append(problem)
        if len(problems) >= MOST_SHOWN:
            break
    raise UnusableFileError(problems)


def _separator(text: str, known: Collection[str]) -> tuple[str, str]:
    """The separator that finds most known names in one of the first lines, and the text without Excel's `sep=;`."""
    start = text.lstrip("\r\n")
    lines = re.split(r"\r\n|\r|\n", start[: 2**16], maxsplit=_LINES_LOOKED_AT)[:_LINES_LOOKED_AT]
    if hint := re.fullmatch(r"\"?sep=([,;\t|])\"?", lines[0], re.IGNORECASE):
        return hint[1], start[len(lines[0]) :]

    def found(separator: str) -> tuple[int, int]:
        rows = [next(csv.reader([line], delimiter=separator), []) for line in lines]
        return max((sum(fold(name) in known for name in names), len(names)) for names in rows)

    return max(_SEPARATORS, key=found), text
