"""The shape of an instrument, as JSON Schema. Each of its rules describes what to do where it is broken."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

BANK = Path(__file__).parent.parent / "bank"
SCHEMA = json.loads((BANK / "instrument.schema.json").read_text(encoding="utf-8"))


def rule_at(steps: Iterable[str | int]) -> str:
    """The JSON Pointer of a rule, by the way to it from the schema's root; references are no steps of the way."""
    pointer = ""
    for step in steps:
        pointer = f"{_followed(pointer)}/{step}"
    return _followed(pointer)


def describe_rule(pointer: str) -> str:
    """What to do where the rule is broken. KeyError for a rule that the schema has not."""
    description: str = _find(pointer)["description"]
    return description


def _followed(pointer: str) -> str:
    part = _find(pointer)
    reference: str = part.get("$ref", f"#{pointer}")
    return reference.removeprefix("#")


def _find(pointer: str) -> Any:
    part = SCHEMA
    for step in pointer.split("/")[1:]:
        part = part[int(step)] if isinstance(part, list) else part[step]
    return part
