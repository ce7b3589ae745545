"""The groups' statistics before any model."""

import numpy as np
import pytest

from diagnostics.core.estimate.groups import GroupStats, critical_mass, group_stats, value_counts

SCORES = np.array([10.0, 30.0, np.nan, 50.0, 60.0, 70.0, np.nan])
GROUPS = np.array([0, 0, 0, 2, 2, 2, 3])
HEADCOUNTS = np.array([4, 9, 3, 5])


def test_groups_without_a_score_do_not_appear():
    stats = group_stats(SCORES, GROUPS, 4, HEADCOUNTS)
    np.testing.assert_array_equal(stats.codes, [0, 2])
    np.testing.assert_array_equal(stats.n, [2, 3])
    np.testing.assert_array_equal(stats.mean, [20, 60])
    np.testing.assert_array_equal(stats.variance, [200, 100])
    np.testing.assert_array_equal(stats.headcounts, [4, 3])
    np.testing.assert_array_equal(stats.response, [0.5, 1.0])
    assert stats.within_variance == pytest.approx((1 * 200 + 2 * 100) / 3)


def test_the_variance_of_one_person_is_zero_and_does_not_enter_the_pool():
    stats = group_stats(np.array([10.0, 20.0, 30.0]), np.array([0, 1, 1]), 2, None)
    np.testing.assert_array_equal(stats.variance, [0, 50])
    assert stats.within_variance == 50
    assert group_stats(np.array([10.0]), np.array([0]), 1, None).within_variance is None


def test_divisions_weigh_their_groups_by_headcount():
    stats = group_stats(SCORES, GROUPS, 4, HEADCOUNTS)
    members = np.array([[True, True, True, True], [True, True, False, False]])
    np.testing.assert_allclose(stats.weights(members), [[4 / 7, 3 / 7], [1, 0]])


def test_divisions_weigh_groups_by_respondents_without_headcounts():
    stats = group_stats(SCORES, GROUPS, 4, None)
    np.testing.assert_allclose(stats.weights(np.ones((1, 4), dtype=bool)), [[2 / 5, 3 / 5]])
    np.testing.assert_array_equal(stats.response, [0, 0])


def test_a_division_without_any_score_is_refused():
    stats = group_stats(SCORES, GROUPS, 4, HEADCOUNTS)
    with pytest.raises(ValueError, match="Row 1 has no group with a score"):
        stats.weights(np.array([[True, False, False, False], [False, True, False, True]]))


def test_a_wave_without_any_score_is_refused():
    with pytest.raises(ValueError, match="Nobody has a score"):
        group_stats(np.array([np.nan]), np.array([0]), 1, np.array([3]))


def test_more_scores_than_members_are_refused():
    with pytest.raises(ValueError, match="Group 2 has more scores than members"):
        group_stats(SCORES, GROUPS, 4, np.array([4, 9, 2, 5]))


@pytest.mark.parametrize(("n", "message"), [([2, 3], "one length"), ([0], "a score in each")])
def test_statistics_that_do_not_fit_together_are_refused(n, message):
    with pytest.raises(ValueError, match=message):
        GroupStats(np.array([0]), np.array(n), np.array([1.0]), np.array([1.0]), None)


def test_people_are_counted_by_score_with_the_lowest_risk_first():
    scores = np.array([50.0, 50.0, 0.0, 100.0, np.nan, 50.0])
    counts = value_counts(scores, np.array([0, 0, 0, 1, 1, 3]), 4)
    np.testing.assert_array_equal(counts, [[1, 2, 0], [0, 0, 1], [0, 0, 0], [0, 1, 0]])


def test_the_lowest_risk_has_its_column_even_if_it_was_never_chosen():
    np.testing.assert_array_equal(value_counts(np.array([25.0, 25.0]), np.array([0, 0]), 1), [[0, 2]])
    np.testing.assert_array_equal(value_counts(np.array([np.nan]), np.array([0]), 2), [[0], [0]])


def test_the_critical_mass_counts_people_at_agree_or_above():
    scores = np.array([75, 74.9, 100, np.nan, 0, np.nan])
    mass = critical_mass(scores, np.array([0, 0, 0, 0, 1, 2]), 3)
    np.testing.assert_array_equal(mass.count, [2, 0, 0])
    np.testing.assert_array_equal(mass.total, [3, 1, 0])
