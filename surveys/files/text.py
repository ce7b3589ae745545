"""CSV as spreadsheets write it: what the bytes mean, and what stands between the cells."""

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator

from surveys.files.problems import FileProblem, PeopleFileError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATORS = ",;\t"
_LEGACY_WORD = re.compile(rb"[A-Za-z\xa8\xb8\xc0-\xff]{2,}")
_FIRST_HIGH_BYTE = 0x80


def csv_rows(data: bytes, known: Collection[str]) -> Iterator[list[str]]:
    """The cells row by row, blank rows as empty lists. `known` are the names, folded, that a header may hold."""
    text = decode(data)
    separator, text = _separator(text, known)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):  # noqa: B007 # reported when the next row is broken
            yield cells
    except csv.Error as error:
        message = "A quotation mark is opened and not closed here, or the cell is too long; mend this row."
        raise PeopleFileError([FileProblem(message, row=number + 1)]) from error


def decode(data: bytes) -> str:
    """By its byte order mark; else UTF-16 by its zero bytes, UTF-8 if it is valid, Windows-1251 or -1252 otherwise."""
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PeopleFileError([FileProblem("The file is not text that can be read; save it as “CSV UTF-8” or as .xlsx.")])


def fold(name: str) -> str:
    """A header without case, spaces and punctuation: `Parent Department` is `parent_department`."""
    return "".join(filter(str.isalnum, name.casefold()))


def _encodings(data: bytes) -> Iterator[str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            yield encoding
            return
    if 0 in data[:2]:
        yield "utf-16-be" if data[0] == 0 else "utf-16-le"
        return
    yield "utf-8"
    words = _LEGACY_WORD.findall(data)
    # A Russian word has high bytes only, a Western one has a few among plain letters.
    russian = sum(min(word) >= _FIRST_HIGH_BYTE for word in words)
    western = sum(min(word) < _FIRST_HIGH_BYTE <= max(word) for word in words)
    yield from ("cp1251", "cp1252") if russian > western else ("cp1252", "cp1251")


def _separator(text: str, known: Collection[str]) -> tuple[str, str]:
    """The separator that finds most known names in the header, and the text without Excel's line `sep=;`."""
    start = text.lstrip("\r\n")
    first = start[: min((at for end in "\r\n" if (at := start.find(end)) >= 0), default=None)]
    if hint := re.fullmatch(r"\"?sep=([,;\t])\"?", first, re.IGNORECASE):
        return hint[1], start[len(first) :]
    names = {separator: next(csv.reader([first], delimiter=separator), []) for separator in _SEPARATORS}
    found = {separator: sum(fold(name) in known for name in names[separator]) for separator in _SEPARATORS}
    return max(_SEPARATORS, key=lambda separator: (found[separator], len(names[separator]))), text
