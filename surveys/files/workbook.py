"""Workbooks as spreadsheets write them, .xlsx, .xlsb, .xls and .ods: one visible sheet, its values as text."""

import datetime as dt
import io
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from surveys.files.codes import FileProblemCode
from surveys.files.error_cells import ErrorCells, error_cells
from surveys.files.hidden_lines import HiddenLines, hidden_lines
from surveys.files.limits import MB, FileLimits
from surveys.files.passwords import has_password
from surveys.files.problems import FileProblem, UnusableFileError
from surveys.files.source import RawRows, ReadingChoice, Source
from surveys.files.text import fold

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEETS_LOOKED_AT, _ROWS_LOOKED_AT, _NAMES_WANTED = 20, 30, 2


def workbook_rows(data: bytes, known: Collection[str], limits: FileLimits, choice: ReadingChoice) -> RawRows:
    """The rows of a visible sheet, formulas as their last result.

    Without a sheet that was chosen it is the first one that has names of `known`, folded, in its first rows.
    """
    check_unpacked_size(data, limits)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = _visible(book)
        is_there = choice.sheet in visible
        found = book.get_sheet_by_name(choice.sheet) if is_there else _first_known(book, visible, known)
        errors = error_cells(data, found.name)
        hidden = hidden_lines(data, found.name)
    except (UnusableFileError, MemoryError):
        raise
    except PasswordError as error:
        raise _refused(FileProblemCode.HAS_PASSWORD) from error
    except Exception as error:
        # calamine, xlrd and expat have an error of their own for each part that can be broken.
        code = FileProblemCode.HAS_PASSWORD if has_password(data) else FileProblemCode.NO_WORKBOOK
        raise _refused(code) from error
    source = Source(sheet=found.name, sheets=visible)
    if hidden is None:
        return RawRows(source, _rows(found, errors))
    source = replace(
        source,
        hidden_rows=_count_with_values(found, errors, hidden),
        hidden_columns=hidden.count_columns(found.end[1] + 1 if found.end else 0),
        skips_hidden=choice.skips_hidden,
    )
    rows = _rows(found, errors)
    return RawRows(source, _blank_hidden(rows, hidden) if choice.skips_hidden else rows)


def _count_with_values(sheet: CalamineSheet, errors: ErrorCells, hidden: HiddenLines) -> int:
    """Counts the hidden rows that are not blank."""
    rows = enumerate(_rows(sheet, errors)) if hidden.rows else ()
    return sum(any(cells) for number, cells in rows if number in hidden.rows)


def _blank_hidden(rows: Iterator[list[str]], hidden: HiddenLines) -> Iterator[list[str]]:
    """Hidden rows as blank ones, so that the others keep their numbers."""
    for number, cells in enumerate(rows):
        yield [] if number in hidden.rows else cells


def _visible(book: CalamineWorkbook) -> tuple[str, ...]:
    names = [entry.name for entry in book.sheets_metadata if entry.visible == SheetVisibleEnum.Visible]
    if not (visible := tuple(name for name in names if name in book.sheet_names)):
        raise _refused(FileProblemCode.NO_VISIBLE_SHEET)
    return visible


def _first_known(book: CalamineWorkbook, names: Sequence[str], known: Collection[str]) -> CalamineSheet:
    for name in names[:_SHEETS_LOOKED_AT]:
        found = book.get_sheet_by_name(name)
        top = islice(found.iter_rows(), _ROWS_LOOKED_AT)
        if any(sum(fold(_text(cell)) in known for cell in row) >= _NAMES_WANTED for row in top):
            return found
    return book.get_sheet_by_name(names[0])


def check_unpacked_size(data: bytes, limits: FileLimits) -> None:
    """Looks into a ZIP file's list of parts, and unpacks none."""
    if not data.startswith(ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _refused(FileProblemCode.NO_WORKBOOK) from error
    if unpacked > limits.unpacked_bytes:
        raise _refused(FileProblemCode.UNPACKED_TOO_LARGE, megabytes=limits.unpacked_bytes // MB)


def _rows(sheet: CalamineSheet, errors: ErrorCells) -> Iterator[list[str]]:
    """From the first row and column of the sheet on."""
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), shown in errors.items():
        by_row.setdefault(row, []).append((column, shown))
    # calamine begins rows with the first column that has a value, though it counts rows from the first.
    left = sheet.start[1] if sheet.start else 0
    number = -1
    for number, cells in enumerate(sheet.iter_rows()):
        yield _with_errors([""] * left + [_text(cell) for cell in cells], by_row.get(number, ()))
    for after in range(number + 1, max(by_row, default=-1) + 1):
        yield _with_errors([], by_row.get(after, ()))


def _with_errors(cells: list[str], errors: Iterable[tuple[int, str]]) -> list[str]:
    for column, shown in errors:
        cells += [""] * (column + 1 - len(cells))
        cells[column] = shown
    return cells


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def _refused(code: FileProblemCode, **arguments: int) -> UnusableFileError:
    return UnusableFileError([FileProblem(code, arguments=arguments)])
