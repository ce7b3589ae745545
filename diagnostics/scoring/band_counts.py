"""Counts of answers as they are published: what is computed of these says no more of a count than its band does."""

import numpy as np

from diagnostics.core.arrays import Codes
from surveys.rules.rounding import Band, band_of


def band_counts(answers: Codes, people: Codes | None, *, min_group_size: int) -> Codes:
    """The middles of the bands that counts are published in, 1 at least; `people` None where that is not known."""
    asked = [None] * len(answers) if people is None else people.tolist()
    bands = [
        band_of(count, of, min_group_size=min_group_size) for count, of in zip(answers.tolist(), asked, strict=True)
    ]
    return np.array([max(sum(band) // 2, 1) for band in bands], dtype=np.int64)


def band_response(band: Band, people: int | None) -> float:
    """The share 0..1 of people who answered, from the middle of the band; 1 where nobody knows how many there were."""
    return sum(band) / 2 / people if people else 1.0
