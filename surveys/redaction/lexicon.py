"""Whether a word is an ordinary one, by a dictionary of English and one of Russian."""

import re
from collections.abc import Callable
from enum import Enum
from functools import cache, lru_cache

import pymorphy3
from hunspell import Hunspell
from pymorphy3.analyzer import Parse

from surveys.redaction.vocabulary import vocabulary

# Names of so few letters are looked at twice.
SHORTEST_NAME = 2
# The share of a Russian word's readings that must be no name before it counts as an ordinary word.
_ORDINARY_SHARE = 0.08
_OF_PEOPLE = frozenset({"Name", "Surn", "Patr", "Poss"})
# Of quality, and pronouns and numbers that are declined as adjectives.
_ORDINARY_ADJECTIVES = frozenset({"Qual", "Apro", "Anum"})
_RUSSIAN = re.compile(r"[а-я-]+")
_ENGLISH = re.compile(r"[a-z']+")
# Letters of ром, лен, ген, which are plurals of names as well.
_SHORTEST_CASE = 3
# Plurals such as волков are surnames where they are capitalised.
_LIKE_SURNAME = re.compile(r"(ов|ев|ин|ын)(а|у|ым|е|ой|ы|ых|ыми)?$")


class Reading(Enum):
    """How a word that is on the roster is meant, as far as the word itself says."""

    # As a name.
    NAME = "name"
    # As a name where it is capitalised, even where a sentence begins.
    CAPITAL = "capital"
    # As a word, unless the words around it say otherwise.
    WORD = "word"
    # As a department, unless the rest of the name stands beside it.
    DEPARTMENT = "department"


@cache
def russian() -> pymorphy3.MorphAnalyzer:
    """The Russian dictionary; some 30 MB from the first call on."""
    return pymorphy3.MorphAnalyzer(lang="ru")


@cache
def english() -> Hunspell:
    """The English dictionary; it tells capitalised names from words in lower case."""
    return Hunspell("en_US")


@lru_cache(maxsize=50_000)
def reading_of(word: str) -> Reading:
    """How a name of the roster is meant where it is written `word`, which is in lower case."""
    words = vocabulary()
    singular = word.removesuffix("s")
    if word in words.names_in_capitals:
        return Reading.CAPITAL
    if {word, singular} & words.names_first or _is_first_a_name(word):
        return Reading.NAME
    if _RUSSIAN.fullmatch(word):
        return _russian_reading(word)
    if is_word(word):
        return Reading.WORD
    return Reading.NAME if len(word) > SHORTEST_NAME else Reading.CAPITAL


@lru_cache(maxsize=200_000)
def is_word(word: str) -> bool:
    """Whether a word in lower case is one of English or Russian, or a place, and not only a name of people."""
    words = vocabulary()
    if word in words.trade or word in words.calendar:
        return True
    if _RUSSIAN.fullmatch(word):
        return _share(word, _is_of_no_person) >= _ORDINARY_SHARE
    return bool(_ENGLISH.fullmatch(word)) and bool(english().spell(word)) and word not in words.names_first


def _russian_reading(word: str) -> Reading:
    if _share(word, _is_ordinary) < _ORDINARY_SHARE:
        return Reading.NAME if len(word) > SHORTEST_NAME else Reading.CAPITAL
    is_surname = _LIKE_SURNAME.search(word) and _share(word, lambda reading: "Surn" in reading.tag) > 0
    return Reading.CAPITAL if is_surname else Reading.WORD


def _share(word: str, accept: Callable[[Parse], bool]) -> float:
    """How often the word has a reading that is accepted, 0 to 1; 0 for a word that is not in the dictionary."""
    if not russian().word_is_known(word):
        return 0.0
    readings = russian().parse(word)
    accepted = sum(reading.score for reading in readings if accept(reading))
    return float(accepted / sum(reading.score for reading in readings))


def _is_of_no_person(reading: Parse) -> bool:
    return not _OF_PEOPLE & reading.tag.grammemes


def _is_ordinary(reading: Parse) -> bool:
    """Adjectives of relation are surnames (чернышевский), and the gerunds are rare words (костя, женя)."""
    tag = reading.tag
    if _OF_PEOPLE & tag.grammemes or "Geox" in tag or tag.POS == "GRND":
        return False
    return tag.POS != "ADJF" or not _ORDINARY_ADJECTIVES.isdisjoint(tag.grammemes)


def _is_first_a_name(word: str) -> bool:
    """Whether it is a case of a given name that has rarer readings: лены, ире."""
    if len(word) <= _SHORTEST_CASE or not _RUSSIAN.fullmatch(word):
        return False
    names = (reading.normal_form for reading in russian().parse(word) if "Name" in reading.tag)
    return not vocabulary().names_first.isdisjoint(names)
