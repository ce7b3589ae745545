"""The names of the roster, to be looked up by what somebody has written."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from surveys.redaction.folding import key_of, plain, without_marks
from surveys.redaction.inflection import forms_of
from surveys.redaction.lexicon import SHORTEST_NAME, Reading, is_word, reading_of
from surveys.redaction.vocabulary import vocabulary

# The fewest letters of a name that is found with a typing error.
_MIN_TYPO = 4
# The fewest letters of a name that is found in pieces, or run together with another one.
MIN_PIECES = 5
# Three-letter keys that stand for another spelling say too little.
_MIN_KEY = 4
Parts = frozenset[str]


@dataclass(frozen=True)
class FoundName:
    """A written word that is a name of the roster, or may be."""

    # The parts of names that it may be a form of.
    parts: Parts
    # How it is meant, as far as the word itself says.
    reading: Reading


class NameIndex:
    """All forms of all names. Building it takes about a millisecond a name that is new to it."""

    def __init__(self, names: Iterable[str], addresses: Iterable[str] = (), departments: Iterable[str] = ()) -> None:
        self._departments = {plain(word) for name in departments for word in re.findall(r"[^\W\d_]+", name)}
        self._spelled: dict[str, set[str]] = defaultdict(set)
        self._keys: dict[str, set[str]] = defaultdict(set)
        # Spellings and keys by their length and one half of their letters: a typing error leaves the other half whole.
        self._halves: dict[tuple[int, str, str], list[str]] = defaultdict(list)
        self._pairs: set[frozenset[str]] = set()
        self._initials: dict[str, set[str]] = defaultdict(set)
        for name in set(names):
            self._add_name(name)
        for address in set(addresses):
            self._add_address(address)
        for spelling in {*self._spelled, *self._keys}:
            for half in _halves(spelling, len(spelling)):
                self._halves[half].append(spelling)
        self._find = lru_cache(maxsize=200_000)(self._look_up)

    def find(self, word: str) -> FoundName | None:
        """What a word in lower case is, with one typing error at most; None where it is no name."""
        return self._find(word)

    def forget(self) -> None:
        """Forgets every word that was looked up."""
        self._find.cache_clear()

    def has(self, word: str) -> bool:
        """Whether a word in lower case is a form of a name, letter by letter."""
        return word in self._spelled

    def are_one_person(self, first: Parts, second: Parts) -> bool:
        """Whether somebody on the roster has a part of the one and a part of the other in the name."""
        return any(frozenset((one_part, other)) in self._pairs for one_part in first for other in second)

    def has_initial(self, parts: Parts, letter: str) -> bool:
        """Whether somebody who has one of these parts in the name has another one that begins with the letter."""
        return any(plain(letter) in self._initials[part] for part in parts if part in self._initials)

    def _add_name(self, name: str) -> None:
        parts = [part for part in re.findall(r"[^\W\d_]+", plain(name)) if len(part) > 1]
        telling = [part for part in parts if part not in vocabulary().particles] or parts
        for part in telling:
            if part not in self._initials:
                self._add(part, forms_of(part))
            self._pairs.update(frozenset((part, other)) for other in telling)
            self._initials[part].update(other[0] for other in parts if other != part)
        for joined in _run_together(name, parts, telling):
            self._add(joined, {joined})

    def _add_address(self, address: str) -> None:
        """What stands before the @, unless it is a word or a department, numbered or not."""
        local = re.sub(r"[^\w]|_", "", plain(address).partition("@")[0])
        letters = re.sub(r"\d", "", local)
        if len(letters) >= MIN_PIECES and letters not in self._departments and not is_word(letters):
            self._add(local, {local})

    def _add(self, part: str, forms: Collection[str]) -> None:
        for spelling in {*forms, *map(without_marks, forms)}:
            self._spelled[spelling].add(part)
            if len(key := key_of(spelling)) >= SHORTEST_NAME:
                self._keys[key].add(part)

    def _look_up(self, word: str) -> FoundName | None:
        if word in self._spelled:
            is_department = word in self._departments
            reading = Reading.DEPARTMENT if is_department else reading_of(word)
            return FoundName(frozenset(self._spelled[word]), reading)
        if re.sub(r"[\W\d_]", "", word) in self._departments or is_word(word):
            return None
        key = key_of(word)
        if key in self._keys and (len(key) >= _MIN_KEY or not word.isascii()):
            return FoundName(frozenset(self._keys[key]), Reading.NAME if len(key) > SHORTEST_NAME else Reading.CAPITAL)
        if _is_mostly_digits(word):
            return None
        return self._near({word, key} if len(key) > _MIN_TYPO else {word})

    def _near(self, spellings: Iterable[str]) -> FoundName | None:
        known = {known for spelling in spellings for known in self._candidates(spelling)}
        parts: set[str] = set()
        for name in known:
            if any(OSA.distance(spelling, name, score_cutoff=1) <= 1 for spelling in spellings):
                parts |= self._spelled.get(name, set()) | self._keys.get(name, set())
        return FoundName(frozenset(parts), Reading.NAME) if parts else None

    def _candidates(self, spelling: str) -> Iterator[str]:
        if len(spelling) < _MIN_TYPO:
            return
        for length in range(max(len(spelling) - 1, _MIN_TYPO), len(spelling) + 2):
            for half in _halves(spelling, length):
                yield from self._halves.get(half, ())


def _run_together(name: str, parts: list[str], telling: list[str]) -> set[str]:
    """A name as one word, as in addresses: o'brien, delacruz, ivanpetrov, petrovivan."""
    words = ["".join(re.findall(r"[^\W\d_]+", word)) for word in plain(name).split()]
    orders = (parts, parts[::-1], parts[-2:], parts[:2], parts[1:] if parts != telling else [], telling)
    return {joined for joined in (*words, *map("".join, orders)) if len(joined) >= MIN_PIECES}


def _is_mostly_digits(word: str) -> bool:
    return sum(letter.isdigit() for letter in word) * 2 > len(word)


def _halves(key: str, length: int) -> Iterator[tuple[int, str, str]]:
    """The first and the last letters of a key of `length`; the letter between belongs to neither half."""
    first = (length - 1) // 2
    yield length, "first", key[:first]
    yield length, "last", key[-(length - first - 1) :]
