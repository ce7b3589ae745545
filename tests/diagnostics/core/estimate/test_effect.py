"""What a remedy changed: by hand, by law, and by simulation, with and without an effect."""

import random

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.special import stdtrit
from statsmodels.regression.linear_model import WLS

from diagnostics.core.estimate.effect import Change, EffectVerdict, alike, effect, t_quantile
from tests.diagnostics.core.remedied import simulated

COMPANIES = 200


def change(before, after, width=14):
    half = width / 2
    return Change((before, before - half, before + half), (after, after - half, after + half))


OTHERS = [change(66, 60), change(60, 56), change(58, 57, 20), change(55, 49), change(40, 41, 10), change(30, 33)]


def test_t_is_that_of_scipy():
    assert [t_quantile(n) for n in range(3, 200)] == pytest.approx([stdtrit(n, 0.95) for n in range(3, 200)], abs=0.01)


def test_the_expectation_and_its_error_are_those_of_statsmodels():
    """With every other department inside the caliper this is the prediction of a weighted regression."""
    treated, others = change(62, 54, 16), [*OTHERS[:4], change(64, 58, 12)]
    rows = np.array([[1, other.before[0] - 62] for other in others])
    fit = WLS([other.points for other in others], rows, weights=[1 / other.variance for other in others]).fit()
    found = effect(treated, others)
    assert found.expected == pytest.approx(fit.params[0])
    error = np.sqrt(fit.scale * treated.variance + fit.cov_params()[0, 0])
    assert (found.high - found.low) / 2 == pytest.approx(t_quantile(3) * error)
    assert found.own == pytest.approx(treated.points - fit.params[0])


def test_too_few_to_compare_with_is_no_effect_at_all():
    treated = change(62, 54)
    assert len(alike(treated, OTHERS)) == 4
    assert effect(treated, OTHERS).alike == 4
    assert effect(treated, [*OTHERS[:3], *OTHERS[4:]]) is None
    assert effect(treated, OTHERS[:4]) is None
    assert effect(change(90, 54), OTHERS) is None


def test_alike_are_groups_within_ten_points_before():
    others = [change(before, 0) for before in (60, 60.1, 52, 40, 39.9)]
    assert [other.before[0] for other in alike(change(50, 44), others)] == [60, 52, 40]


@pytest.mark.parametrize("width", [2, 3, 7, 11])
def test_where_all_others_had_one_index_their_change_is_expected(width):
    """Figures that are drawn to one mean often are the same whole number. Rounding made a slope of nothing."""
    others = [*(change(40, 20, 2) for _ in range(4)), change(40, 20, width)]
    found = effect(change(50, 44, 12), others)
    assert (found.expected, found.own) == (pytest.approx(-20), pytest.approx(14))


def test_no_change_is_surer_than_whole_numbers_allow():
    """Two figures, each rounded by up to half a point: 2/12 of a point squared, though all others moved alike."""
    assert change(50, 40, 0).variance == pytest.approx(1 / 6)
    found = effect(change(50, 44, 0), [change(before, before - 1, 0) for before in (46, 48, 50, 52, 54)])
    assert (found.expected, found.own) == (pytest.approx(-1), pytest.approx(-5))
    assert (found.high - found.low) / 2 == pytest.approx(t_quantile(3) * np.sqrt(1 / 6))


def test_who_did_as_well_without_it_takes_the_credit_away():
    calm = [change(other.before[0], other.before[0]) for other in OTHERS]
    assert effect(change(62, 40), calm).verdict == EffectVerdict.HELPED
    fell = [change(other.before[0], other.before[0] - 22) for other in OTHERS]
    found = effect(change(62, 40), fell)
    assert found.verdict == EffectVerdict.TOO_EARLY
    assert found.own == pytest.approx(0)


@example([(40, 20, 2)] * 4 + [(40, 21, 3)], 0, random.Random(1))
@given(
    st.lists(st.tuples(st.integers(20, 80), st.integers(20, 80), st.integers(2, 30)), min_size=5, max_size=12),
    st.integers(-15, 15),
    st.randoms(use_true_random=False),
)
def test_order_is_irrelevant_and_what_happens_to_all_cancels(rows, shift, chance):
    others, treated = [change(*row) for row in rows], change(50, 44, 12)
    found = effect(treated, others)
    shuffled = chance.sample(others, len(others))
    moved = effect(change(50, 44 + shift, 12), [change(before, after + shift, width) for before, after, width in rows])
    if found is None:
        assert (effect(treated, shuffled), moved) == (None, None)
        return
    for other in (effect(treated, shuffled), moved):
        assert (other.alike, other.verdict) == (found.alike, found.verdict)
        assert (other.own, other.low, other.high) == pytest.approx((found.own, found.low, found.high), abs=1e-6)


def test_without_any_effect_none_is_found_though_the_department_improves():
    drawn = simulated(0, companies=COMPANIES)
    naive, naive_holds, own, holds, _, helped = np.nanmean(drawn, axis=0)
    measured = int((~np.isnan(drawn[:, 2])).sum())
    assert measured > 0.8 * COMPANIES
    # The negative control: before and after alone sees an improvement of 3 to 7 points, and is far too sure of it.
    assert -7 <= naive <= -3
    assert naive_holds < 0.80
    assert abs(own) < 3 * np.nanstd(drawn[:, 2]) / np.sqrt(measured)
    assert 0.86 <= holds <= 0.95
    assert helped <= 0.07


def test_an_effect_of_ten_points_is_found_as_often_as_documented():
    """docs/method.md: one time in two with departments of 40 people, one in three with 15."""
    large, small = (simulated(-10, companies=COMPANIES, size=size, flare=0.0) for size in (40, 15))
    assert 0.50 <= np.nanmean(large[:, 5]) <= 0.75
    assert 0.18 <= np.nanmean(small[:, 5]) <= 0.40
    # The index is drawn towards the company's mean, and so is what is published of the effect.
    assert -9.8 <= np.nanmean(large[:, 2]) <= -7.5
    assert min(np.nanmean(large[:, 4]), np.nanmean(small[:, 4])) >= 0.80
