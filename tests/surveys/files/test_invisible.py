"""Letters that nobody sees are taken out, but for those that a script needs; what looks alike has one look."""

import pytest

from surveys.files.invisible import look_of, remove_invisible


@pytest.mark.parametrize(
    "text",
    [
        "Sales\u200e",
        "\u202aSales\u202c",
        "Sa\u00adles",
        "Sa\u200bles",
        "Sales\u2060",
        "\ufeffSales",
        "Sa\u200cles",
        "Sa\u200dles",
        "Sales\ufe0f",
        "Sa\u034fles",
        "\u2067Sales\u2069",
        "Sales\U000e0041",
        "\u3164Sales",
    ],
)
def test_an_invisible_letter_is_removed(text):
    assert remove_invisible(text) == "Sales"


@pytest.mark.parametrize(
    "text",
    ["می‌خواهم", "علی‌رضا", "क्‍ष", "র‍্য", "ශ්‍රී", "葛\U000e0100城", "\u182d\u180b"],
    ids=["Persian", "Persian name", "Hindi", "Bengali", "Sinhala", "Japanese", "Mongolian"],
)
def test_a_letter_that_its_script_needs_stays(text):
    assert remove_invisible(text) == text


def test_a_joiner_where_the_script_has_no_use_for_it_is_removed():
    assert remove_invisible("دارد\u200cها") == "داردها"
    assert remove_invisible("می\u200c\u200cخواهم") == "می\u200cخواهم"


@pytest.mark.parametrize("other", ["Sаles", "SALES", "Sales ", "Sáles", "Ｓａｌｅｓ", "S-a-l-e-s"])
def test_names_that_look_alike_have_one_look(other):
    assert look_of(other) == look_of("Sales")


def test_names_that_differ_for_a_reader_have_different_looks():
    names = ["Team 1", "Team 2", "C", "C++", "C#", "Sales", "Sales EMEA", "Отдел 1", "営業部", "営業一部"]
    assert len({look_of(name) for name in names}) == len(names)
