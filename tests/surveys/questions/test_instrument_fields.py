"""What an author reads about one field of an instrument."""

import pytest

from surveys.questions.instrument_file import Problem, validate
from surveys.questions.instrument_file.document import SCHEMA
from tests.surveys.instrument_documents import ITEM_0, OPTION_0, REMOVED, TEXT, changed

TEXT_MESSAGE = "Give the text in each language, such as `{en: ..., ru: ...}`."
WORDS_MESSAGE = "Give a text of 1 to 400 characters; put it in quotes if it looks like a number or a word such as true."
CODE_MESSAGE = "Give a code of 1 to 60 small Latin letters, digits and underscores that begins with a letter."
VALUE_MESSAGE = "Give a number from 0 (no risk) to 100 (highest risk)."
MISSING_FIELD = "This field is missing: add it."


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
