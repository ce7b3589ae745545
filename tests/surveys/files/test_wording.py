"""What is wrong with a file has a sentence for each code, with all that it names filled in."""

import pytest

from surveys.files.codes import FileProblemCode as Code
from surveys.files.problems import FileProblem
from surveys.files.wording import SENTENCES
from tests.surveys.sentence_fields import fields_of

# What the sentences name, as the readers of files hand it on.
ARGUMENTS = {
    "answered": 5,
    "byte": 0xE9,
    "character": 0,
    "circle": "A → B → A",
    "columns": "email, name",
    "department": "Sales",
    "departments": "Support (Berlin), Support (Riga)",
    "first": 2,
    "group": "Sales",
    "items": "lost_1, lost_2",
    "languages": "en (English), ru (Русский)",
    "length": 201,
    "megabytes": 50,
    "most": 1000,
    "parents": "“Berlin” and “Riga”",
    "seconds": 20,
    "separator": ">",
    "spelling": "Sales",
}


def test_every_code_is_a_sentence_of_its_own_with_its_arguments():
    sentences = {
        code: FileProblem(code, arguments={name: ARGUMENTS[name] for name in fields_of(SENTENCES[code])}).message
        for code in Code
    }
    assert len(set(sentences.values())) == len(Code)
    assert [
        code for code, sentence in sentences.items() if {"{", "}"} & set(sentence) or sentence[-1] not in ".?"
    ] == []


def test_an_argument_that_is_missing_is_an_error():
    with pytest.raises(KeyError):
        str(FileProblem(Code.EMAIL_TWICE))


@pytest.mark.parametrize(
    ("code", "arguments", "sentence"),
    [
        (Code.TOO_MANY_CELLS, {"most": 1000}, "more than 1,000 cells"),
        (Code.WRONG_BYTE, {"byte": 0xE9}, "the byte E9 (hexadecimal)"),
        (Code.CONTROL_CHARACTER, {"character": 0}, "(U+0000)"),
    ],
)
def test_numbers_are_written_as_people_read_them(code, arguments, sentence):
    assert sentence in FileProblem(code, arguments=arguments).message
