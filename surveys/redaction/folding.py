"""A text as it is read, without the tricks of Unicode: its words, and a key that all spellings of a name share."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

# Drawn as nothing although Unicode counts them as letters or signs.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Letters of two alphabets that look the same: Cyrillic (or Greek), Latin.
_LOOKALIKES = (
    *("аa", "вb", "еe", "кk", "мm", "нh", "оo", "рp", "сc", "тt", "уy", "хx", "іi", "јj", "ѕs", "һh", "ԁd", "ԛq", "ԝw"),
    *("αa", "βb", "εe", "κk", "μm", "νv", "οo", "ρp", "τt", "υy", "χx"),
)
_TO_LATIN = {pair[0]: pair[1] for pair in _LOOKALIKES}
_TO_CYRILLIC = {pair[1]: pair[0] for pair in _LOOKALIKES if "а" <= pair[0] <= "я"}
# One spelling for those that differ between ways to write a name in Latin letters: Wojtschenko, Voitschenko.
_SPELLINGS = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        ("shch|sch|tsch|sh", "s"),
        ("tch|ch|cz", "4"),
        ("zh", "z"),
        ("kh", "h"),
        ("ph", "f"),
        ("th", "t"),
        ("dzh|dj", "j"),
        ("ts|tz", "c"),
        ("ck|q|c", "k"),
        ("x", "ks"),
        ("w", "v"),
        ("[yj]", "i"),
        (r"(.)\1+", r"\1"),
        ("ie", "e"),
    )
)


@dataclass(frozen=True)
class ReadableText:
    """What a reader sees of a text."""

    # Composed and without what is invisible.
    text: str
    # Of each character of it, where the characters that it was made of begin in the original; then the end.
    origins: tuple[int, ...]


@dataclass(frozen=True)
class Word:
    """Letters and digits without anything between them."""

    # As it is read, in its case.
    text: str
    # The place of its first character in the readable text.
    start: int
    # The place behind its last character.
    end: int

    @property
    def lower(self) -> str:
        return plain(self.text)

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper()


def readable(original: str) -> ReadableText:
    """The text composed (NFKC), without invisible characters and without marks that no letter has."""
    letters: list[str] = []
    origins: list[int] = []
    for start, cluster in _clusters(original):
        composed = unicodedata.normalize("NFKC", cluster)
        seen = "".join(letter for letter in composed if not unicodedata.combining(letter)) or " "
        letters.append(seen)
        origins += [start] * len(seen)
    return ReadableText("".join(letters), (*origins, len(original)))


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each visible character with the marks that follow it, and where it is."""
    start, cluster = 0, ""
    for place, letter in enumerate(text):
        category = unicodedata.category(letter)
        if letter in _BLANK or category == "Cf" or (category == "Cc" and letter not in "\n\t\r"):
            continue
        if category in ("Mn", "Me") and cluster:
            cluster += letter
            continue
        if cluster:
            yield start, cluster
        start, cluster = place, letter
    if cluster:
        yield start, cluster


def words(text: str) -> list[Word]:
    """The words of a readable text in their order."""
    return [Word(_one_alphabet(match.group()), *match.span()) for match in re.finditer(r"[^\W_]+", text)]


def plain(word: str) -> str:
    """A word in lower case, with е for ё."""
    return word.casefold().replace("ё", "е")


def without_marks(word: str) -> str:
    """A word in lower case as a keyboard without its marks writes it: muller for müller."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))


@lru_cache(maxsize=200_000)
def key_of(word: str) -> str:
    """What all spellings of a name share, in whatever alphabet; no word that is spoken."""
    key = anyascii(plain(word)).lower()
    key = re.sub("[^a-z0-9]", "", key)
    for pattern, spelling in _SPELLINGS:
        key = pattern.sub(spelling, key)
    return key


def _one_alphabet(word: str) -> str:
    """A word of two alphabets in the one that most of its letters are of."""
    lower = word.lower()
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in lower)
    latin = sum("a" <= letter <= "z" for letter in lower)
    greek = sum("\u0370" <= letter <= "\u03ff" for letter in lower)
    if max(cyrillic, latin, greek) == cyrillic + latin + greek:
        return word
    table = _TO_CYRILLIC if cyrillic > latin else _TO_LATIN
    return "".join(_in_case(table.get(letter.lower(), letter), letter) for letter in word)


def _in_case(letter: str, model: str) -> str:
    return letter.upper() if model.isupper() else letter
