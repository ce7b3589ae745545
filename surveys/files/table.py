"""From the bytes of a file to rows with named cells."""

import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from surveys.files.problems import FileProblem, PeopleFileError
from surveys.files.text import csv_rows, fold
from surveys.files.workbook import OLD_OFFICE, ZIP, workbook_rows

MAX_BYTES = 50 * 2**20
_INVISIBLE = "\ufeff\u200b"


@dataclass(frozen=True)
class FileRow:
    """One row of a table, its cells cleaned."""

    # Counted from 1, as a spreadsheet shows it.
    number: int
    # By column, of the columns that the file has: trimmed, runs of white space made one space, NFC.
    cells: dict[str, str]
    # The first cell to the right of the last column that has a name, if any: then no cell can be trusted.
    beyond: str = ""


@dataclass(frozen=True)
class Table:
    """A file of rows below a header. The rows can be read once."""

    # The known columns that the file has.
    columns: frozenset[str]
    # Headers that mean nothing here.
    ignored: tuple[str, ...]
    rows: Iterator[FileRow]


@dataclass(frozen=True)
class RawTable:
    """A file of millions of rows below a header, its cells as they are. The rows can be read once."""

    # Where each known column is, counted from 0.
    places: Mapping[str, int]
    # How many columns there are, up to the last that has a name, known here or not.
    width: int
    # Headers that mean nothing here.
    ignored: tuple[str, ...]
    # (number, all cells), blank ones too.
    rows: Iterator[tuple[int, list[str]]]


def read_table(data: bytes, *, required: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """Raises PeopleFileError for a file that is no table, and while rows are read from a broken one."""
    table = read_raw_table(data, required=required, optional=optional)
    return Table(frozenset(table.places), table.ignored, _rows(table))


def read_raw_table(
    data: bytes,
    *,
    required: Sequence[str],
    optional: Sequence[str] = (),
    key: Callable[[str], str] = fold,
    most: int = MAX_BYTES,
) -> RawTable:
    """The same for a table of millions of rows. `key` says which headers are one name, `most` the bytes allowed."""
    names = {key(name): name for name in (*required, *optional)}
    numbered = enumerate(_raw_rows(data, {fold(name) for name in names.values()}, most), start=1)
    number, cells = _header(numbered)
    header = [tidy(cell) for cell in cells]
    columns = [names.get(key(title)) for title in header]
    places = _places(cells, columns, number)
    _check_required(required, places, number, known=", ".join(names.values()))
    ignored = tuple(title for title, name in zip(header, columns, strict=True) if title and name is None)
    width = max(place for place, title in enumerate(header, start=1) if title)
    return RawTable(places, width, ignored, numbered)


def tidy(text: str) -> str:
    text = " ".join(text.split()).strip(_INVISIBLE)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def beyond(cells: Sequence[str], width: int) -> str:
    """The first cell that is not blank among those after the first `width`."""
    return next((text for cell in cells[width:] if (text := tidy(cell))), "")


def _header(numbered: Iterator[tuple[int, list[str]]]) -> tuple[int, list[str]]:
    """The first row that is not blank."""
    return next(((number, cells) for number, cells in numbered if any(map(str.strip, cells))), (1, []))


def _check_required(required: Sequence[str], places: Mapping[str, int], number: int, *, known: str) -> None:
    if missing := [name for name in required if name not in places]:
        message = f"The column is missing; the first row names the columns: {known}."
        raise PeopleFileError([FileProblem(message, number, name) for name in missing])


def _raw_rows(data: bytes, known: Collection[str], most: int) -> Iterator[list[str]]:
    if not data.strip():
        raise PeopleFileError([FileProblem("The file is empty.")])
    if len(data) > most:
        raise PeopleFileError(
            [FileProblem(f"The file is larger than {most // 2**20} MB; keep only what is read here.")]
        )
    if data.startswith(OLD_OFFICE):
        message = "The workbook is in the old format .xls, or has a password; save it as .xlsx without a password."
        raise PeopleFileError([FileProblem(message)])
    return workbook_rows(data) if data.startswith(ZIP) else csv_rows(data, known)


def _places(header: list[str], names: Sequence[str | None], number: int) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, (cell, name) in enumerate(zip(header, names, strict=True)):
        if name in places:
            raise PeopleFileError([FileProblem("The column is there twice; keep one of the two.", number, name, cell)])
        if name:
            places[name] = place
    return places


def _rows(table: RawTable) -> Iterator[FileRow]:
    for number, cells in table.rows:
        named = {name: tidy(cells[place]) if place < len(cells) else "" for name, place in table.places.items()}
        if any(named.values()):
            yield FileRow(number, named, beyond(cells, table.width))
