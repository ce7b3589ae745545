"""From a person's answers to scale scores, the index, and a mark for careless answering."""

import numpy as np
import pytest

from diagnostics.core.estimate.answers import careless, decode, person_index, scale_scores
from surveys.rules.limits import MISSING

NAN = np.nan


def test_a_scale_score_is_the_mean_of_the_answered_items():
    values = np.array([[0, 50, 100], [NAN, 50, 0], [NAN, NAN, 75]])
    np.testing.assert_array_equal(scale_scores(values, [0, 1]), [25, 50, NAN])


def test_the_index_is_the_mean_of_at_least_four_core_scores():
    core = np.array([[10, 20, 30, 40, 50], [10, 20, 30, 40, NAN], [10, 20, 30, NAN, NAN]])
    np.testing.assert_array_equal(person_index(list(core.T)), [30, 25, NAN])


def test_a_score_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one column"):
        person_index([])


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([4, 4, 4, 4, 4, 4], True),
        ([2, 2, 2, 2, 2, 2], True),
        ([0, 0, 0, 0, 0, 0], False),  # the lowest risk throughout is an honest answer
        ([4, 4, 4, 4, 4, 3], False),
        ([3, 3, MISSING, 3, 3, 3], True),
        ([MISSING, MISSING, 3, 3, 3, 3], False),  # four answers are too few to tell
        ([MISSING] * 6, False),
    ],
)
def test_one_option_throughout_other_than_the_lowest_risk_is_careless(codes, expected):
    raw = np.array([codes], dtype=np.uint8)
    values = decode(raw, [[0, 25, 50, 75, 100]] * 6)
    assert careless(raw, values).tolist() == [expected]


def test_a_straight_line_over_reversed_items_is_careless():
    raw = np.array([[0] * 6, [4] * 6], dtype=np.uint8)
    forward, backward = [0, 25, 50, 75, 100], [100, 75, 50, 25, 0]
    values = decode(raw, [forward, backward] * 3)
    assert careless(raw, values).tolist() == [True, True]
