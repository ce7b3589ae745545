"""From which figure on the method page says which word: the thresholds are judgment, and docs/method.md tells them."""

import pytest

from diagnostics.pages import method as page
from diagnostics.scoring.method import LeftOut, NotedCoefficient, Power, Reliability


def reliability(icc2, measure="index"):
    return Reliability(
        measure, 5, None, None, None if icc2 is None else NotedCoefficient(icc2, icc2 - 0.2, icc2 + 0.1), None
    )


@pytest.mark.parametrize(
    ("icc2", "word", "sentence"),
    [
        (0.80, "tells departments apart", "tells departments apart well"),
        (0.79, "roughly", "neighbours in the ranking may well stand in another order"),
        (0.60, "roughly", "neighbours in the ranking may well stand in another order"),
        (0.59, "hardly", "the ranking says little"),
        (None, "not enough to tell", "Too few departments publish an index"),
    ],
)
def test_icc2_says_how_well_departments_are_told_apart(icc2, word, sentence):
    assert page._grade(reliability(icc2)) == word
    assert sentence in page._reliable([reliability(0.9, "stagnation"), reliability(icc2)])


@pytest.mark.parametrize(
    ("tau", "word", "sentence"),
    [
        (0.80, "order stays", "hangs on no single sign; leaving out stagnation moves it most"),
        (0.79, "order moves somewhat", "moves somewhat with the choice of signs, most of all without stagnation"),
        (0.60, "order moves somewhat", "moves somewhat with the choice of signs, most of all without stagnation"),
        (0.59, "order hangs on it", "hangs on stagnation: without it, it would be another"),
        (None, "no order to compare", "Too few departments publish the index and every sign"),
    ],
)
def test_tau_says_whether_the_order_hangs_on_a_sign(tau, word, sentence):
    left_out = LeftOut("stagnation", tau)
    others = [] if tau is None else [LeftOut("blame", 0.95)]
    assert page._keeps(left_out) == word
    assert sentence in page._order([*others, left_out], {"stagnation": "Stagnation", "blame": "Blame"})


def test_chances_are_told_to_the_next_five_and_the_ends_as_ends():
    told = [page._chance(percent) for percent in (0, 4, 5, 12, 13, 49, 50, 79, 80, 95, 96, 100)]
    assert [one.text for one in told] == ["<5", "<5", "5", "10", "15", "50", "50", "80", "80", "95", ">95", ">95"]
    assert [one.grade for one in told] == ["seldom"] * 5 + ["sometimes"] * 2 + ["often"] * 5


def power(people, chance, *, answering=None):
    change = () if chance is None else (chance - 5, chance, chance + 5)
    return page._power(Power(people, 2, answering or round(0.6 * people), change, change))


def test_what_cannot_be_shown_is_told_of_the_largest_size_that_is_found_less_than_four_times_in_five():
    """By the chance as it is told: "not reliably, with a chance of 80 %" would contradict itself."""
    rows = [power(8, 12), power(20, 56), power(30, 77), power(60, 78)]
    assert page._reach(rows) == (
        "A department of 30 people or fewer cannot reliably show a rise of 10 points: one of 30 people is noticed "
        "within two waves with a chance of about 75 %, a smaller one less often."
    )
    assert page._reach([power(8, None)]).endswith("of 10 points: it has too few answers for a figure of its own.")
    assert page._reach([power(None, 40, answering=15)]).startswith("A department of 15 answers or fewer cannot")
    assert page._reach([power(60, 80)]).startswith("A department that rises by 10 points is as a rule found")
    assert page._reach([]) == ""
