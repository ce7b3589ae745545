"""From the bytes of a file to rows with named cells."""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from surveys.people_file.problems import PeopleFileError, Problem
from surveys.people_file.text import csv_rows, fold
from surveys.people_file.workbook import OLD_OFFICE, ZIP, workbook_rows

MAX_BYTES = 50 * 2**20
_INVISIBLE = "\ufeff\u200b"


@dataclass(frozen=True)
class Row:
    """`cells` by column, of the columns that the file has; trimmed, runs of white space made one space, NFC."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """`columns` are those that the file has, `ignored` headers that mean nothing here. Rows can be read once."""

    columns: frozenset[str]
    ignored: tuple[str, ...]
    rows: Iterator[Row]


def read_table(data: bytes, *, required: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """Raises PeopleFileError for a file that is no table, and while rows are read from a broken one."""
    names = {fold(name): name for name in (*required, *optional)}
    numbered = enumerate(_raw_rows(data, names), start=1)
    number, header = next(((number, cells) for number, cells in numbered if any(map(str.strip, cells))), (1, []))
    places = _places(header, names, number)
    if missing := [name for name in required if name not in places]:
        known = ", ".join(names.values())
        message = f"The column is missing; the first row names the columns: {known}."
        raise PeopleFileError([Problem(message, number, name) for name in missing])
    ignored = tuple(name for cell in header if (name := tidy(cell)) and fold(name) not in names)
    return Table(frozenset(places), ignored, _rows(numbered, places))


def tidy(text: str) -> str:
    text = " ".join(text.split()).strip(_INVISIBLE)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _raw_rows(data: bytes, known: Collection[str]) -> Iterator[list[str]]:
    if not data.strip():
        raise PeopleFileError([Problem("The file is empty.")])
    if len(data) > MAX_BYTES:
        raise PeopleFileError([Problem(f"The file is larger than {MAX_BYTES // 2**20} MB; keep only the people.")])
    if data.startswith(OLD_OFFICE):
        message = "The workbook is in the old format .xls, or has a password; save it as .xlsx without a password."
        raise PeopleFileError([Problem(message)])
    return workbook_rows(data) if data.startswith(ZIP) else csv_rows(data, known)


def _places(header: list[str], names: dict[str, str], number: int) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(header):
        name = names.get(fold(cell))
        if name in places:
            raise PeopleFileError([Problem("The column stands there twice; keep one of the two.", number, name, cell)])
        if name:
            places[name] = place
    return places


def _rows(numbered: Iterator[tuple[int, list[str]]], places: dict[str, int]) -> Iterator[Row]:
    for number, cells in numbered:
        named = {name: tidy(cells[place]) if place < len(cells) else "" for name, place in places.items()}
        if any(named.values()):
            yield Row(number, named)
