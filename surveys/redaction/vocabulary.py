"""Lists of words that judge whether a word is a name (words.yaml), read once."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Vocabulary:
    """The lists of words.yaml. All in lower case, with е for ё."""

    # Words that are meant as a name whatever their case, though a dictionary has them.
    names_first: frozenset[str]
    # English words that are meant as a name where they are capitalised, even where a sentence begins.
    names_in_capitals: frozenset[str]
    # Months, days and the like, which have a capital letter by rule.
    calendar: frozenset[str]
    # Words before which `calendar` means a date.
    before_calendar: frozenset[str]
    # Before what is no name: a capitalised word behind one of them is a word.
    articles: frozenset[str]
    # Before what is no person, whatever it does.
    determiners: frozenset[str]
    # What stands before the name of a person.
    titles: frozenset[str]
    # What people do and words do not.
    deeds: frozenset[str]
    # Adverbs that may stand between a name and a deed.
    between: frozenset[str]
    # Parts of names that alone are none.
    particles: frozenset[str]
    # Words of the trade that no dictionary has and that are close to names.
    trade: frozenset[str]
    # Of each given name, all that its bearer may be called.
    given_names: dict[str, frozenset[str]]


@cache
def vocabulary() -> Vocabulary:
    """Reads the file at the first call."""
    lists = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    groups = [frozenset(line.split()) for line in lists.pop("given_names")]
    called: dict[str, frozenset[str]] = {}
    for group in groups:
        for name in group:
            called[name] = called.get(name, frozenset()) | group
    return Vocabulary(given_names=called, **{name: frozenset(text.split()) for name, text in lists.items()})
