"""What an author reads about fields that do not fit together, and about the whole."""

import uuid

import nacl.public
import pytest

from surveys.ballot import sealing
from surveys.questions.instrument_file import InstrumentError, Problem, validate
from surveys.questions.instrument_file.checks import MAX_ITEMS_A_WAVE
from surveys.questions.instrument_file.document import SCHEMA
from tests.surveys.instrument_documents import ITEM_0, OPTION_0, PARSED, REMOVED, changed, walk


@pytest.mark.parametrize(
    ("place", "value", "path", "message"),
    [
        (
            (*ITEM_0, "option_set"),
            "share",
            "scales[0].items[0].option_set",
            "There is no such option set: use one of how_often, or add it to `option_sets`.",
        ),
        (
            ("counterparts", "items", 1, "option_set"),
            "share",
            "counterparts.items[1].option_set",
            "There is no such option set: use one of how_often, or add it to `option_sets`.",
        ),
        (("scales", 1, "code"), "lost_work", "scales[1].code", "scales[0].code has the same code: choose another one."),
        (
            ("scales", 1, "code"),
            "index",
            "scales[1].code",
            "The report has a figure of this name: choose another code.",
        ),
        (
            ("scales", 1, "items", 0, "code"),
            "lost_2",
            "scales[1].items[0].code",
            "scales[0].items[1].code has the same code: choose another one.",
        ),
        (
            ("counterparts", "items", 0, "code"),
            "lost_1",
            "counterparts.items[0].code",
            "scales[0].items[0].code has the same code: choose another one.",
        ),
        (
            ("pick_one", "code"),
            "theme_1",
            "pick_one.code",
            "scales[1].items[0].code has the same code: choose another one.",
        ),
        (
            ("pick_one", "options", 1, "code"),
            "people",
            "pick_one.options[1].code",
            "pick_one.options[0].code has the same code: choose another one.",
        ),
        (
            ("pick_one", "options", 0, "scale"),
            "other",
            "pick_one.options[0].scale",
            "There is no such scale: use the code of one in `scales`, or remove the field.",
        ),
        (
            ("pick_one", "options", 1, "scale"),
            "own_theme",
            "pick_one.options[1].scale",
            "pick_one.options[0].scale flags an option already: remove the field here.",
        ),
        (
            ("counterparts", "items", 1, "no_contact_is_risk"),
            True,
            "counterparts.items[1].no_contact_is_risk",
            "counterparts.items[0] counts missing contact already: remove the field here.",
        ),
        (
            (*OPTION_0, "value"),
            100,
            "option_sets.how_often.options",
            "All options have the same value: give them at least two different ones.",
        ),
        (
            (*OPTION_0, "label", "ru"),
            "Часто",
            "option_sets.how_often.options[1].label.ru",
            "Another choice of the same question has this label: change one of them.",
        ),
        (
            ("pick_one", "missing", 0, "en"),
            "Tools",
            "pick_one.missing[0].en",
            "Another choice of the same question has this label: change one of them.",
        ),
        (
            (*ITEM_0, "text", "ru"),
            "За месяц?",
            "scales[0].items[0].text.ru",
            "{period} is missing here, but en has it: use it in all languages or in none.",
        ),
        (
            (*ITEM_0, "text", "en"),
            "In {period}, {name}?",
            "scales[0].items[0].text.en",
            "Remove the braces: only {period} is filled in.",
        ),
        (
            ("scales", 0, "name", "en"),
            "In {period}",
            "scales[0].name.en",
            "Remove the braces: only questions have something filled in.",
        ),
        (
            ("periods", "own", "en"),
            "{period}",
            "periods.own.en",
            "Remove the braces: only questions have something filled in.",
        ),
    ],
)
def test_fields_that_do_not_fit_together_are_named_with_what_to_do(small, place, value, path, message):
    assert [(found.path, found.message) for found in validate(changed(small, place, value))] == [(path, message)]


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
    assert validate(without) == [Problem(f"{path}.ru", "", "This translation is missing: add it.")]
    with_other = changed(small, (*place, "de"), "Wort")
    assert next((found.path, found.value) for found in validate(with_other)) == (f"{path}.de", "Wort")


def test_all_problems_are_reported_at_once(small):
    bad = changed(changed(small, ("version",), 0), ("scales", 1, "kind"), "main")
    assert {found.path for found in validate(bad)} == {"version", "scales[1].kind"}


@pytest.mark.parametrize("document", [None, [], "text", 1])
def test_something_else_than_fields_is_refused(document):
    (problem,) = validate(document)
    assert (problem.path, problem.message) == ("document", SCHEMA["description"])


def test_the_error_reads_as_one_line_a_problem():
    error = InstrumentError([Problem("scales[0].code", "A", "Do this."), Problem("name", "", "Do that.")])
    assert str(error) == "scales[0].code: Do this. (found: A)\nname: Do that."


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
    message = "At most 100 items of core and extra scales fit a wave: remove some."
    assert validate(too_long) == [Problem("scales", "101 items", message)]
