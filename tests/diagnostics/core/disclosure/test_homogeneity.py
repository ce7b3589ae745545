"""Answers too alike to be shown."""

import numpy as np
import pytest

from diagnostics.core.disclosure.homogeneity import homogeneous, value_counts


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 0, 7), True),
        ((0, 7, 0), True),
        ((1, 0, 6), True),
        ((0, 1, 6), True),
        ((2, 0, 5), False),
        ((0, 2, 5), False),
        ((7, 0, 0), False),  # an all-clear is no secret
        ((6, 0, 1), False),
        ((0, 0, 0), False),
        ((), False),
    ],
)
def test_all_or_all_but_one_at_the_same_risky_option_is_too_alike(counts, expected):
    assert homogeneous(counts) == expected


def test_people_are_counted_by_score_with_the_lowest_risk_first():
    scores = np.array([50.0, 50.0, 0.0, 100.0, np.nan, 50.0])
    counts = value_counts(scores, np.array([0, 0, 0, 1, 1, 3]), 4)
    np.testing.assert_array_equal(counts, [[1, 2, 0], [0, 0, 1], [0, 0, 0], [0, 1, 0]])


def test_the_lowest_risk_has_its_column_even_if_it_was_never_chosen():
    np.testing.assert_array_equal(value_counts(np.array([25.0, 25.0]), np.array([0, 0]), 1), [[0, 2]])
    np.testing.assert_array_equal(value_counts(np.array([np.nan]), np.array([0]), 2), [[0], [0]])
