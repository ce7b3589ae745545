"""Ranks with one sign left out, and Kendall's tau."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from diagnostics.core.quality.coefficients import kendall_tau, sensitivity


def test_ranks_count_from_the_highest_index_over_the_signs_left_out():
    index = np.array([60.0, 40.0, 50.0])
    found = sensitivity(index, [np.array([61.0, 39.0, 50.0]), np.array([48.0, 41.0, 52.0])])
    assert found.rank.tolist() == [1, 3, 2]
    assert found.best.tolist() == [1, 3, 1]
    assert found.worst.tolist() == [2, 3, 2]
    np.testing.assert_allclose(found.tau, [1, 1 / 3])


def test_equals_share_the_better_rank():
    assert sensitivity(np.array([50.0, 60.0, 50.0]), [np.array([1.0, 2.0, 3.0])]).rank.tolist() == [2, 1, 2]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=30))
def test_tau_is_that_of_scipy_with_ties_and_all(pairs):
    first, second = np.array(pairs, dtype=float).T
    np.testing.assert_allclose(kendall_tau(first, second), kendalltau(first, second).statistic, atol=1e-12)


@pytest.mark.parametrize("without", [[], [np.array([1.0])], [np.array([1.0, 2.0]), np.array([1.0])]])
def test_rows_that_do_not_match_are_refused(without):
    with pytest.raises(ValueError, match="needs two rows or more"):
        sensitivity(np.array([1.0, 2.0]), without)
