"""Laws of the pair map, whatever the answers."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diagnostics.core.estimate.groups import GroupStats
from diagnostics.core.estimate.index import estimate
from diagnostics.core.pairs.codes import PairModel
from diagnostics.core.pairs.estimate import Directions, estimate_cells, estimate_pairs
from tests.diagnostics.core.matrices import draw

seeds = st.integers(0, 10_000)
law = settings(max_examples=12)


def table_of(seed, departments=6):
    return draw(np.random.default_rng(seed), departments, (5.0, 4.0, 6.0, 3.0))[1]


def changed(table, **changes):
    columns = {name: getattr(table, name) for name in ("rater", "rated", "n", "mean", "variance")}
    return Directions(**columns | changes)


def same(directions, other, *, shift=0.0):
    for name in ("value", "low", "high"):
        assert getattr(directions, name) == pytest.approx(getattr(other, name) + shift, abs=0.02)


@law
@given(seeds, st.permutations(range(6)))
def test_the_names_of_departments_do_not_matter(seed, names):
    table, new = table_of(seed), np.array(names)
    renamed = changed(table, rater=new[table.rater], rated=new[table.rated])
    same(estimate_pairs(table).directions(), estimate_pairs(renamed).directions())


@law
@given(seeds, st.randoms(use_true_random=False))
def test_the_order_of_directions_does_not_matter(seed, random):
    table = table_of(seed)
    order = np.array(random.sample(range(len(table.n)), len(table.n)))
    columns = {name: getattr(table, name)[order] for name in ("rater", "rated", "n", "mean", "variance")}
    directions, moved = estimate_pairs(table).directions(), estimate_pairs(Directions(**columns)).directions()
    assert moved.value == pytest.approx(directions.value[order], abs=0.02)


@law
@given(seeds, st.floats(-20, 20))
def test_adding_a_constant_shifts_everything_and_leaves_the_differences(seed, shift):
    table = table_of(seed)
    before, after = estimate_pairs(table), estimate_pairs(changed(table, mean=table.mean + shift))
    assert before.model == after.model == PairModel.SOCIAL_RELATIONS
    same(after.directions(), before.directions(), shift=shift)
    first, second = np.array([0, 1]), np.array([7, 3])
    same(after.difference(first, second), before.difference(first, second))


@law
@given(seeds)
def test_turning_a_one_sided_matrix_swaps_the_two_effects(seed):
    """With nothing shared between the raters of a department, rater and rated are two names for one thing."""
    table = table_of(seed)
    flat = changed(table, n=np.full(len(table.n), 8), variance=np.full(len(table.n), 300.0))
    turned = changed(flat, rater=flat.rated, rated=flat.rater)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("diagnostics.core.pairs.relations.RATER_SHARE", 0.0)
        upright, other = estimate_pairs(flat), estimate_pairs(turned)
    same(upright.directions(), other.directions())
    assert upright.fitted.sds.rater == pytest.approx(other.fitted.sds.rated, abs=0.02)


@law
@given(seeds)
def test_a_pair_is_the_mean_of_its_directions_and_asymmetry_turns_along(seed):
    pairs = estimate_pairs(table_of(seed))
    directions, first, second = pairs.directions(), np.array([0, 4]), np.array([5, 9])
    both, difference = pairs.both(first, second), pairs.difference(first, second)
    assert both.value == pytest.approx((directions.value[first] + directions.value[second]) / 2)
    assert difference.value == pytest.approx(directions.value[first] - directions.value[second])
    turned = pairs.difference(second, first)
    assert (turned.low, turned.high) == (pytest.approx(-difference.high), pytest.approx(-difference.low))


@law
@given(seeds)
@example(282)  # an interval that reaches below the scale
def test_without_the_model_each_direction_is_a_group_of_the_index(seed):
    table = table_of(seed, 4)
    pairs, first, second = estimate_cells(table), np.array([0]), np.array([3])
    stats = GroupStats(np.arange(len(table.n)), table.n, table.mean, table.variance, None)
    posterior = estimate(stats, rho=0)
    directions = pairs.directions()
    assert directions.value == pytest.approx(posterior.mixture.mean())
    # Only the index keeps its ends on the scale: a pair is clipped where it is stored.
    assert np.clip(directions.low, 0, 100) == pytest.approx(posterior.low)
    assert np.clip(directions.high, 0, 100) == pytest.approx(posterior.high)
    half = np.zeros((1, len(table.n)))
    half[0, [0, 3]] = 0.5
    assert np.clip(pairs.both(first, second).high, 0, 100) == pytest.approx(posterior.combine(half).high)
    assert pairs.difference(first, second).value == pytest.approx(directions.value[first] - directions.value[second])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rated": np.array([1, 1])}, "twice"),
        ({"rated": np.array([1])}, "one length"),
        ({"n": np.array([0, 5])}, "at least one"),
    ],
)
def test_what_is_no_table_of_directions_is_refused(change, message):
    two = {"rater": np.array([0, 0]), "rated": np.array([1, 2]), "n": np.array([5, 6])}
    with pytest.raises(ValueError, match=message):
        Directions(**two | {"mean": np.array([40.0, 50.0]), "variance": np.array([1.0, 1.0])} | change)
