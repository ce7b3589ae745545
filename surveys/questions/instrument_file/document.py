"""The document as a whole: the shape by JSON Schema, then the meaning."""

import json
import math
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from surveys.questions.instrument_file import checks, texts, yaml_text
from surveys.questions.instrument_file.codes import InstrumentProblemCode as Code
from surveys.questions.instrument_file.problems import InstrumentError, Problem, place
from surveys.questions.instrument_file.schema import BANK, SCHEMA, rule_at

BUILT_IN = BANK / "faultline.yaml"

# Characters of a wrong value that a problem quotes.
SHOWN = 60

# JSON Schema takes 1.0 for an integer, and NaN lies inside any bounds.
_TYPES = Draft202012Validator.TYPE_CHECKER.redefine_many(
    {
        "integer": lambda _, value: type(value) is int,
        "number": lambda _, value: type(value) in {int, float} and math.isfinite(value),
    }
)
_VALIDATOR = extend(Draft202012Validator, type_checker=_TYPES)(SCHEMA)


def load(content: str | bytes) -> dict[str, Any]:
    """The instrument in a YAML (or JSON) file's content; bytes are UTF-8.

    Raises InstrumentError, naming every problem found, if it cannot be read or is not valid.
    """
    document: dict[str, Any] = yaml_text.parse(content)
    problems = validate(document)
    if problems:
        raise InstrumentError(problems)
    return document


def validate(document: Any) -> list[Problem]:
    """All problems of a document made of JSON types; none means that it is valid.

    What the fields mean together is looked at only once each of them is well formed.
    """
    found = [problem for error in _VALIDATOR.iter_errors(document) for problem in _problems(error)]
    return list(dict.fromkeys(found)) or [*texts.check(document), *checks.check(document)]


def dump(document: dict[str, Any]) -> str:
    """A valid document as YAML that `load` turns back into it, the same whatever the order of its fields."""
    known = dict.fromkeys([*_fields(SCHEMA), *document["languages"]])
    ranks = {field: rank for rank, field in enumerate(known)}
    return yaml_text.write(_ordered(document, ranks))


def _problems(error: ValidationError) -> Iterator[Problem]:
    path = list(error.absolute_path)
    value: Any = error.instance
    schema: Any = error.schema
    if error.validator == "required":
        for field in schema["required"]:
            if field not in value:
                yield Problem(place([*path, field]), "", Code.FIELD_MISSING)
    elif error.validator == "additionalProperties":
        known = ", ".join(schema["properties"])
        for field in value:
            if field not in schema["properties"]:
                yield Problem(place([*path, field]), "", Code.FIELD_UNKNOWN, {"fields": known})
    else:
        rule = rule_at(list(error.absolute_schema_path)[:-1])
        yield Problem(place(path), _shown(value), Code.RULE, {"rule": rule})


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _fields(schema: Any) -> Iterator[str]:
    """The names of all fields in the schema's order."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for part in schema.values():
            yield from _fields(part)


def _ordered(value: Any, ranks: dict[str, int]) -> Any:
    if isinstance(value, list):
        return [_ordered(entry, ranks) for entry in value]
    if isinstance(value, dict):
        fields = sorted(value, key=lambda field: (ranks.get(field, len(ranks)), field))
        return {field: _ordered(value[field], ranks) for field in fields}
    return value
