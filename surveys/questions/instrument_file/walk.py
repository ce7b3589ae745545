"""Where the items and texts of a well-formed document are: pairs of path and part, in the document's order."""

from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]
Path = tuple[str | int, ...]
Place = tuple[Path, Any]


def items(document: Document) -> Iterator[Place]:
    """Items of scales, then of counterparts."""
    for number, scale in enumerate(document["scales"]):
        yield from entries(("scales", number, "items"), scale["items"])
    if "counterparts" in document:
        yield from entries(("counterparts", "items"), document["counterparts"]["items"])


def questions(document: Document) -> Iterator[Place]:
    """The texts in which the period is filled in."""
    for path, item in items(document):
        yield (*path, "text"), item["text"]
    if "pick_one" in document:
        yield ("pick_one", "text"), document["pick_one"]["text"]
    if "counterparts" in document:
        yield ("counterparts", "contact", "text"), document["counterparts"]["contact"]["text"]


def labels(document: Document) -> Iterator[Place]:
    """All other texts."""
    yield ("name",), document["name"]
    for period, text in document["periods"].items():
        yield ("periods", period), text
    for number, scale in enumerate(document["scales"]):
        yield ("scales", number, "name"), scale["name"]
        yield ("scales", number, "description"), scale["description"]
    for _, choices in choice_sets(document):
        yield from choices
    if "counterparts" in document:
        contact = document["counterparts"]["contact"]
        for answer in ("worked", "needed", "no_need"):
            yield ("counterparts", "contact", answer), contact[answer]


def choice_sets(document: Document) -> Iterator[tuple[Path, list[Place]]]:
    """The labels that are offered together, of each option set and of the pick-one question."""
    holders: list[Place] = list(entries_by_code(("option_sets",), document["option_sets"]))
    if "pick_one" in document:
        holders.append((("pick_one",), document["pick_one"]))
    for path, holder in holders:
        options = [((*at, "label"), option["label"]) for at, option in entries((*path, "options"), holder["options"])]
        yield path, [*options, *entries((*path, "missing"), holder["missing"])]


def entries(path: Path, values: list[Any]) -> Iterator[Place]:
    for index, value in enumerate(values):
        yield (*path, index), value


def entries_by_code(path: Path, values: dict[str, Any]) -> Iterator[Place]:
    for code, value in values.items():
        yield (*path, code), value
