"""What an author reads about one field of an instrument."""

import pytest

from surveys.questions.instrument_file import Problem, validate
from surveys.questions.instrument_file.codes import InstrumentProblemCode as Code
from tests.surveys.instrument_documents import ITEM_0, OPTION_0, REMOVED, TEXT, changed

WORDS = "/$defs/text/additionalProperties"
OPTIONS = "/$defs/optionSet/properties/options"
VALUE = f"{OPTIONS}/items/properties/value"


def broken(path, value, rule):
    return Problem(path, value, Code.RULE, {"rule": rule})


def missing(path):
    return Problem(path, "", Code.FIELD_MISSING)


@pytest.mark.parametrize(
    ("place", "value", "problem"),
    [
        (("code",), "Hand overs", broken("code", "Hand overs", "/$defs/code")),
        (("code",), "handovers\n", broken("code", "handovers\n", "/$defs/code")),
        (("version",), 0, broken("version", "0", "/properties/version")),
        (("version",), 1.0, broken("version", "1.0", "/properties/version")),
        (("version",), True, broken("version", "true", "/properties/version")),
        (("languages",), [], broken("languages", "[]", "/properties/languages")),
        (
            ("languages", 1),
            "Russian",
            broken("languages[1]", "Russian", "/properties/languages/items"),
        ),
        (("periods", "own"), REMOVED, missing("periods.own")),
        (("name",), "Handovers", broken("name", "Handovers", "/$defs/text")),
        (("name", "ru"), " ", broken("name.ru", " ", WORDS)),
        (("name", "ru"), 12, broken("name.ru", "12", WORDS)),
        (("name", "ru"), "x" * 401, broken("name.ru", "x" * 60 + "…", WORDS)),
        ((*OPTION_0, "value"), -1, broken("option_sets.how_often.options[0].value", "-1", VALUE)),
        ((*OPTION_0, "value"), 100.5, broken("option_sets.how_often.options[0].value", "100.5", VALUE)),
        ((*OPTION_0, "value"), "0", broken("option_sets.how_often.options[0].value", "0", VALUE)),
        ((*OPTION_0, "value"), float("nan"), broken("option_sets.how_often.options[0].value", "NaN", VALUE)),
        (
            ("option_sets", "how_often", "missing"),
            [],
            broken("option_sets.how_often.missing", "[]", "/$defs/missing"),
        ),
        (
            ("option_sets", "Bad set"),
            {"options": [{"value": 0, "label": TEXT}, {"value": 9, "label": TEXT}], "missing": [TEXT]},
            broken("option_sets", "Bad set", "/$defs/code"),
        ),
        (("scales",), [], broken("scales", "[]", "/properties/scales")),
        (
            ("scales", 1, "kind"),
            "main",
            broken("scales[1].kind", "main", "/$defs/scale/properties/kind"),
        ),
        (("scales", 1, "items"), REMOVED, missing("scales[1].items")),
        ((*ITEM_0, "reversed"), "yes", broken("scales[0].items[0].reversed", "yes", "/$defs/flag")),
        (
            (*ITEM_0, "weight"),
            2,
            Problem(
                "scales[0].items[0].weight",
                "",
                Code.FIELD_UNKNOWN,
                {"fields": "code, text, option_set, reversed"},
            ),
        ),
        (("counterparts", "contact", "needed"), REMOVED, missing("counterparts.contact.needed")),
    ],
)
def test_a_malformed_field_is_named_with_its_place_and_rule(small, place, value, problem):
    assert validate(changed(small, place, value)) == [problem]


def test_fewer_than_two_options_are_refused(small):
    options = small["option_sets"]["how_often"]["options"]
    (problem,) = validate(changed(small, ("option_sets", "how_often", "options"), options[:1]))
    assert (problem.path, problem.code, problem.arguments) == (
        "option_sets.how_often.options",
        Code.RULE,
        {"rule": OPTIONS},
    )
