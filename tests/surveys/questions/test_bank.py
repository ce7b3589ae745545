"""The built-in question bank is what the method says, in both languages."""

import re

import pytest

from surveys.choices import Cadence, Contact
from surveys.questions.instrument_file import BUILT_IN, load

BANK = load(BUILT_IN.read_bytes())
SCALES = {
    "core": ["avoided_meetings", "formal_communication", "failed_projects", "communication_failures", "stagnation"],
    "rotating": [
        "hostile_camps",
        "busywork",
        "blame",
        "overlapping_functions",
        "hostile_leaders",
        "mixed_messages",
    ],
    "cause": ["information_gap", "competition", "chaos", "different_pictures", "top_takes_sides"],
}
ITEMS = [item for scale in BANK["scales"] for item in scale["items"]]
QUESTIONS = [
    *(item["text"] for item in ITEMS),
    BANK["pick_one"]["text"],
    BANK["counterparts"]["contact"]["text"],
    *(item["text"] for item in BANK["counterparts"]["items"]),
]


def test_eleven_signs_and_five_causes_are_in_their_order():
    found = {kind: [scale["code"] for scale in BANK["scales"] if scale["kind"] == kind] for kind in SCALES}
    assert found == SCALES
    assert len(BANK["scales"]) == 16


def test_every_scale_has_two_items_named_after_it():
    for scale in BANK["scales"]:
        assert [item["code"] for item in scale["items"]] == [f"{scale['code']}_1", f"{scale['code']}_2"]


def test_all_items_are_keyed_towards_risk():
    assert [item["code"] for item in ITEMS if item.get("reversed")] == []


@pytest.mark.parametrize("code", ["frequency", "share", "agreement"])
def test_option_sets_map_five_options_evenly_from_no_risk_to_risk(code):
    assert [option["value"] for option in BANK["option_sets"][code]["options"]] == [0, 25, 50, 75, 100]


def test_cannot_judge_is_always_offered_and_nothing_due_with_shares():
    missing = {code: [label["en"] for label in entry["missing"]] for code, entry in BANK["option_sets"].items()}
    assert missing == {
        "frequency": ["Can't judge"],
        "share": ["Nothing was due", "Can't judge"],
        "agreement": ["Can't judge"],
    }
    assert [label["en"] for label in BANK["pick_one"]["missing"]] == ["Can't judge"]


def test_both_items_of_stagnation_ask_for_agreement():
    stagnation = next(scale for scale in BANK["scales"] if scale["code"] == "stagnation")
    assert [item["option_set"] for item in stagnation["items"]] == ["agreement", "agreement"]


def test_the_pick_one_question_flags_communication_between_departments():
    flagged = {option["code"]: option["scale"] for option in BANK["pick_one"]["options"] if "scale" in option}
    assert flagged == {"communication": "communication_failures"}
    assert len(BANK["pick_one"]["options"]) == 8


def test_counterparts_have_three_items_and_avoidance_is_about_meetings():
    items = BANK["counterparts"]["items"]
    assert [(item["code"], item["option_set"], item.get("no_contact_is_risk", False)) for item in items] == [
        ("counterpart_meetings", "frequency", True),
        ("counterpart_managers", "frequency", False),
        ("counterpart_results", "share", False),
    ]
    assert list(BANK["counterparts"]["contact"]) == ["text", *Contact.values]


def test_every_cadence_has_its_period():
    assert set(BANK["periods"]) == set(Cadence.values)


def test_no_two_questions_are_the_same_in_either_language():
    for language in BANK["languages"]:
        assert len({text[language] for text in QUESTIONS}) == len(QUESTIONS) == 37


def test_russian_questions_put_the_period_after_a_fitting_preposition():
    for text in QUESTIONS:
        words = text["ru"]
        assert len(re.findall(r"\b[Зз]а \{period\}", words)) == words.count("{period}") <= 1


def test_questions_about_an_amount_or_frequency_name_the_period():
    asked = [*ITEMS, *BANK["counterparts"]["items"]]
    without = [
        item["code"] for item in asked if "{period}" not in item["text"]["en"] and item["option_set"] != "agreement"
    ]
    assert without == []


def test_frequency_items_ask_how_often_and_agreement_items_are_statements():
    for item in [*ITEMS, *BANK["counterparts"]["items"]]:
        english, russian = item["text"]["en"], item["text"]["ru"]
        question = item["option_set"] != "agreement"
        assert english.endswith("?" if question else "."), english
        assert russian.endswith("?" if question else "."), russian
        assert ("how often" in english) == ("Как часто" in russian) == (item["option_set"] == "frequency")
        assert ("How much" in english) == ("Сколько" in russian) == (item["option_set"] == "share")


def test_each_language_is_written_in_its_own_alphabet():
    def words(value, language):
        if isinstance(value, list):
            return [found for entry in value for found in words(entry, language)]
        if isinstance(value, dict):
            own = [value[language]] if set(value) == {"en", "ru"} else []
            return own + [found for entry in value.values() for found in words(entry, language)]
        return []

    english = words(BANK, "en")
    russian = [text.replace("{period}", "") for text in words(BANK, "ru")]
    assert [text for text in english if re.search("[а-яёА-ЯЁ]", text)] == []
    assert [text for text in russian if re.search("[a-zA-Z]", text)] == []
    assert len(english) == len(russian) > 80


def test_questions_stay_short_enough_for_a_phone():
    for text in QUESTIONS:
        assert all(len(words.split()) <= 32 for words in text.values()), text
