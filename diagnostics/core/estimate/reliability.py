"""How much of a person's score is the person: Cronbach's alpha within groups."""

import numpy as np

from diagnostics.core.arrays import Codes, Floats, Scores

RHO_CEILING = 0.95
_MIDDLE = 50.0


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
