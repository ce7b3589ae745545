"""What the bytes of a text mean. UTF-8 and UTF-16 are told for sure; of all others the likely ones are offered."""

import codecs
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from charset_normalizer import from_bytes

from surveys.files.codes import FileProblemCode
from surveys.files.problems import FileProblem, UnusableFileError
from surveys.files.source import EncodingCandidate, UnknownEncodingError

# The mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Those that people meet, the frequent ones first.
TITLES = {
    "cp1252": "Western European (Windows)",
    "cp1251": "Cyrillic (Windows)",
    "cp1250": "Central European (Windows)",
    "mac_roman": "Western European (Mac)",
    "cp932": "Japanese (Shift-JIS)",
    "gb18030": "Chinese, simplified (GB 18030)",
    "big5": "Chinese, traditional (Big5)",
    "cp949": "Korean (Windows)",
    "cp1254": "Turkish (Windows)",
    "cp1253": "Greek (Windows)",
    "cp1257": "Baltic (Windows)",
    "cp1255": "Hebrew (Windows)",
    "cp1256": "Arabic (Windows)",
    "cp874": "Thai (Windows)",
    "cp1258": "Vietnamese (Windows)",
    "cp850": "Western European (DOS)",
    "cp852": "Central European (DOS)",
    "cp866": "Cyrillic (DOS)",
    "koi8_r": "Cyrillic (KOI8-R)",
    "koi8_u": "Ukrainian (KOI8-U)",
    "mac_cyrillic": "Cyrillic (Mac)",
    "mac_latin2": "Central European (Mac)",
    "mac_turkish": "Turkish (Mac)",
    "mac_greek": "Greek (Mac)",
    "iso8859_2": "Central European (ISO)",
    "iso8859_5": "Cyrillic (ISO)",
    "iso8859_15": "Western European (ISO)",
    "euc_jp": "Japanese (EUC)",
}
MOST_OFFERED = 8
# What programs of different countries take a text for.
_TAKEN_FOR = ("cp1252", "cp1251", "cp1250")
_CELL = re.compile(rb"[^,;\t\r\n\"]*[\x80-\xff][^,;\t\r\n\"]*")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
# As Python keeps a byte that it could not decode.
_WRONG = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_JAPANESE = {"HIRAGANA", "KATAKANA", "CJK", "KATAKANA-HIRAGANA"}
_CELLS_JUDGED = 500
_CELLS_SHOWN = 6
_BYTES_GUESSED = 20_000
_LOOKED_AT = 4096
_ZEROS_WANTED = 4
_UNTIDY = 3


def decode(data: bytes, encoding: str = "") -> tuple[str, str]:
    """The text and its codec: by `encoding` if one is given, else by mark, zero bytes, or as UTF-8.

    Bytes that are no UTF-8 in a text that otherwise is stay as lone surrogates: `wrong_byte` finds them.
    Raises UnknownEncodingError with what is likely, and UnusableFileError for bytes that are no text at all.
    """
    if encoding:
        return _strict(data, encoding), encoding
    sure = _sure(data)
    if sure not in ("utf-8", "utf-8-sig"):
        return _strict(data, sure), sure
    text = data.decode(sure, "surrogateescape")
    if "\0" in text[:_LOOKED_AT].partition("\n")[0]:
        raise _unreadable()
    if sure == "utf-8-sig" or _is_mostly_right(text):
        return text, "utf-8"
    candidates = likely_encodings(data)
    if not candidates:
        raise _unreadable()
    raise UnknownEncodingError(candidates)


def encoding_title(encoding: str) -> str:
    """What people call a codec; the codec itself where they have no name for it."""
    return TITLES.get(encoding, encoding.upper())


def wrong_byte(text: str) -> int | None:
    """The first byte of a decoded text that is no UTF-8, from 0x80 to 0xFF."""
    found = _WRONG.search(text)
    return ord(found[0]) & 0xFF if found else None


def show_wrong_bytes(text: str) -> str:
    """The text with each wrong byte as `\\xE9`, so that it can be shown."""
    return _WRONG.sub(lambda found: f"\\x{ord(found[0]) & 0xFF:02X}", text)


def was_misread(text: str) -> bool:
    """Whether a program took UTF-8 for another encoding and saved that: `JÃ¼rgen` for `Jürgen`."""
    if text.isascii():
        return False
    for encoding in _TAKEN_FOR:
        try:
            meant = text.encode(encoding).decode()
        except UnicodeError:
            continue
        if _faults(meant) < _faults(text):
            return True
    return False


def likely_encodings(data: bytes) -> tuple[EncodingCandidate, ...]:
    """Those by which the text reads like words, the most likely first; of two that read the same, the frequent one."""
    cells = list(dict.fromkeys(_CELL.findall(data)))[:_CELLS_JUDGED]
    shown = _telling(cells)
    coherence = {match.encoding: match.coherence for match in from_bytes(b"\n".join(cells)[:_BYTES_GUESSED])}
    ranked: list[tuple[float, float, EncodingCandidate]] = []
    readings: set[tuple[str, ...]] = set()
    for encoding, title in TITLES.items():
        try:
            data.decode(encoding)
            read = tuple(cell.decode(encoding).strip() for cell in cells)
        except UnicodeDecodeError:
            continue
        fault = sum(map(_faults, read)) / len(read)
        if read not in readings and fault < _UNTIDY:
            readings.add(read)
            sample = tuple(cell.decode(encoding).strip() for cell in shown)
            ranked.append((fault, -coherence.get(encoding, 0), EncodingCandidate(encoding, title, sample)))
    ranked.sort(key=lambda entry: entry[:2])
    return tuple(candidate for _, _, candidate in ranked[:MOST_OFFERED])


def _sure(data: bytes) -> str:
    """UTF-16 without a mark has a zero byte beside each separator and line end; where it is tells the order."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    start = data[:_LOOKED_AT]
    even, odd = start[::2].count(0), start[1::2].count(0)
    is_utf_16 = 0 in data[:2] or (min(even, odd) == 0 and max(even, odd) >= _ZEROS_WANTED)
    if not is_utf_16:
        return "utf-8"
    return "utf-16-be" if even > odd else "utf-16-le"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (ValueError, LookupError) as error:  # bytes that are none; no codec of texts, or none at all
        raise _unreadable() from error


def _unreadable() -> UnusableFileError:
    return UnusableFileError([FileProblem(FileProblemCode.NO_TEXT)])


def _is_mostly_right(text: str) -> bool:
    wrong = len(_WRONG.findall(text))
    return not wrong or wrong <= (len(_BEYOND_ASCII.findall(text)) - wrong) // 2


def _telling(cells: Sequence[bytes]) -> list[bytes]:
    """A few cells that between them hold as many different bytes as possible, in the file's order."""
    seen: set[int] = set()
    chosen: list[bytes] = []
    for cell in cells:
        high = {byte for byte in cell if byte > 0x7F}  # noqa: PLR2004 # the last of ASCII
        if high - seen and len(chosen) < _CELLS_SHOWN:
            chosen.append(cell)
            seen |= high
    return chosen


def _faults(text: str) -> float:
    """How unlike words a cell is: signs, capitals after small letters, scripts mixed in a word; 0 is not at all."""
    strange = sum(3 for letter in text if not letter.isascii() and not _is_letter(letter))
    for word in _WORD.findall(text):
        scripts = {unicodedata.name(letter, "?").split()[0] for letter in word}
        strange += 2 if len(scripts) > 1 and scripts - _JAPANESE else 0
        strange += sum(before.islower() and after.isupper() for before, after in pairwise(word))
        strange += sum(unicodedata.name(letter, "?").startswith("HALFWIDTH") for letter in word)
    return strange


def _is_letter(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LM"
