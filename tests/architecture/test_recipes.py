"""docs/development.md names files that are there, and a recipe takes six of them at most."""

import re

import pytest

from tests.architecture.source import ROOT

DEVELOPMENT = (ROOT / "docs" / "development.md").read_text(encoding="utf-8")
MOST_FILES = 6
KINDS = [
    *("A rotating sign", "A cause", "A remedy", "An alert kind", "A figure on the department page", "A page"),
    *("An export format", "A mail", "A setting", "A column of the people file", "A language", "A role"),
]
PATH = re.compile(r"`((?:config|diagnostics|docs|surveys|templates|tests)/[\w./-]*|docker-compose\.yml)`")


def section(heading: str) -> str:
    return DEVELOPMENT.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def recipes() -> dict[str, list[str]]:
    """By kind of change its numbered steps, one file each."""
    parts = section("Recipes").split("\n### ")[1:]
    return {part.partition("\n")[0]: re.findall(r"^\d\. (.*(?:\n   .*)*)", part, re.MULTILINE) for part in parts}


def missing(text: str) -> list[str]:
    return [path for path in PATH.findall(text) if not (ROOT / path).exists()]


def unknown(steps: list[str]) -> list[str]:
    """Names of code in backticks that no file of the same step contains."""
    found = []
    for step in steps:
        texts = [(ROOT / path).read_text(encoding="utf-8") for path in PATH.findall(step) if (ROOT / path).is_file()]
        names = re.findall(r"`([A-Z][A-Za-z]+|[A-Z_]{4,}|[a-z]+_[a-z_]+)`", step)
        found += [name for name in names if texts and not any(name in text for text in texts)]
    return found


def test_there_is_a_recipe_for_each_kind_of_change():
    assert list(recipes()) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_recipe_takes_six_files_at_most_and_names_what_is_there(kind):
    steps = recipes()[kind]
    assert 2 <= len(steps) <= MOST_FILES
    assert sum(bool(PATH.search(step)) for step in steps) >= 2
    assert missing("\n".join(steps)) == []
    assert unknown(steps) == []


def test_the_tour_of_one_answer_leads_through_files_that_are_there():
    tour = section("One answer, from the page to the digest")
    assert len(PATH.findall(tour)) > 20
    assert missing(tour) == []


def test_the_search_sees_a_name_that_is_gone():
    assert unknown(["`surveys/choices.py`: a member of `Role`, not of `ROLE_NAMES`"]) == ["ROLE_NAMES"]


def test_the_search_sees_a_file_that_is_gone():
    assert missing("`surveys/tasks.py`, then `surveys/gone.py`") == ["surveys/gone.py"]
