"""A sentence is pinned by the test beside the module that makes it; other tests assert codes, numbers and ids.

Counted are the tests that hold five words in a row in an assertion. The ceiling may only fall.
"""

import ast
import re

import pytest

from tests.architecture.source import WORD, files, functions

CEILING = 95
SENTENCE = re.compile(rf"{WORD}(?:[,;:”“\"]* [“\"]?{WORD}){{4}}")


def texts(node):
    """The literal texts below the node; each value in an f-string counts as one word."""
    parts = set()
    for found in ast.walk(node):
        if isinstance(found, ast.JoinedStr):
            parts |= {id(part) for part in found.values}
            yield "".join(part.value if isinstance(part, ast.Constant) else "value" for part in found.values)
        elif isinstance(found, ast.Constant) and isinstance(found.value, str) and id(found) not in parts:
            yield found.value


def pinned(function):
    """The texts of five words in a row that the function asserts; markup, and what it says on failure, do not count."""
    asserts = [node.test for node in ast.walk(function) if isinstance(node, ast.Assert)]
    plain = [re.sub(r"<[^>]*>", "|", text) for node in asserts for text in texts(node)]
    return [text for text in plain if SENTENCE.search(text)]


def test_few_tests_pin_a_sentence():
    tests = [
        (where, node) for path in files("tests") for where, _, node in functions(path) if node.name.startswith("test_")
    ]
    assert len(tests) > 1_500
    holding = [where for where, node in tests if pinned(node)]
    assert len(holding) <= CEILING, holding


@pytest.mark.parametrize(
    ("statement", "count"),
    [
        ('assert "This wave has no answers yet" in page', 1),
        ('assert page == f"{name} has no answers in this wave"', 1),
        ('assert f"{place} is it, says {name}" in page', 1),
        ('assert "no answers yet" in page', 0),
        ('assert "<p class=\\"a\\">no</p> <b>answers</b> yet" in page', 0),
        ('assert found == [], "there was one that must be hidden"', 0),
        ('text = "This wave has no answers yet"', 0),
    ],
)
def test_the_count_sees_sentences_and_nothing_else(statement, count):
    assert len(pinned(ast.parse(statement))) == count
