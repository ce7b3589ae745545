"""Lists of words that judge whether a word is a name (words.yaml), read once."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Vocabulary:
    """The lists of words.yaml, which says what each is for. All in lower case, with е for ё."""

    names_first: frozenset[str]
    names_in_capitals: frozenset[str]
    calendar: frozenset[str]
    before_calendar: frozenset[str]
    articles: frozenset[str]
    determiners: frozenset[str]
    titles: frozenset[str]
    deeds: frozenset[str]
    between: frozenset[str]
    particles: frozenset[str]
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
