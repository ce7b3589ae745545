"""From the bytes of a file to rows of text, in this process or in one of its own."""

import re
from collections.abc import Collection, Iterator

from surveys.files.codes import FileProblemCode
from surveys.files.limits import MB, FileLimits
from surveys.files.other_kinds import refuse_other_kinds
from surveys.files.problems import FileProblem, UnusableFileError
from surveys.files.source import RawRows, ReadingChoice
from surveys.files.text import csv_rows
from surveys.files.workbook import OLD_OFFICE, ZIP, workbook_rows

# Anything but white space, zero bytes, and the marks at the beginning of a text.
_SOMETHING = re.compile(rb"[^ \t\r\n\0\xef\xbb\xbf\xff\xfe]")


def is_workbook(data: bytes) -> bool:
    """By the first bytes, whatever the file is called."""
    return data.startswith((ZIP, OLD_OFFICE))


def check_size(data: bytes, limits: FileLimits) -> None:
    """Raises UnusableFileError for an empty file and for one that is too large."""
    if not _SOMETHING.search(data):
        raise UnusableFileError([FileProblem(FileProblemCode.EMPTY)])
    if len(data) > limits.file_bytes:
        arguments = {"megabytes": limits.file_bytes // MB}
        raise UnusableFileError([FileProblem(FileProblemCode.FILE_TOO_LARGE, arguments=arguments)])


def read_rows(data: bytes, known: Collection[str], limits: FileLimits, choice: ReadingChoice) -> RawRows:
    """Reads in this process. Raises UnusableFileError, also while the rows are read."""
    check_size(data, limits)
    if is_workbook(data):
        raw = workbook_rows(data, known, limits, choice)
    else:
        refuse_other_kinds(data)
        raw = csv_rows(data, known, choice.encoding)
    return RawRows(raw.source, _within(raw.rows, limits))


def _within(rows: Iterator[list[str]], limits: FileLimits) -> Iterator[list[str]]:
    """The rows without empty cells at their ends, until they hold more than is allowed."""
    cells_read = 0
    for number, cells in enumerate(rows, start=1):
        while cells and not cells[-1]:
            cells.pop()
        cells_read += len(cells)
        if len(cells) > limits.columns:
            arguments = {"columns": len(cells), "most": limits.columns}
            raise UnusableFileError([FileProblem(FileProblemCode.TOO_MANY_COLUMNS, number, arguments=arguments)])
        if cells_read > limits.cells:
            arguments = {"most": limits.cells}
            raise UnusableFileError([FileProblem(FileProblemCode.TOO_MANY_CELLS, number, arguments=arguments)])
        yield cells
