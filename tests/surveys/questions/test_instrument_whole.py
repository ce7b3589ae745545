"""What an author reads about fields that do not fit together, and about the whole."""

import uuid

import nacl.public
import pytest

from surveys.ballot import sealing
from surveys.questions.instrument_file import InstrumentError, Problem, validate
from surveys.questions.instrument_file.checks import MAX_ITEMS_A_WAVE
from surveys.questions.instrument_file.codes import InstrumentProblemCode as Code
from surveys.questions.instrument_file.schema import SCHEMA
from tests.surveys.instrument_documents import ITEM_0, OPTION_0, PARSED, REMOVED, changed, walk


@pytest.mark.parametrize(
    ("place", "value", "expected"),
    [
        (
            (*ITEM_0, "option_set"),
            "share",
            ("scales[0].items[0].option_set", Code.OPTION_SET_UNKNOWN, {"option_sets": "how_often"}),
        ),
        (
            ("counterparts", "items", 1, "option_set"),
            "share",
            ("counterparts.items[1].option_set", Code.OPTION_SET_UNKNOWN, {"option_sets": "how_often"}),
        ),
        (("scales", 1, "code"), "lost_work", ("scales[1].code", Code.CODE_TWICE, {"first": "scales[0].code"})),
        (
            ("scales", 1, "code"),
            "index",
            ("scales[1].code", Code.CODE_RESERVED, {}),
        ),
        (
            ("scales", 1, "items", 0, "code"),
            "lost_2",
            ("scales[1].items[0].code", Code.CODE_TWICE, {"first": "scales[0].items[1].code"}),
        ),
        (
            ("counterparts", "items", 0, "code"),
            "lost_1",
            ("counterparts.items[0].code", Code.CODE_TWICE, {"first": "scales[0].items[0].code"}),
        ),
        (
            ("pick_one", "code"),
            "theme_1",
            ("pick_one.code", Code.CODE_TWICE, {"first": "scales[1].items[0].code"}),
        ),
        (
            ("pick_one", "options", 1, "code"),
            "people",
            ("pick_one.options[1].code", Code.CODE_TWICE, {"first": "pick_one.options[0].code"}),
        ),
        (
            ("pick_one", "options", 0, "scale"),
            "other",
            ("pick_one.options[0].scale", Code.SCALE_UNKNOWN, {}),
        ),
        (
            ("pick_one", "options", 1, "scale"),
            "own_theme",
            ("pick_one.options[1].scale", Code.FLAG_TWICE, {"first": "pick_one.options[0].scale"}),
        ),
        (
            ("counterparts", "items", 1, "no_contact_is_risk"),
            True,
            ("counterparts.items[1].no_contact_is_risk", Code.NO_CONTACT_TWICE, {"first": "counterparts.items[0]"}),
        ),
        (
            (*OPTION_0, "value"),
            100,
            ("option_sets.how_often.options", Code.VALUES_ALIKE, {}),
        ),
        (
            (*OPTION_0, "label", "ru"),
            "Часто",
            ("option_sets.how_often.options[1].label.ru", Code.LABEL_TWICE, {}),
        ),
        (
            ("pick_one", "missing", 0, "en"),
            "Tools",
            ("pick_one.missing[0].en", Code.LABEL_TWICE, {}),
        ),
        (
            (*ITEM_0, "text", "ru"),
            "За месяц?",
            ("scales[0].items[0].text.ru", Code.PERIOD_MISSING, {"language": "en"}),
        ),
        (
            (*ITEM_0, "text", "en"),
            "In {period}, {name}?",
            ("scales[0].items[0].text.en", Code.BRACES_BESIDE_PERIOD, {}),
        ),
        (
            ("scales", 0, "name", "en"),
            "In {period}",
            ("scales[0].name.en", Code.BRACES, {}),
        ),
        (
            ("periods", "own", "en"),
            "{period}",
            ("periods.own.en", Code.BRACES, {}),
        ),
    ],
)
def test_fields_that_do_not_fit_together_are_named(small, place, value, expected):
    assert [(found.path, found.code, found.arguments) for found in validate(changed(small, place, value))] == [expected]


def texts_of(value, path=()):
    """The paths of all texts: what has exactly the languages as its fields."""
    if isinstance(value, dict) and set(value) == {"en", "ru"}:
        yield path
    elif isinstance(value, dict | list):
        for step, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from texts_of(part, (*path, step))


@pytest.mark.parametrize("place", list(texts_of(PARSED)), ids=str)
def test_every_text_must_have_every_language_and_no_other(small, place):
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)[1:]
    without = changed(small, (*place, "ru"), REMOVED)
    assert validate(without) == [Problem(f"{path}.ru", "", Code.TRANSLATION_MISSING)]
    with_other = changed(small, (*place, "de"), "Wort")
    assert next((found.path, found.value) for found in validate(with_other)) == (f"{path}.de", "Wort")


def test_all_problems_are_reported_at_once(small):
    bad = changed(changed(small, ("version",), 0), ("scales", 1, "kind"), "main")
    assert {found.path for found in validate(bad)} == {"version", "scales[1].kind"}


@pytest.mark.parametrize("document", [None, [], "text", 1])
def test_something_else_than_fields_is_refused(document):
    (problem,) = validate(document)
    assert (problem.path, problem.code, problem.arguments) == ("document", Code.RULE, {"rule": ""})


def test_the_error_reads_as_one_line_a_problem():
    first, second = Problem("scales[0].code", "A", Code.CODE_RESERVED), Problem("name", "", Code.FIELD_MISSING)
    lines = f"scales[0].code: {first.message} (found: A)", f"name: {second.message}"
    assert str(InstrumentError([first, second])) == "\n".join(lines)


def test_each_rule_of_the_schema_explains_what_to_do():
    rules = [part for part in walk(SCHEMA) if {"type", "enum"} & set(part)]
    assert [rule for rule in rules if not rule.get("description")] == []


def test_the_longest_instrument_fits_the_fullest_ballot():
    rating = sealing.Rating(counterpart=2**63 - 1, answers=bytes(1 + 10))
    answers = bytes([255]) * (MAX_ITEMS_A_WAVE + 4 + 1)
    ballot = sealing.Ballot(uuid.UUID(int=0), answers, (rating,) * 3, "😀" * sealing.COMMENT_CHARACTERS)
    key = nacl.public.PrivateKey.generate()
    assert len(sealing.seal(ballot, bytes(key.public_key))) == sealing.BOX_BYTES


def test_more_items_than_a_ballot_holds_are_refused(small):
    item = small["scales"][1]["items"][0]
    scale = small["scales"][1]
    scales = [
        scale | {"code": f"s{number}", "items": [item | {"code": f"i{number}_{index}"} for index in range(20)]}
        for number in range(5)
    ]
    fitting = small | {"scales": [scales[0] | {"code": "lost_work"}, *scales[1:]]}
    assert validate(fitting) == []
    too_long = fitting | {"scales": [*fitting["scales"], small["scales"][1]]}
    assert validate(too_long) == [Problem("scales", "101 items", Code.TOO_MANY_ITEMS, {"most": 100})]
