"""Cronbach's alpha of the covariance of items within groups."""

import numpy as np
import pytest

from diagnostics.core.estimate.groups import cronbach_alpha, pooled_within_covariance, reliability

NAN = np.nan
# The tau-equivalent example of Cho, Organizational Research Methods 19 (2016): alpha = .8135
TAU_EQUIVALENT = np.full((4, 4), 6.0) + np.diag([4.0, 5.0, 6.0, 7.0])


def test_alpha_of_a_published_covariance_matrix():
    assert cronbach_alpha(TAU_EQUIVALENT) == pytest.approx(0.8136, abs=0.0001)


@pytest.mark.parametrize("items", [2, 3, 10])
def test_alpha_of_parallel_items_is_the_spearman_brown_prophecy(items):
    parallel = np.full((items, items), 0.3) + 0.7 * np.eye(items)
    assert cronbach_alpha(parallel) == pytest.approx(items * 0.3 / (1 + (items - 1) * 0.3))


def test_the_pooled_covariance_sums_the_groups_own_deviations():
    values = np.array([[10, 20], [20, 40], [30, 60], [90, 5], [80, 15]], dtype=float)
    groups = np.array([0, 0, 0, 1, 1])
    first, second = np.cov(values[:3].T), np.cov(values[3:].T)
    np.testing.assert_allclose(pooled_within_covariance(values, groups, 2), (2 * first + second) / 3)


def test_each_pair_of_items_uses_the_people_who_answered_both():
    values = np.array([[10, 20, NAN], [20, 40, 7], [30, 60, 9], [80, NAN, 20]])
    covariance = pooled_within_covariance(values, np.zeros(4, dtype=int), 1)
    np.testing.assert_allclose(covariance[0, 1], np.cov(values[:3, :2].T)[0, 1])
    np.testing.assert_allclose(covariance[1, 2], np.cov(values[1:3, 1:].T)[0, 1])
    np.testing.assert_allclose(covariance[0, 0], np.var(values[:, 0], ddof=1))


def test_differences_between_groups_do_not_make_items_reliable():
    rng = np.random.default_rng(5)
    groups = np.repeat([0, 1], 500)
    noise = rng.uniform(0, 20, size=(1000, 5))
    values = noise + 80.0 * groups[:, None]
    assert reliability(values, groups, 2) < 0.2
    assert reliability(values, np.zeros(1000, dtype=int), 1) == 0.95  # seen as one group: all but perfect


def test_a_single_item_has_no_reliability_to_speak_of():
    assert reliability(np.array([[10.0], [20.0]]), np.array([0, 0]), 1) == 0.0


@pytest.mark.parametrize(
    "values",
    [
        [[10, 90], [90, 10], [40, 60]],  # items that contradict each other: alpha is not above 0
        [[50, 50], [50, 50], [50, 50]],  # no variance at all
        [[50, NAN], [NAN, 50], [20, NAN]],  # nobody answered both
    ],
)
def test_where_alpha_is_undefined_or_negative_rho_is_zero(values):
    assert reliability(np.array(values, dtype=float), np.zeros(3, dtype=int), 1) == 0.0
