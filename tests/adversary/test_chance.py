"""The band that chance explains, against counting and against drawing."""

from itertools import permutations
from math import factorial
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.audit.chance import ceiling, expected, hit_probabilities


@pytest.mark.parametrize(("guesses", "rows"), [(1, 1), (2, 2), (3, 5), (5, 5), (4, 6)])
def test_hits_of_a_partial_matching_are_those_of_all_orders_counted(guesses, rows):
    counted = [0] * (guesses + 1)
    for order in permutations(range(rows)):
        counted[sum(order[place] == place for place in range(guesses))] += 1
    assert hit_probabilities(guesses, rows) == pytest.approx([hits / factorial(rows) for hits in counted])


@given(st.integers(1, 400).flatmap(lambda rows: st.tuples(st.integers(1, rows), st.just(rows))))
def test_probabilities_add_up_and_the_mean_is_guesses_by_rows(draw):
    guesses, rows = draw
    hits = hit_probabilities(guesses, rows)
    assert sum(hits) == pytest.approx(1, abs=1e-9)
    assert sum(n * probability for n, probability in enumerate(hits)) == pytest.approx(guesses / rows, abs=1e-9)


def test_a_blind_attacker_stays_below_the_ceiling_as_often_as_promised():
    draws, chance = [(5, 5), (12, 12), (8, 20), (40, 40), (1, 6)], Random(1)
    most = ceiling(draws)
    over = [0, 0]
    for _ in range(4000):
        hits = sum(
            sum(row == place for place, row in enumerate(chance.sample(range(rows), rows)[:guesses]))
            for guesses, rows in draws
        )
        over[0] += hits > most
        over[1] += hits > most - 1
    assert over[0] / 4000 < 0.06
    assert over[1] / 4000 > 0.04, "a lower ceiling would have done"


def test_the_more_attacks_are_tried_the_more_the_best_of_them_may_hit():
    draws = [(10, 10)] * 20
    assert expected(draws) == 20
    assert 20 < ceiling(draws) < ceiling(draws, attacks=100) < ceiling(draws, attacks=10_000) < 60


def test_where_each_row_is_alone_no_number_of_hits_is_a_surprise():
    assert ceiling([(1, 1)] * 7) == 7
