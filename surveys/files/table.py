"""From the bytes of a file to rows with named cells."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from surveys.files.codes import FileProblemCode
from surveys.files.headers import FileColumns, HeaderCell, UnknownColumnsError, assign
from surveys.files.invisible import remove_invisible
from surveys.files.limited_process import read_rows_safely
from surveys.files.limits import PEOPLE, FileLimits
from surveys.files.problems import FileProblem, UnusableFileError
from surveys.files.source import ReadingChoice, Source
from surveys.files.text import fold

_ROWS_LOOKED_AT = 20
_ROWS_SHOWN = 3
AS_FOUND = ReadingChoice()


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
    # What the rows were read from.
    source: Source
    # The cells of the header that have a title.
    header: tuple[HeaderCell, ...]
    # Those below the header that are not blank.
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
    # What the rows were read from.
    source: Source
    # The cells of the header that have a title.
    header: tuple[HeaderCell, ...]
    # (number, all cells), blank ones too.
    rows: Iterator[tuple[int, list[str]]]


def read_table(data: bytes, columns: FileColumns, *, choice: ReadingChoice = AS_FOUND) -> Table:
    """Raises UnusableFileError for a file that is no table, and while rows are read from a broken one."""
    table = read_raw_table(data, columns, choice=choice)
    return Table(frozenset(table.places), table.ignored, table.source, table.header, _rows(table))


def read_raw_table(
    data: bytes, columns: FileColumns, *, limits: FileLimits = PEOPLE, choice: ReadingChoice = AS_FOUND
) -> RawTable:
    """The same for a table of millions of rows."""
    names = columns.ranks
    wanted = {fold(name) for name in (*columns.required, *columns.optional)} | names.keys()
    raw = read_rows_safely(data, wanted, limits, choice)
    (number, cells), below = _header(enumerate(raw.rows, start=1), lambda cell: columns.key(tidy(cell)) in names)
    titles = [tidy(cell) for cell in cells]
    known = assign(titles, columns, choice.columns)
    first = list(islice(below, _ROWS_SHOWN))
    header = [
        HeaderCell(title, columns.key(title), name or "", tuple(_sample(first, place)))
        for place, (title, name) in enumerate(zip(titles, known, strict=True))
        if title
    ]
    places = _places(cells, known, number)
    _check_required(columns, places, number, header)
    ignored = tuple(cell.title for cell in header if not cell.column)
    width = max(place for place, title in enumerate(titles, start=1) if title)
    return RawTable(places, width, ignored, raw.source, tuple(header), chain(first, below))


def _sample(rows: Sequence[tuple[int, list[str]]], place: int) -> Iterator[str]:
    for _, cells in rows:
        if place < len(cells) and (text := tidy(cells[place])):
            yield text


def tidy(text: str) -> str:
    """The text without letters that nobody sees, its runs of white space made one space, in NFC."""
    text = " ".join(remove_invisible(text).split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def beyond(cells: Sequence[str], width: int) -> str:
    """The first cell that is not blank among those after the first `width`."""
    return next((text for cell in cells[width:] if (text := tidy(cell))), "")


def _header(
    numbered: Iterator[tuple[int, list[str]]], is_known: Callable[[str], bool]
) -> tuple[tuple[int, list[str]], Iterator[tuple[int, list[str]]]]:
    """The row of the first ones that names most columns, and the rows below it: a title may stand above the table."""
    first = list(islice(numbered, _ROWS_LOOKED_AT))
    filled = [(number, cells) for number, cells in first if any(map(str.strip, cells))]
    found = max(filled, key=lambda row: sum(map(is_known, row[1])), default=(1, []))
    return found, chain((row for row in first if row[0] > found[0]), numbered)


def _check_required(columns: FileColumns, places: Mapping[str, int], number: int, header: Sequence[HeaderCell]) -> None:
    missing = [
        name
        for name in columns.required
        if name not in places and not any(other in places for other in columns.instead.get(name, ()))
    ]
    if missing:
        arguments = {"columns": ", ".join((*columns.required, *columns.optional))}
        problems = [FileProblem(FileProblemCode.COLUMN_MISSING, number, name, arguments=arguments) for name in missing]
        raise UnknownColumnsError(problems, header)


def _places(header: list[str], names: Sequence[str | None], number: int) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, (cell, name) in enumerate(zip(header, names, strict=True)):
        if name in places:
            raise UnusableFileError([FileProblem(FileProblemCode.COLUMN_TWICE, number, name, cell)])
        if name:
            places[name] = place
    return places


def _rows(table: RawTable) -> Iterator[FileRow]:
    for number, cells in table.rows:
        named = {name: tidy(cells[place]) if place < len(cells) else "" for name, place in table.places.items()}
        if any(named.values()):
            yield FileRow(number, named, beyond(cells, table.width))
