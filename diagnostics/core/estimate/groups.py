"""What a wave says about each group before any model: respondents, mean, variance, headcount."""

from dataclasses import dataclass

import numpy as np

from diagnostics.core.arrays import Codes, Flags, Floats, Scores


@dataclass(frozen=True, eq=False)
class GroupStats:
    """One row for each group that has at least one score; `codes` says which groups these are.

    `variance` is that of persons within the group (n - 1 in the denominator; 0 for one person).
    `headcounts` is None where nobody knows how many people a group has.
    Raises ValueError for an empty table, an empty group, or more scores than members.
    """

    codes: Codes
    n: Codes
    mean: Floats
    variance: Floats
    headcounts: Codes | None

    def __post_init__(self) -> None:
        columns = [self.codes, self.n, self.mean, self.variance]
        columns += [] if self.headcounts is None else [self.headcounts]
        if len({column.shape for column in columns}) != 1 or self.codes.ndim != 1:
            raise ValueError("The columns of group statistics must have one length.")
        if len(self.n) == 0 or (self.n < 1).any():
            raise ValueError("Group statistics need at least one group, and a score in each.")
        if self.headcounts is not None and (self.headcounts < self.n).any():
            code = self.codes[np.argmax(self.headcounts < self.n)]
            raise ValueError(f"Group {code} has more scores than members.")

    @property
    def response(self) -> Floats:
        """Share n/N of each group's members that has a score, 0..1; 0 where headcounts are unknown."""
        return np.zeros(len(self.n)) if self.headcounts is None else self.n / self.headcounts

    @property
    def within_variance(self) -> float | None:
        """Variance of persons around their group's mean, pooled; None if no group has two scores."""
        freedom = self.n - 1
        return float(freedom @ self.variance / freedom.sum()) if freedom.any() else None

    def weights(self, members: Flags) -> Floats:
        """Weights (rows, groups here) that average groups by headcount, or by n where it is unknown.

        `members` is (rows, all group codes): which groups a division is made of. Groups without a score
        drop out of the average. Raises ValueError for a row that has no group left.
        """
        size = self.n if self.headcounts is None else self.headcounts
        weights = members[:, self.codes] * size.astype(np.float64)
        total = weights.sum(axis=1, keepdims=True)
        if (total == 0).any():
            raise ValueError(f"Row {int(np.argmin(total))} has no group with a score.")
        averages: Floats = weights / total
        return averages


def group_stats(scores: Scores, groups: Codes, n_groups: int, headcounts: Codes | None) -> GroupStats:
    """Summarise person scores (n,) by group code; missing scores (NaN) are left out."""
    given = ~np.isnan(scores)
    scores, groups = scores[given], groups[given]
    count = np.bincount(groups, minlength=n_groups)
    codes = np.flatnonzero(count)
    if len(codes) == 0:
        raise ValueError("Nobody has a score.")
    mean = np.bincount(groups, weights=scores, minlength=n_groups) / np.maximum(count, 1)
    squares = np.bincount(groups, weights=(scores - mean[groups]) ** 2, minlength=n_groups)
    variance = squares / np.maximum(count - 1, 1)
    return GroupStats(
        codes=codes,
        n=count[codes],
        mean=mean[codes],
        variance=variance[codes],
        headcounts=None if headcounts is None else headcounts[codes],
    )
