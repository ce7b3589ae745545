"""Checks of texts: every language, and the period only where it is filled in."""

from collections.abc import Iterator

from surveys.questions.instrument_file import walk
from surveys.questions.instrument_file.codes import InstrumentProblemCode as Code
from surveys.questions.instrument_file.problems import Problem, place
from surveys.questions.instrument_file.walk import Document, Path

PERIOD = "{period}"


def check(document: Document) -> Iterator[Problem]:
    for path, text in walk.questions(document):
        yield from _languages(path, text, document["languages"])
        yield from _period(path, text)
        for language, words in text.items():
            yield from _braces((*path, language), words.replace(PERIOD, ""), Code.BRACES_BESIDE_PERIOD)
    for path, text in walk.labels(document):
        yield from _languages(path, text, document["languages"])
        for language, words in text.items():
            yield from _braces((*path, language), words, Code.BRACES)
    for _, choices in walk.choice_sets(document):
        yield from _same_labels(choices)


def _languages(path: Path, text: dict[str, str], languages: list[str]) -> Iterator[Problem]:
    for language in languages:
        if language not in text:
            yield Problem(place((*path, language)), "", Code.TRANSLATION_MISSING)
    for language, words in text.items():
        if language not in languages:
            yield Problem(place((*path, language)), words, Code.LANGUAGE_NOT_LISTED)


def _period(path: Path, text: dict[str, str]) -> Iterator[Problem]:
    having = [language for language, words in text.items() if PERIOD in words]
    for language, words in text.items():
        if having and language not in having:
            yield Problem(place((*path, language)), words, Code.PERIOD_MISSING, {"language": having[0]})


def _braces(path: Path, words: str, code: Code) -> Iterator[Problem]:
    if "{" in words or "}" in words:
        yield Problem(place(path), words, code)


def _same_labels(choices: list[walk.Place]) -> Iterator[Problem]:
    seen = set()
    for path, label in choices:
        for language, words in label.items():
            if (language, words) in seen:
                yield Problem(place((*path, language)), words, Code.LABEL_TWICE)
            seen.add((language, words))
