"""Many tests at once: which of them may be called found."""

import numpy as np

from diagnostics.core.alerts.thresholds import Thresholds
from diagnostics.core.arrays import Floats


def benjamini_hochberg(p: Floats) -> Floats:
    """The q of each of m tests: rejecting where q <= alpha keeps the false discovery rate at alpha or below.

    q of the i-th smallest p is the least of p_j m / j over j >= i (Benjamini and Hochberg, J. R. Stat. Soc. B 57,
    1995), under independence or positive dependence. Own lines, for `scipy.stats` costs a worker seconds to load; the
    tests hold them to scipy's and to statsmodels'. Raises ValueError for what is no probability.
    """
    p = np.asarray(p, dtype=np.float64)
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("The false discovery rate is controlled over probabilities from 0 to 1.")
    order = np.argsort(p)
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return q


def highest_q(departments: int, thresholds: Thresholds) -> float:
    """The highest q that puts a cell on watch, where so many departments are tested together."""
    return min(thresholds.false_share, thresholds.false_watches * departments)
