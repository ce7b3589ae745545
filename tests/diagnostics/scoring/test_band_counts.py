"""What is computed of counts is the same for every count of a band."""

import numpy as np

from diagnostics.scoring.band_counts import band_counts, band_response
from surveys.rules.rounding import Band


def test_counts_of_one_band_count_alike():
    answers = np.array([10, 12, 14, 15, 3])
    assert band_counts(answers, np.array([40, 40, 40, 40, 40]), min_group_size=5).tolist() == [12, 12, 12, 17, 2]
    assert band_counts(answers, None, min_group_size=12).tolist() == [12, 13, 13, 17, 2]


def test_a_response_is_that_of_the_whole_band():
    assert (band_response(Band(60, 64), 200), band_response(Band(60, 64), None)) == (0.31, 1.0)
