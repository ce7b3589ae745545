"""Which directions, divisions and columns of the pair map may be shown together."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.core.disclosure.pairs import Atom, CrossingCell, raters_at_least, suppress_crossing_cells
from diagnostics.core.disclosure.pairs_audit import leaks
from diagnostics.core.disclosure.reasons import SuppressionRule
from surveys.rules.limits import MIN_GROUP_SIZE
from tests.diagnostics.core.disclosure.decisions import shown
from tests.diagnostics.core.pair_maps import DIRECT, DIVISIONS, EVERYBODY, random_map


def atom(raters, rated, scores, *, worked=None, contact=None):
    worked = scores if worked is None else worked
    return Atom(raters, rated, scores, worked, contact or (sum(worked), sum(scores) - sum(worked)))


def cell(name, rank, *atoms):
    return CrossingCell(name, rank, frozenset(given.key for given in atoms))


SALES, PLANT = atom("sales", 1, (2, 3, 3)), atom("plant", 1, (3, 2, 3))
FEW = atom("office", 1, (1, 1, 1))


def test_each_direction_is_shown_and_everybody_is_their_sum():
    cells = [cell("all", EVERYBODY, SALES, PLANT), cell("s", DIRECT, SALES), cell("p", DIRECT, PLANT)]
    assert suppress_crossing_cells([SALES, PLANT], cells).figures == {}


def test_too_few_raters_suppress_a_direction_and_what_gives_it_away():
    cells = [
        cell("all", EVERYBODY, SALES, FEW, PLANT),
        cell("s", DIRECT, SALES),
        cell("f", DIRECT, FEW),
        cell("p", DIRECT, PLANT),
    ]
    # Everybody less Plant leaves Sales and Office together; with Sales apart, nothing would cover Office.
    assert suppress_crossing_cells([SALES, FEW, PLANT], cells).figures == {
        "f": SuppressionRule.TOO_FEW,
        "s": SuppressionRule.COMPLEMENTARY,
    }


def test_a_figure_that_would_reveal_by_crossing_another_is_suppressed():
    """The division's cell and the column share Sales; what is left of either is too small to be shown."""
    other = atom("sales", 2, (1, 1, 1))
    cells = [cell("all", EVERYBODY, SALES, FEW), cell("s", DIRECT, SALES), cell("d-d", DIVISIONS, SALES, other)]
    assert suppress_crossing_cells([SALES, FEW, other], cells).figures == {
        "s": SuppressionRule.COMPLEMENTARY,
        "d-d": SuppressionRule.COMPLEMENTARY,
    }


def test_ratings_of_several_departments_may_be_the_same_people():
    three = [atom("sales", rated, (1, 1, 1)) for rated in (1, 2, 3)]
    assert suppress_crossing_cells(three, [cell("s", DIRECT, *three)]).figures == {"s": SuppressionRule.TOO_FEW}
    assert raters_at_least([(1, 3), (2, 3), (1, 2)]) == 5


def test_all_but_one_alike_is_suppressed_unless_it_is_the_lowest_risk():
    risky, calm = atom("a", 1, (1, 0, 9)), atom("b", 1, (9, 0, 1))
    cells = [cell("a", DIRECT, risky), cell("b", DIRECT, calm)]
    assert suppress_crossing_cells([risky, calm], cells).figures == {"a": SuppressionRule.HOMOGENEOUS}


def test_all_but_one_counts_people_who_rated_two_departments_of_a_pool():
    pool = [atom("a", 1, (1, 0, 9)), atom("a", 2, (1, 0, 9))]
    assert suppress_crossing_cells(pool, [cell("a", DIRECT, *pool)]).figures == {"a": SuppressionRule.HOMOGENEOUS}
    mixed = [atom("a", 1, (2, 0, 9)), atom("a", 2, (1, 0, 9))]
    assert suppress_crossing_cells(mixed, [cell("a", DIRECT, *mixed)]).figures == {}


def test_a_share_needs_ten_people_and_its_own_figure():
    small = atom("a", 1, (3, 3, 3), worked=(3, 3, 1))
    large = atom("b", 1, (4, 4, 4), worked=(4, 4, 1))
    cells = [cell("a", DIRECT, small), cell("b", DIRECT, large)]
    assert suppress_crossing_cells([small, large], cells).shares == {"a": SuppressionRule.TOO_FEW_FOR_SHARE}
    alike = atom("b", 1, (0, 1, 11))
    assert suppress_crossing_cells([alike], [cell("b", DIRECT, alike)]).shares == {"b": SuppressionRule.WITHOUT_FIGURE}
    without_contact = Atom("b", 1, (4, 4, 4), (0, 0, 0), (1, 11))
    assert suppress_crossing_cells([without_contact], [cell("b", DIRECT, without_contact)]).shares == {
        "b": SuppressionRule.HOMOGENEOUS
    }


def test_the_share_beside_a_suppressed_figure_has_one_rule():
    """Else too few scores beside many contacts would tell how many had contact."""
    few = Atom("a", 1, (2, 1, 1), (2, 1, 1), (4, 0))
    many = Atom("b", 1, (2, 1, 1), (2, 1, 1), (30, 5))
    cells = [cell("a", DIRECT, few), cell("b", DIRECT, many)]
    suppression = suppress_crossing_cells([few, many], cells)
    assert set(suppression.figures.values()) == {SuppressionRule.TOO_FEW}
    assert set(suppression.shares.values()) == {SuppressionRule.WITHOUT_FIGURE}


def test_a_share_beside_a_mean_must_not_give_away_the_mean_of_a_few():
    """Twelve raters, nine of them without contact: mean and share would give the mean of three."""
    mostly = atom("a", 1, (2, 1, 9), worked=(2, 1, 0))
    decision = suppress_crossing_cells([mostly], [cell("a", DIRECT, mostly)])
    assert (decision.figures, decision.shares) == ({}, {"a": SuppressionRule.COMPLEMENTARY})
    assert leaks([mostly], [cell("a", DIRECT, mostly)], figures={"a"}, shares={"a"}, min_group_size=MIN_GROUP_SIZE) == [
        "contact in a"
    ]


@pytest.mark.parametrize(
    ("atoms", "cells", "min_group_size", "message"),
    [
        ([SALES], [], 4, "never lowered"),
        ([SALES, SALES], [], 5, "is there twice"),
        ([SALES], [cell("s", DIRECT, SALES), cell("s", DIRECT, SALES)], 5, "same id"),
        ([SALES], [cell("p", DIRECT, PLANT)], 5, "nobody has counted"),
    ],
)
def test_what_makes_no_sense_is_refused(atoms, cells, min_group_size, message):
    with pytest.raises(ValueError, match=message):
        suppress_crossing_cells(atoms, cells, min_group_size=min_group_size)


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.randoms(use_true_random=False), st.integers(5, 8))
def test_the_order_of_cells_does_not_matter_and_shown_have_the_minimum(seed, random, min_group_size):
    atoms, cells = random_map(np.random.default_rng(seed))
    decision = suppress_crossing_cells(atoms, cells, min_group_size=min_group_size)
    shuffled = random.sample(atoms, len(atoms)), random.sample(cells, len(cells))
    assert suppress_crossing_cells(*shuffled, min_group_size=min_group_size) == decision
    by_key = {given.key: given for given in atoms}
    for crossing in cells:
        inside = [by_key[key] for key in crossing.members]
        if crossing.id not in decision.figures:
            assert raters_at_least((each.rated, sum(each.scores)) for each in inside) >= min_group_size
        if crossing.id not in decision.shares:
            assert crossing.id not in decision.figures
            assert raters_at_least((each.rated, sum(each.contact)) for each in inside) >= 10


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_nothing_suppressed_can_be_computed(seed):
    atoms, cells = random_map(np.random.default_rng(seed))
    assert (
        leaks(atoms, cells, **shown(cells, suppress_crossing_cells(atoms, cells)), min_group_size=MIN_GROUP_SIZE) == []
    )


@pytest.mark.parametrize(("raters", "rule"), [(9, SuppressionRule.CHANGED), (10, None)])
def test_raters_of_whom_a_few_have_changed_need_twice_the_minimum(raters, rule):
    half = raters // 2
    atom = Atom("sales", 1, (half, raters - half), (half, raters - half), (raters, 0), changed=True)
    assert suppress_crossing_cells([atom], [cell("a", DIRECT, atom)]).figures.get("a") == rule
