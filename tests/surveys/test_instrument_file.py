"""What an instrument file may say, and what its author is told when it says something else."""

import copy
import json
import random
import uuid
from pathlib import Path

import nacl.public
import pytest

from surveys import sealing
from surveys.instrument_file import BUILT_IN, InstrumentError, Problem, dump, load, validate
from surveys.instrument_file.checks import MAX_ITEMS_A_WAVE
from surveys.instrument_file.document import SCHEMA

DOCS = Path(__file__).parents[2] / "docs" / "instrument-format.md"

SMALL = """
code: handovers
version: 1
name: {en: Handovers, ru: Передача дел}
languages: [en, ru]
periods:
  four_weekly: {en: the last four weeks, ru: последние четыре недели}
  monthly: {en: the last month, ru: последний месяц}
  quarterly: {en: the last three months, ru: последние три месяца}
  own: {en: the last two weeks, ru: последние две недели}
option_sets:
  how_often:
    options:
      - {value: 0, label: {en: Never, ru: Никогда}}
      - {value: 100, label: {en: Often, ru: Часто}}
    missing:
      - {en: Can't judge, ru: Не могу судить}
scales:
  - code: lost_work
    kind: core
    name: {en: Lost work, ru: Потерянная работа}
    description: {en: Work gets lost., ru: Работа теряется.}
    items:
      - {code: lost_1, text: {en: "In {period}, lost?", ru: "За {period}?"}, option_set: how_often}
      - {code: lost_2, text: {en: Complete., ru: Полностью.}, option_set: how_often, reversed: true}
  - code: own_theme
    kind: extra
    name: {en: Theme, ru: Тема}
    description: {en: Our theme., ru: Наша тема.}
    items:
      - {code: theme_1, text: {en: Theme., ru: Тема.}, option_set: how_often}
pick_one:
  code: hindrance
  text: {en: What hindered you., ru: Что мешало.}
  options:
    - {code: people, label: {en: People, ru: Люди}, scale: lost_work}
    - {code: tools, label: {en: Tools, ru: Инструменты}}
  missing:
    - {en: Can't judge, ru: Не могу судить}
counterparts:
  contact:
    text: {en: Together., ru: Вместе.}
    worked: {en: Worked, ru: Работали}
    needed: {en: Needed, ru: Было нужно}
    no_need: {en: No need, ru: Не было нужно}
  items:
    - {code: c_1, text: {en: Met., ru: Встречались.}, option_set: how_often, no_contact_is_risk: true}
    - {code: c_2, text: {en: Settled., ru: Договорились.}, option_set: how_often}
"""

PARSED = load(SMALL)
TEXT = {"en": "New", "ru": "Новый"}
REMOVED = object()


@pytest.fixture
def small():
    return copy.deepcopy(PARSED)


def changed(document, place, value):
    """A copy with `value` at the place, a path such as ("scales", 0, "code")."""
    result = copy.deepcopy(document)
    at = result
    for step in place[:-1]:
        at = at[step]
    if value is REMOVED:
        del at[place[-1]]
    else:
        at[place[-1]] = value
    return result


def shuffled(value, rng):
    """The same document with the fields of every object in another order."""
    if isinstance(value, list):
        return [shuffled(entry, rng) for entry in value]
    if isinstance(value, dict):
        fields = list(value)
        rng.shuffle(fields)
        return {field: shuffled(value[field], rng) for field in fields}
    return value


def problems_of_text(text):
    with pytest.raises(InstrumentError) as caught:
        load(text)
    return caught.value.problems


# What is accepted


def test_a_small_own_instrument_with_its_own_codes_is_valid(small):
    assert validate(small) == []


@pytest.mark.parametrize("field", ["pick_one", "counterparts"])
def test_pick_one_question_and_counterparts_may_be_left_out(small, field):
    assert validate(changed(small, (field,), REMOVED)) == []


def test_an_instrument_needs_no_core_scale(small):
    assert validate(changed(small, ("scales", 0, "kind"), "rotating")) == []


def test_the_example_of_the_documentation_is_valid():
    example = DOCS.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    assert load(example)["code"] == "handovers"


def test_every_field_of_the_schema_is_documented():
    documentation = DOCS.read_text(encoding="utf-8")
    fields = {field for part in walk(SCHEMA) for field in part.get("properties", {})}
    assert [
        field for field in sorted(fields) if f"`{field}`" not in documentation and f"{field}:" not in documentation
    ] == []


def walk(schema):
    if isinstance(schema, dict):
        yield schema
        for part in schema.values():
            yield from walk(part)


def test_json_is_read_too(small):
    assert load(json.dumps(small)) == small


def test_bytes_may_begin_with_a_byte_order_mark(small):
    assert load(b"\xef\xbb\xbf" + SMALL.encode()) == small


def test_the_norwegian_language_is_not_read_as_false(small):
    text = SMALL.replace("ru:", "no:").replace("ru]", "no]")
    assert load(text)["languages"] == ["en", "no"]


def test_labels_that_older_yaml_takes_for_dates_or_switches_stay_text():
    text = SMALL.replace("en: Never", "en: off").replace("en: Often", "en: 2024-01-31")
    assert [option["label"]["en"] for option in load(text)["option_sets"]["how_often"]["options"]] == [
        "off",
        "2024-01-31",
    ]


# Writing


def test_the_built_in_instrument_survives_the_round_trip():
    document = load(BUILT_IN.read_bytes())
    assert load(dump(document)) == document


@pytest.mark.parametrize(
    "words", ["no", "1e5", "12", "1:30", "null", "~", "- a", "a: b", "# c", "'", '"', "x\ny", "😀", "é" * 300, " a "]
)
def test_any_words_survive_the_round_trip(small, words):
    document = changed(small, ("name", "en"), words)
    assert load(dump(document)) == document


def test_numbers_survive_the_round_trip(small):
    for value in (0.1, 1e-9, 33.333333333333336, 99):
        document = changed(small, ("option_sets", "how_often", "options", 0, "value"), value)
        assert load(dump(document)) == document


def test_the_text_does_not_depend_on_the_order_of_fields(small):
    other = shuffled(small, random.Random(7))
    assert list(other) != list(small)
    assert dump(other) == dump(small)


def test_a_dump_begins_with_what_names_the_instrument(small):
    assert [line.split(":")[0] for line in dump(small).splitlines()[:3]] == ["code", "version", "name"]


# What is refused when the file is read


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ("", "file", "The file is empty: write an instrument into it."),
        ("# nothing", "file", "The file is empty: write an instrument into it."),
        ("a: 1\nb: 2\na: 3", "line 3", "`a` stands here a second time: keep one of them."),
        ("a: &x [1]\nb: 1", "line 1", "Anchors (&) and aliases (*) are not supported: write the text out."),
        ("a: 1\nb: *x", "line 2", "Anchors (&) and aliases (*) are not supported: write the text out."),
        (
            "a: !!python/name:os.system x",
            "line 1",
            "The tag tag:yaml.org,2002:python/name:os.system is not supported: remove it.",
        ),
        ("a: !!set {b}", "line 1", "The tag tag:yaml.org,2002:set is not supported: remove it."),
        ("a: !!int b", "line 1", "`b` is no number that can be read."),
        ("a: !!timestamp b", "line 1", "The tag tag:yaml.org,2002:timestamp is not supported: remove it."),
        ("1: a", "line 1", "The name of a field must be text: put it in quotes."),
        ("[a]: b", "line 1", "The name of a field must be text: put it in quotes."),
        ("[" * 100_000, "line 1", "The nesting is too deep to be an instrument."),
        ("a: " + "9" * 5000, "line 1", "`" + "9" * 60 + "` is no number that can be read."),
        (b"a: \xff", "file", "The file is not text in UTF-8: save it as UTF-8."),
    ],
)
def test_files_that_are_no_plain_yaml_are_refused(text, path, message):
    assert problems_of_text(text) == [Problem(path, "", message)]


@pytest.mark.parametrize("text", ["a: [1", "a: b: c", "a: 'b", "\x01", "--- a\n--- b", "a:\n\t- b"])
def test_broken_yaml_is_refused_with_what_the_parser_says(text):
    (problem,) = problems_of_text(text)
    assert problem.message.startswith("This is not valid YAML: ")


def test_a_file_beyond_the_size_limit_is_refused():
    size = 512 * 1024 + 1
    message = "The file is larger than 512 kB: an instrument is much smaller."
    assert problems_of_text("#" * size) == [Problem("file", f"{size} bytes", message)]


# What is refused in the document

TEXT_MESSAGE = "Give the text in each language, such as `{en: ..., ru: ...}`."
WORDS_MESSAGE = "Give a text of 1 to 400 characters; put it in quotes if it looks like a number or a word such as true."
CODE_MESSAGE = "Give a code of 1 to 60 small Latin letters, digits and underscores that begins with a letter."
VALUE_MESSAGE = "Give a number from 0 (no risk) to 100 (highest risk)."
MISSING_FIELD = "This field is missing: add it."
OPTION_0 = ("option_sets", "how_often", "options", 0)
ITEM_0 = ("scales", 0, "items", 0)


@pytest.mark.parametrize(
    ("place", "value", "problem"),
    [
        (("code",), "Hand overs", Problem("code", "Hand overs", CODE_MESSAGE)),
        (("code",), "handovers\n", Problem("code", "handovers\n", CODE_MESSAGE)),
        (("version",), 0, Problem("version", "0", SCHEMA["properties"]["version"]["description"])),
        (("version",), 1.0, Problem("version", "1.0", SCHEMA["properties"]["version"]["description"])),
        (("version",), True, Problem("version", "true", SCHEMA["properties"]["version"]["description"])),
        (("languages",), [], Problem("languages", "[]", SCHEMA["properties"]["languages"]["description"])),
        (
            ("languages", 1),
            "Russian",
            Problem("languages[1]", "Russian", "Give a language code, such as `en` or `pt-br`."),
        ),
        (("periods", "own"), REMOVED, Problem("periods.own", "", MISSING_FIELD)),
        (("name",), "Handovers", Problem("name", "Handovers", TEXT_MESSAGE)),
        (("name", "ru"), " ", Problem("name.ru", " ", WORDS_MESSAGE)),
        (("name", "ru"), 12, Problem("name.ru", "12", WORDS_MESSAGE)),
        (("name", "ru"), "x" * 401, Problem("name.ru", "x" * 60 + "…", WORDS_MESSAGE)),
        ((*OPTION_0, "value"), -1, Problem("option_sets.how_often.options[0].value", "-1", VALUE_MESSAGE)),
        ((*OPTION_0, "value"), 100.5, Problem("option_sets.how_often.options[0].value", "100.5", VALUE_MESSAGE)),
        ((*OPTION_0, "value"), "0", Problem("option_sets.how_often.options[0].value", "0", VALUE_MESSAGE)),
        ((*OPTION_0, "value"), float("nan"), Problem("option_sets.how_often.options[0].value", "NaN", VALUE_MESSAGE)),
        (
            ("option_sets", "how_often", "missing"),
            [],
            Problem("option_sets.how_often.missing", "[]", SCHEMA["$defs"]["missing"]["description"]),
        ),
        (
            ("option_sets", "Bad set"),
            {"options": [{"value": 0, "label": TEXT}, {"value": 9, "label": TEXT}], "missing": [TEXT]},
            Problem("option_sets", "Bad set", CODE_MESSAGE),
        ),
        (("scales",), [], Problem("scales", "[]", "List 1 to 60 scales.")),
        (
            ("scales", 1, "kind"),
            "main",
            Problem("scales[1].kind", "main", "Give `core`, `rotating`, `cause` or `extra`."),
        ),
        (("scales", 1, "items"), REMOVED, Problem("scales[1].items", "", MISSING_FIELD)),
        ((*ITEM_0, "reversed"), "yes", Problem("scales[0].items[0].reversed", "yes", "Give `true` or `false`.")),
        (
            (*ITEM_0, "weight"),
            2,
            Problem(
                "scales[0].items[0].weight",
                "",
                "No such field: use one of code, text, option_set, reversed, or remove it.",
            ),
        ),
        (("counterparts", "contact", "needed"), REMOVED, Problem("counterparts.contact.needed", "", MISSING_FIELD)),
    ],
)
def test_a_malformed_field_is_named_with_its_place_and_what_to_do(small, place, value, problem):
    assert validate(changed(small, place, value)) == [problem]


def test_fewer_than_two_options_are_refused(small):
    options = small["option_sets"]["how_often"]["options"]
    (problem,) = validate(changed(small, ("option_sets", "how_often", "options"), options[:1]))
    assert problem.path == "option_sets.how_often.options"
    assert problem.message == "List 2 to 20 options in the order in which they are shown."


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
            "{period} is missing here, but stands in en: use it in all languages or in none.",
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


def test_each_rule_of_the_schema_says_what_to_do():
    rules = [part for part in walk(SCHEMA) if {"type", "enum"} & set(part)]
    assert [rule for rule in rules if not rule.get("description")] == []


def test_the_longest_instrument_fits_a_ballot_with_the_longest_comment_and_three_counterparts():
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
