"""XLSX as spreadsheets write it: the first sheet, its values as text."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator

from django.utils.module_loading import import_string

from surveys.files.problems import FileProblem, PeopleFileError

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
MAX_UNPACKED_BYTES = 400 * 2**20
_BROKEN = "The file is no workbook that can be read; save it again as .xlsx or as “CSV UTF-8”."


def workbook_rows(data: bytes) -> Iterator[list[str]]:
    """The cells of the first sheet row by row, formulas as their last result."""
    try:
        _check_size(data)
        # Imported when a workbook comes: openpyxl brings numpy along, and a web worker is to start without it.
        book = import_string("openpyxl.load_workbook")(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # Some programs write a wrong range, beyond which openpyxl would not look.
        sheet.reset_dimensions()
        for cells in sheet.iter_rows(values_only=True):
            yield [_text(cell) for cell in cells]
        book.close()
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, SyntaxError, EOFError) as error:
        raise PeopleFileError([FileProblem(_BROKEN)]) from error


def _check_size(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > MAX_UNPACKED_BYTES:
        message = f"The workbook unpacks to more than {MAX_UNPACKED_BYTES // 2**20} MB; keep only the sheet of people."
        raise PeopleFileError([FileProblem(message)])


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    return str(cell)
