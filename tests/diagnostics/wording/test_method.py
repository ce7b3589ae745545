"""From which figure on the method page says which word: the thresholds are judgment, and docs/method.md gives them."""

import pytest

from diagnostics.scoring.method import LeftOut, NotedCoefficient, Power, Rank, Reliability
from diagnostics.wording.method import (
    chance_grade,
    chance_text,
    power_sentence,
    rank_range,
    ranking_grade,
    ranking_sentence,
    reliability_grade,
    reliability_sentence,
)


def reliability(icc2, measure="index"):
    return Reliability(
        measure, 5, None, None, None if icc2 is None else NotedCoefficient(icc2, icc2 - 0.2, icc2 + 0.1), None
    )


WELL = "The index distinguishes departments well: they differ far more than chance explains."
FAIRLY = "The index distinguishes high from low departments. Neighbours in the ranking may be in the wrong order."
HARDLY = "The ranking says little: departments hardly differ by more than chance explains. The levels still count."
UNKNOWN = "Too few departments publish an index to judge how well it distinguishes them."


@pytest.mark.parametrize(
    ("icc2", "word", "sentence"),
    [
        (0.80, "distinguishes departments well", WELL),
        (0.79, "distinguishes departments roughly", FAIRLY),
        (0.60, "distinguishes departments roughly", FAIRLY),
        (0.59, "hardly distinguishes departments", HARDLY),
        (None, "too few departments", UNKNOWN),
    ],
)
def test_icc2_shows_how_well_departments_are_distinguished(icc2, word, sentence):
    assert reliability_grade(reliability(icc2)) == word
    assert reliability_sentence([reliability(0.9, "stagnation"), reliability(icc2)]) == sentence


@pytest.mark.parametrize(
    ("tau", "word", "sentence"),
    [
        (0.80, "ranking stays", "The ranking depends on no single sign. Leaving out stagnation changes it most."),
        (
            0.79,
            "ranking changes somewhat",
            "The ranking changes somewhat with the choice of signs, most of all without stagnation.",
        ),
        (
            0.60,
            "ranking changes somewhat",
            "The ranking changes somewhat with the choice of signs, most of all without stagnation.",
        ),
        (
            0.59,
            "ranking depends on it",
            "The ranking depends on stagnation. Without it the order would be another.",
        ),
        (
            None,
            "no ranking to compare",
            "Too few departments publish the index and every sign to compare rankings.",
        ),
    ],
)
def test_tau_shows_whether_the_ranking_depends_on_a_sign(tau, word, sentence):
    left_out = LeftOut("stagnation", tau)
    others = [] if tau is None else [LeftOut("blame", 0.95)]
    assert ranking_grade(left_out) == word
    assert ranking_sentence([*others, left_out], {"stagnation": "Stagnation", "blame": "Blame"}) == sentence


def test_a_ranking_that_no_sign_changes_names_none():
    assert ranking_sentence([LeftOut("blame", 1.0)], {"blame": "Blame"}) == "The ranking depends on no single sign."


@pytest.mark.parametrize(
    ("rank", "words"), [(Rank("a", 2, 2, 2), "the same without any sign"), (Rank("a", 2, 1, 4), "between 1 and 4")]
)
def test_a_rank_has_its_range(rank, words):
    assert rank_range(rank) == words


def test_chances_are_rounded_to_five_and_the_ends_are_shown_as_ends():
    percents = (0, 4, 5, 12, 13, 49, 50, 79, 80, 95, 96, 100)
    texts = ["<5", "<5", "5", "10", "15", "50", "50", "80", "80", "95", ">95", ">95"]
    assert [chance_text(percent) for percent in percents] == texts
    assert [chance_grade(percent) for percent in percents] == ["seldom"] * 5 + ["sometimes"] * 2 + ["often"] * 5


def power(people, chance, *, answering=None):
    change = () if chance is None else (chance - 5, chance, chance + 5)
    return Power(people, 2, answering or round(0.6 * people), change, change)


def test_the_largest_size_that_is_found_less_than_four_times_in_five():
    """By the chance as it is shown: "not reliably, with a chance of 80 %" would contradict itself."""
    rows = [power(8, 12), power(20, 56), power(30, 77), power(60, 78)]
    assert power_sentence(rows) == (
        "A department of 30 people or fewer cannot reliably show a rise of 10 points. With 30 people the chance to "
        "find it within two waves is about 75 %; with fewer it is lower."
    )


def test_what_the_smallest_and_the_largest_departments_can_show():
    assert power_sentence([power(8, None)]).endswith("of 10 points. It has too few answers for a figure of its own.")
    assert power_sentence([power(None, 40, answering=15)]).startswith(
        "A department of about 15 answers or fewer cannot"
    )
    assert power_sentence([power(60, 80)]) == (
        "A rise of 10 points is usually found within two waves, in departments of every size."
    )
    assert power_sentence([]) == ""
