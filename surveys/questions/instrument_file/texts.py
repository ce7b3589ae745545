"""Checks of texts: every language, and the period only where it is filled in."""

from collections.abc import Iterator

from surveys.questions.instrument_file import walk
from surveys.questions.instrument_file.problems import Problem, place
from surveys.questions.instrument_file.walk import Document, Path

PERIOD = "{period}"


def check(document: Document) -> Iterator[Problem]:
    for path, text in walk.questions(document):
        yield from _languages(path, text, document["languages"])
        yield from _period(path, text)
        for language, words in text.items():
            yield from _braces((*path, language), words.replace(PERIOD, ""), f"only {PERIOD} is filled in")
    for path, text in walk.labels(document):
        yield from _languages(path, text, document["languages"])
        for language, words in text.items():
            yield from _braces((*path, language), words, "only questions have something filled in")
    for _, choices in walk.choice_sets(document):
        yield from _same_labels(choices)


def _languages(path: Path, text: dict[str, str], languages: list[str]) -> Iterator[Problem]:
    for language in languages:
        if language not in text:
            yield Problem(place((*path, language)), "", "This translation is missing: add it.")
    for language, words in text.items():
        if language not in languages:
            message = "This language is not in `languages`: add it there, or remove the text here."
            yield Problem(place((*path, language)), words, message)


def _period(path: Path, text: dict[str, str]) -> Iterator[Problem]:
    having = [language for language, words in text.items() if PERIOD in words]
    for language, words in text.items():
        if having and language not in having:
            message = f"{PERIOD} is missing here, but {having[0]} has it: use it in all languages or in none."
            yield Problem(place((*path, language)), words, message)


def _braces(path: Path, words: str, reason: str) -> Iterator[Problem]:
    if "{" in words or "}" in words:
        yield Problem(place(path), words, f"Remove the braces: {reason}.")


def _same_labels(choices: list[walk.Place]) -> Iterator[Problem]:
    seen = set()
    for path, label in choices:
        for language, words in label.items():
            if (language, words) in seen:
                message = "Another choice of the same question has this label: change one of them."
                yield Problem(place((*path, language)), words, message)
            seen.add((language, words))
