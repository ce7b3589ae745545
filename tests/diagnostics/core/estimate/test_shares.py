"""Shares with Wilson's interval, against published tables."""

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from diagnostics.core.estimate.shares import critical_mass, wilson, wilson_around


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_that_of_newcombe_1998_table_1(count, total, low, high):
    got = wilson(np.array([count]), np.array([total]), level=0.95)
    np.testing.assert_allclose(np.ravel(got), [low, high], atol=0.00005)


def test_the_interval_is_that_of_statsmodels():
    count, total = np.array([0, 1, 3, 7, 20]), np.array([10, 10, 11, 20, 20])
    ours = wilson(count, total, level=0.90)
    np.testing.assert_allclose(ours, proportion_confint(count, total, alpha=0.10, method="wilson"), atol=1e-12)


def test_the_ends_of_the_interval_are_where_the_score_test_just_rejects():
    low, high = wilson(np.array([7]), np.array([20]), level=0.90)
    for end in (low[0], high[0]):
        assert abs(7 / 20 - end) / np.sqrt(end * (1 - end) / 20) == pytest.approx(1.6448536, abs=1e-6)


def test_a_share_of_none_is_missing_and_a_share_of_all_ends_at_one():
    low, high = wilson(np.array([0, 12]), np.array([0, 12]))
    np.testing.assert_array_equal(np.isnan(low), [True, False])
    np.testing.assert_array_equal(high, [np.nan, 1.0])


def test_a_count_above_its_total_is_refused():
    with pytest.raises(ValueError, match="from 0 to its total"):
        wilson(np.array([3]), np.array([2]))


def test_the_critical_mass_counts_people_at_agree_or_above():
    scores = np.array([75, 74.9, 100, np.nan, 0, np.nan])
    mass = critical_mass(scores, np.array([0, 0, 0, 0, 1, 2]), 3)
    np.testing.assert_array_equal(mass.count, [2, 0, 0])
    np.testing.assert_array_equal(mass.total, [3, 1, 0])


def test_an_interval_around_a_step_is_that_of_a_count_that_gives_it():
    steps = wilson_around(np.array([0.3, 0.25]), np.array([10, 15]))
    np.testing.assert_allclose([end[0] for end in steps], np.ravel(wilson(np.array([3]), np.array([10]))))
    assert steps[0][1] < 0.25 < steps[1][1]
