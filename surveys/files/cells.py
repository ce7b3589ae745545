"""What a cell may hold. Each parser takes tidy text and returns the value, or raises CellError."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar
from zoneinfo import available_timezones

from tzlocal.windows_tz import win_tz

from surveys.files.addresses import LONGEST, delivered
from surveys.files.codes import FileProblemCode
from surveys.files.encodings import was_misread
from surveys.files.error_cells import UNCALCULATED
from surveys.files.problems import FileProblem
from surveys.files.table import FileRow
from surveys.files.wording import Argument

T = TypeVar("T")

# As spreadsheets write them in English, Russian, German, French, Spanish and Polish, and as people do.
_YES = {"yes", "y", "true", "1", "x", "+", "✓", "да", "д", "истина"}
_YES |= {"ja", "wahr", "oui", "vrai", "sí", "si", "verdadero", "tak", "prawda"}
_NO = {"", "no", "n", "false", "0", "-", "–", "нет", "н", "ложь"}
_NO |= {"nein", "falsch", "non", "faux", "falso", "nie", "fałsz"}
# What a spreadsheet shows for an error, in any of its languages (#N/A, #REF!, #WERT!, #ССЫЛКА!, Err:502), or for a
# column that is too narrow.
_ERROR = re.compile(r"#(?:N/A|N/D|NV|Н/Д|GETTING_DATA|[¡¿]?[A-ZÀ-ÞА-ЯЁĄ-Ż/0]{3,}[!?]|#{2,})|Err:\d{3}")
# What a spreadsheet makes of 3-1 or 10:30 while somebody types; no column here is a date.
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?)?|(\d+ days?, )?\d\d?:\d\d:\d\d(\.\d+)?")
# Before a value, as people type it into a spreadsheet, it says that the cell is text. No address begins with one.
_TEXT_MARK = "'"
# What the languages are called in the others.
_LANGUAGES = dict.fromkeys(("englisch", "anglais", "inglés", "английский", "англ", "английский язык"), "en")
_LANGUAGES |= dict.fromkeys(("russian", "russisch", "russe", "ruso", "рус", "русский язык"), "ru")
# What a program writes for a letter that it could not read.
_LOST = "\ufffd"


class CellError(ValueError):
    """What is wrong with a cell: a code with its arguments."""

    def __init__(self, code: FileProblemCode, **arguments: Argument) -> None:
        self.code = code
        self.arguments = arguments
        super().__init__(code, arguments)


class RowReader:
    """Reads the cells of one row and adds what is wrong with them to `problems`.

    Of a row that is longer than the first only that is reported: a separator inside a text shifts all cells after it.
    """

    def __init__(self, row: FileRow, problems: list[FileProblem]) -> None:
        self.row = row
        self.problems = problems
        self.is_sound = not row.beyond
        if row.beyond:
            problems.append(FileProblem(FileProblemCode.BEYOND_HEADER, row.number, value=row.beyond))

    def read(self, column: str, parse: Callable[[str], T]) -> T | None:
        """None if the file has no such column, or if the cell is wrong; then `is_sound` is False from now on."""
        return self._parse(column, self.row.cells.get(column), parse)

    def _parse(self, column: str, value: str | None, parse: Callable[[str], T]) -> T | None:
        if self.row.beyond or value is None:
            return None
        try:
            return parse(storable(value))
        except CellError as error:
            self.reject(column, error.code, **error.arguments)
            return None

    def read_joined(self, columns: Sequence[str], parse: Callable[[str], T]) -> T | None:
        """The texts of several columns with a space between them, as one cell; what is wrong is told of the first."""
        joined = " ".join(filter(None, (self.row.cells.get(column, "") for column in columns)))
        return self._parse(columns[0], joined, parse)

    def reject(self, column: str, code: FileProblemCode, **arguments: Argument) -> None:
        self.is_sound = False
        self.problems.append(FileProblem(code, self.row.number, column, self.row.cells.get(column, ""), arguments))


def email(value: str) -> str:
    """As it is delivered, and as the roster keeps it."""
    if not value:
        raise CellError(FileProblemCode.EMAIL_MISSING)
    try:
        found = delivered(value.removeprefix(_TEXT_MARK))
    except ValueError as error:
        raise CellError(FileProblemCode.NO_EMAIL) from error
    if len(found) > LONGEST:
        raise CellError(FileProblemCode.EMAIL_TOO_LONG, most=LONGEST)
    return found


def text(longest: int, *, missing: FileProblemCode | None = None) -> Callable[[str], str]:
    """A parser of text of at most `longest` characters; an empty cell raises `missing`, if that is given."""

    def parse(value: str) -> str:
        if not value and missing is not None:
            raise CellError(missing)
        if len(value) > longest:
            raise CellError(FileProblemCode.TEXT_TOO_LONG, length=len(value), most=longest)
        return value

    return parse


def flag(value: str) -> bool:
    folded = value.casefold()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise CellError(FileProblemCode.NOT_YES_OR_NO)


def language(languages: Sequence[tuple[str, str]], default: str) -> Callable[[str], str]:
    """A parser of a language's code, with a country or without, or of its name; an empty cell is the default one."""
    codes = {name.casefold(): code for code, name in languages} | {code.casefold(): code for code, _ in languages}
    known = ", ".join(f"{code} ({name})" for code, name in languages)

    def parse(value: str) -> str:
        if not value:
            return default
        folded = value.casefold()
        code = _LANGUAGES.get(folded) or re.split(r"[-_]", folded)[0]
        found = codes.get(folded) or codes.get(code)
        if found is None:
            raise CellError(FileProblemCode.LANGUAGE_UNKNOWN, languages=known)
        return found

    return parse


def time_zone(value: str) -> str:
    """An empty cell is the company's own time zone, and stays empty."""
    if not value:
        return ""
    found = _time_zones().get(value.casefold()) or _zone_of_windows(value)
    if found is None:
        raise CellError(FileProblemCode.TIME_ZONE_UNKNOWN)
    return found


def _zone_of_windows(value: str) -> str | None:
    """By the name that Windows and Outlook store, or by a city of what they show: (UTC+01:00) Amsterdam, Berlin."""
    if found := _windows_zones().get(value.casefold()):
        return found
    offset, is_shown, cities = value.partition(") ")
    if not is_shown or not offset.startswith(("(UTC", "(GMT")):
        return None
    names = (re.sub(r"[ .]+", "_", city.strip().casefold()) for city in cities.split(","))
    return next((_cities()[name] for name in names if name in _cities()), None)


@cache
def _windows_zones() -> dict[str, str]:
    return {name.casefold(): zone for name, zone in win_tz.items()}


@cache
def _cities() -> dict[str, str]:
    """Zones by the city in their name."""
    return {name.rpartition("/")[2].casefold(): name for name in sorted(available_timezones()) if "/" in name}


@cache
def _time_zones() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def storable(value: str) -> str:
    """The text as it is. Refuses what a database cannot keep or nobody can see, errors, and letters lost or misread."""
    if value == UNCALCULATED:
        raise CellError(FileProblemCode.NOT_CALCULATED)
    if _DATE.fullmatch(value):
        raise CellError(FileProblemCode.DATE_IN_CELL)
    if _ERROR.fullmatch(value):
        raise CellError(FileProblemCode.SPREADSHEET_ERROR)
    if _LOST in value:
        raise CellError(FileProblemCode.LETTER_LOST)
    if was_misread(value):
        raise CellError(FileProblemCode.MISREAD)
    if not value.isprintable():
        for character in value:
            if unicodedata.category(character) in {"Cc", "Cs"}:
                raise CellError(FileProblemCode.CONTROL_CHARACTER, character=ord(character))
    return value
