"""What is wrong with an instrument file has a sentence for each code, with all that it names filled in."""

import pytest

from surveys.questions.instrument_file import Problem
from surveys.questions.instrument_file.codes import InstrumentProblemCode as Code
from surveys.questions.instrument_file.schema import SCHEMA
from surveys.questions.instrument_file.wording import SENTENCES
from tests.surveys.sentence_fields import fields_of

# What the sentences name, as the checks hand it on.
ARGUMENTS = {
    "field": "name",
    "fields": "code, text",
    "first": "scales[0].code",
    "instrument": "faultline",
    "kilobytes": 512,
    "language": "en",
    "most": 100,
    "number": "999",
    "option_sets": "how_often",
    "reason": "expected a colon",
    "tag": "!set",
    "version": 1,
}


def message(code, **arguments):
    return Problem("name", "", code, arguments).message


def test_every_code_is_a_sentence_of_its_own_with_its_arguments():
    sentences = {
        code: message(code, **{name: ARGUMENTS[name] for name in fields_of(SENTENCES[code])}) for code in SENTENCES
    }
    assert set(sentences) == set(Code) - {Code.RULE}
    assert len(set(sentences.values())) == len(sentences)
    assert [sentence for sentence in sentences.values() if not sentence.endswith(".")] == []
    braces = {code for code, sentence in sentences.items() if {"{", "}"} & set(sentence)}
    assert braces == {Code.PERIOD_MISSING, Code.BRACES_BESIDE_PERIOD}
    assert all("{period}" in sentences[code] for code in braces)


def test_a_broken_rule_is_explained_by_the_schema():
    assert message(Code.RULE, rule="/properties/scales") == SCHEMA["properties"]["scales"]["description"]
    assert message(Code.RULE, rule="") == SCHEMA["description"]


def test_an_argument_that_is_missing_is_an_error():
    with pytest.raises(KeyError):
        message(Code.CODE_TWICE)
