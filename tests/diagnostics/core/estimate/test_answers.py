"""Stored bytes become a checked matrix of scores, or a message that says what does not fit."""

import numpy as np
import pytest

from diagnostics.core.estimate.answers import Answers, decode
from surveys.rules.limits import MISSING

FIVE = [0, 25, 50, 75, 100]
YES_NO = [0, 100]


def answers(values, groups=(0, 0), headcounts=(2,)):
    return Answers(np.array(values, dtype=float), np.array(groups), np.array(headcounts), len(headcounts))


def test_codes_become_the_scores_of_their_options_and_255_is_missing():
    raw = np.array([[0, 1], [4, MISSING], [2, 0]], dtype=np.uint8)
    np.testing.assert_array_equal(decode(raw, [FIVE, YES_NO]), [[0, 100], [100, np.nan], [50, 0]])


def test_no_respondents_decode_to_an_empty_matrix():
    assert decode(np.empty((0, 2), dtype=np.uint8), [FIVE, YES_NO]).shape == (0, 2)


def test_a_code_that_is_no_option_is_refused_with_item_and_code():
    raw = np.array([[0, 0], [1, 2]], dtype=np.uint8)
    with pytest.raises(ValueError, match="Item 1 has 2 options, but an answer has the code 2"):
        decode(raw, [FIVE, YES_NO])


@pytest.mark.parametrize(
    ("raw", "options", "message"),
    [
        (np.zeros((1, 2), dtype=np.int64), [FIVE, FIVE], "must be a uint8 matrix"),
        (np.zeros(2, dtype=np.uint8), [FIVE, FIVE], "must be a uint8 matrix"),
        (np.zeros((1, 3), dtype=np.uint8), [FIVE, FIVE], "have 3 items, the option table has 2"),
        (np.zeros((1, 1), dtype=np.uint8), [[0, 101]], "scores from 0 to 100"),
        (np.zeros((1, 1), dtype=np.uint8), [[0, float("nan")]], "scores from 0 to 100"),
        (np.zeros((1, 1), dtype=np.uint8), [[]], "needs 1 to 255 options"),
    ],
)
def test_raw_answers_that_do_not_fit_their_options_are_refused(raw, options, message):
    with pytest.raises(ValueError, match=message):
        decode(raw, options)


def test_a_valid_matrix_knows_its_size():
    valid = answers([[0, 100, np.nan], [50, 25, 75]], groups=(1, 1), headcounts=(4, 2))
    assert (valid.n_respondents, valid.n_groups) == (2, 2)


def test_headcounts_may_be_unknown_but_not_of_another_number_of_groups():
    values, groups = np.array([[0.0], [50.0]]), np.array([0, 2])
    assert Answers(values, groups, None, 3).n_groups == 3
    with pytest.raises(ValueError, match="one integer for each of 3 groups"):
        Answers(values, groups, np.array([4, 4]), 3)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"values": [[0.0], [100.5]]}, "from 0 to 100 or be missing, got 0 to 100.5"),
        ({"values": [[-1.0], [50.0]]}, "got -1 to 50"),
        ({"values": [[np.inf], [50.0]]}, "got 50 to inf"),
        ({"values": [1.0, 2.0]}, "must be a float matrix"),
        ({"groups": (0,)}, "one integer for each of 2 respondents"),
        ({"groups": (0.0, 0.0)}, "one integer for each of 2 respondents"),
        ({"groups": (0, 1)}, "Group codes must lie from 0 to 0"),
        ({"groups": (0, -1)}, "Group codes must lie from 0 to 0"),
        ({"headcounts": (-2,)}, "none below 0"),
        ({"headcounts": (2.0,)}, "one integer for each of 1 groups"),
        ({"headcounts": (1,)}, "Group 0 has more respondents than members"),
    ],
)
def test_a_matrix_out_of_shape_or_range_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        answers(**{"values": [[0.0], [50.0]], **arguments})
