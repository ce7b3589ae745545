"""Answers too alike to be shown: a mean at which everybody must have said the same tells on each of them."""

from collections.abc import Sequence

import numpy as np

from diagnostics.core.arrays import Codes, Scores


def homogeneous(counts: Sequence[int]) -> bool:
    """Whether all, or all but one, chose the same risky option.

    `counts` has the people of each score value, the lowest risk (0) first. Everybody at the lowest risk is
    no secret worth hiding: it is shown as "5 or below".
    """
    total = sum(counts)
    return total > 0 and max(counts[1:], default=0) >= max(total - 1, 1)


def value_counts(scores: Scores, groups: Codes, n_groups: int) -> Codes:
    """How many people (groups, values) of each group have each score value; column 0 is score 0.

    Missing scores (NaN) are left out; rows of groups add up to the row of their division.
    """
    given = ~np.isnan(scores)
    values, which = np.unique(scores[given], return_inverse=True)
    if len(values) == 0 or values[0] > 0:
        values, which = np.concatenate([[0.0], values]), which + 1
    cells = np.bincount(groups[given] * len(values) + which, minlength=n_groups * len(values))
    return cells.reshape(n_groups, len(values))
