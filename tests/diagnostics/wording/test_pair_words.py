"""The sentences of the pair map."""

import pytest

from diagnostics.core.pairs.codes import ModelReason, ModelReasonCode
from diagnostics.report.cell import Cell
from diagnostics.report.pairs.model import Direction, End, Pair, PairMap
from diagnostics.wording.pairs import asymmetry, model_reason_words, model_words, pair_sentence
from surveys.rules.rounding import Band

MODEL_WORDS = {
    "one_by_one": "sums of directions are estimated one by one",
    "too_few_departments": "too few departments for the social relations model",
    "too_few_directions": "too few directions for the social relations model",
    "too_many_directions": "more than 1,500 directions",
    "not_converged": "the social relations model did not converge",
    "legacy": "as it was stored",
}


def end(name):
    return End(name, name, "group", frozenset())


def pair(first, second, value, low, difference=0):
    cell = Cell("pair", f"{first} and {second}", "published", None, value, low, value + 5)
    interval = difference, difference - 5, difference + 5
    return Pair("group", end(first), end(second), cell, *interval, "empirical_bayes", None)


def direction(status="published", model="empirical_bayes", reason=None):
    cell = Cell("pair", "Sales about IT", status, None, 40 if status == "published" else None)
    return Direction("group", end("Sales"), end("IT"), cell, cell, Band(5, 9), model, reason)


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        ([pair("Sales", "Marketing", 61, 56)], "Highest-risk pair: Sales and Marketing, 61 (likely 56 to 66)"),
        (
            [pair("Sales", "IT", 70, 60), pair("Sales", "Plant", 65, 60), pair("IT", "Plant", 60, 51)],
            "High-risk pairs: Sales and IT, 70 (likely 60 to 75); Sales and Plant, 65 (likely 60 to 70); and 1 more",
        ),
        (
            [pair("Sales", "IT", 48, 40)],
            "No pair is certain to be at high risk. The highest is Sales and IT, 48 (likely 40 to 53)",
        ),
    ],
)
def test_the_pairs_at_high_risk_are_named_or_else_the_highest(pairs, sentence):
    assert pair_sentence(PairMap(pairs=tuple(pairs))) == sentence


def test_without_pairs_it_explains_what_is_missing():
    assert pair_sentence(PairMap((direction(),))) == "No pair can be shown from both sides"
    assert pair_sentence(PairMap((direction("suppressed"),))) == "Too few ratings to tell which pair is at high risk"


@pytest.mark.parametrize(
    ("value", "difference", "sentence"),
    [
        (48, 3, "Both see it alike, as far as the answers can tell."),
        (48, 20, "Sales finds it bad; IT does not (20 points, likely 15 to 25)."),
        (70, 20, "Sales finds it worse than IT does (20 points, likely 15 to 25)."),
    ],
)
def test_who_finds_it_worse(value, difference, sentence):
    assert asymmetry(pair("Sales", "IT", value, 40, difference)) == sentence


@pytest.mark.parametrize("code", ModelReasonCode)
def test_every_reason_for_the_simpler_model_has_its_words(code):
    reason = ModelReason(code, most=1500, text="as it was stored")
    assert model_reason_words(reason) == MODEL_WORDS[code]


def test_the_model_is_named_with_the_reason_for_the_simpler_one():
    social = PairMap((direction(model="social_relations"),))
    assert model_words(social) == (
        "Estimated by the social relations model, which uses what all departments say of each other."
    )
    simpler = PairMap((direction(reason=ModelReason(ModelReasonCode.NOT_CONVERGED)),))
    assert model_words(simpler) == (
        "Estimated one direction at a time (empirical Bayes): the social relations model did not converge."
    )
    assert model_words(PairMap()) == ""
