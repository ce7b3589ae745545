"""What an instrument file may look like, and what is refused before its content is looked at."""

import json
import random

import pytest
from django.conf import settings

from surveys.questions.instrument_file import BUILT_IN, InstrumentError, Problem, dump, load, validate
from surveys.questions.instrument_file.codes import InstrumentProblemCode as Code
from surveys.questions.instrument_file.schema import SCHEMA
from tests.surveys.instrument_documents import REMOVED, SMALL, changed, walk

DOCS = settings.BASE_DIR / "docs" / "instrument-format.md"


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
    ("text", "path", "code", "arguments"),
    [
        ("", "file", Code.EMPTY, {}),
        ("# nothing", "file", Code.EMPTY, {}),
        ("a: 1\nb: 2\na: 3", "line 3", Code.FIELD_TWICE, {"field": "a"}),
        ("a: &x [1]\nb: 1", "line 1", Code.ALIAS, {}),
        ("a: 1\nb: *x", "line 2", Code.ALIAS, {}),
        (
            "a: !!python/name:os.system x",
            "line 1",
            Code.TAG,
            {"tag": "tag:yaml.org,2002:python/name:os.system"},
        ),
        ("a: !!set {b}", "line 1", Code.TAG, {"tag": "tag:yaml.org,2002:set"}),
        ("a: !!int 1", "line 1", Code.TAG, {"tag": "tag:yaml.org,2002:int"}),
        ("a: !!timestamp b", "line 1", Code.TAG, {"tag": "tag:yaml.org,2002:timestamp"}),
        ("1: a", "line 1", Code.FIELD_NAME_NO_TEXT, {}),
        ("[a]: b", "line 1", Code.FIELD_NAME_NO_TEXT, {}),
        ("[" * 100_000, "line 1", Code.TOO_DEEP, {}),
        ("a: " + "9" * 5000, "line 1", Code.NO_NUMBER, {"number": "9" * 60}),
        (b"a: \xff", "file", Code.NOT_UTF_8, {}),
    ],
)
def test_files_that_are_no_plain_yaml_are_refused(text, path, code, arguments):
    assert problems_of_text(text) == [Problem(path, "", code, arguments)]


@pytest.mark.parametrize("text", ["a: [1", "a: b: c", "a: 'b", "\x01", "--- a\n--- b", "a:\n\t- b"])
def test_broken_yaml_is_refused_with_the_parsers_message(text):
    (problem,) = problems_of_text(text)
    assert problem.code == Code.NO_YAML
    assert problem.arguments["reason"]


def test_a_file_beyond_the_size_limit_is_refused():
    size = 512 * 1024 + 1
    assert problems_of_text("#" * size) == [Problem("file", f"{size} bytes", Code.TOO_LARGE, {"kilobytes": 512})]
