"""What a wave says before any model: the answers, mean and variance of each group, and how reliable a score is."""

from dataclasses import dataclass

import numpy as np

from diagnostics.core.arrays import Codes, Flags, Floats, Scores

RHO_CEILING = 0.95
_MIDDLE = 50.0
# The score of somebody who agrees, of those from 0 to 100.
AGREE = 75.0


@dataclass(frozen=True, eq=False)
class GroupStats:
    """One row for each group that has at least one score.

    Raises ValueError for an empty table, an empty group, or more scores than members.
    """

    # Which groups these are.
    codes: Codes
    # How many people of each have a score, 1 or more.
    n: Codes
    # The mean of their scores, 0..100.
    mean: Floats
    # The variance of persons within the group (n - 1 in the denominator; 0 for one person), in squared points.
    variance: Floats
    # People on the roster; None where that is unknown.
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


@dataclass(frozen=True, eq=False)
class CriticalMass:
    """People at "agree" or above, for each of K groups."""

    # How many are, of how many who answered.
    count: Codes
    total: Codes


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


def critical_mass(scores: Scores, groups: Codes, n_groups: int, *, at_least: float = AGREE) -> CriticalMass:
    """Count the people whose score is `at_least` that high; missing scores (NaN) are left out."""
    total = np.bincount(groups[~np.isnan(scores)], minlength=n_groups)
    count = np.bincount(groups[scores >= at_least], minlength=n_groups)
    return CriticalMass(count, total)


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


def reliability(values: Scores, groups: Codes, n_groups: int) -> float:
    """The rho of the estimator: alpha of the given items, clipped to 0..0.95.

    A single item, or items whose alpha is undefined, give 0: the conservative end, with no
    finite-population correction.
    """
    if values.shape[1] < 2:
        return 0.0
    alpha = cronbach_alpha(pooled_within_covariance(values, groups, n_groups))
    return 0.0 if np.isnan(alpha) else float(np.clip(alpha, 0.0, RHO_CEILING))


def cronbach_alpha(covariance: Floats) -> float:
    """Alpha from an item covariance matrix (Cronbach, Psychometrika 16, 1951); NaN where undefined."""
    items = len(covariance)
    total = covariance.sum()
    if items < 2 or not total > 0:
        return float("nan")
    return float(items / (items - 1) * (1 - np.trace(covariance) / total))


def pooled_within_covariance(values: Scores, groups: Codes, n_groups: int) -> Floats:
    """Item covariance (items, items) around the group means, pooled over groups.

    Pairwise: each pair of items uses, in each group, the people who answered both, with the means of
    just those people. A pair that leaves no degree of freedom is NaN.
    """
    items = values.shape[1]
    order = np.argsort(groups, kind="stable")
    ends = np.cumsum(np.bincount(groups, minlength=n_groups))
    products = np.zeros((items, items))
    freedom = np.zeros((items, items))
    for start, end in zip(np.concatenate([[0], ends[:-1]]), ends, strict=True):
        if end - start < 2:
            continue
        # Around the middle of the scale, so that the difference of squares keeps its digits.
        rows = values[order[start:end]].astype(np.float64) - _MIDDLE
        given = (~np.isnan(rows)).astype(np.float64)
        filled = np.nan_to_num(rows, nan=0.0)
        both = given.T @ given
        sums = filled.T @ given
        products += filled.T @ filled - sums * sums.T / np.maximum(both, 1)
        freedom += np.maximum(both - 1, 0)
    covariance = np.full((items, items), np.nan)
    np.divide(products, freedom, out=covariance, where=freedom > 0)
    return covariance
