"""What is computed of counts is the same for every count of a band."""

import numpy as np

from diagnostics.scoring.quality import band_counts


def test_counts_of_one_band_count_alike():
    answers = np.array([10, 12, 14, 15, 3])
    assert band_counts(answers, np.array([40, 40, 40, 40, 40]), min_group_size=5).tolist() == [12, 12, 12, 17, 2]
    assert band_counts(answers, None, min_group_size=12).tolist() == [12, 13, 13, 17, 2]
