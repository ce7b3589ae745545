"""How sure the figures of groups are: agreement within, differences between, and what their order hangs on.

ICC(1), ICC(2), r_wg(j), Cronbach's alpha and Kendall's tau annotate a wave and decide nothing. docs/method.md says how
they are read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import fdtri, ndtri

from diagnostics.core.arrays import Codes, Floats, Scores
from diagnostics.core.estimate.groups import GroupStats, group_stats


@dataclass(frozen=True)
class Coefficient:
    """A coefficient with its interval; NaN throughout where it is undefined."""

    # The coefficient.
    value: float
    # Lower end of its 90 % interval.
    low: float
    # Upper end.
    high: float


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """The ranking by index beside those with one sign left out. Ranks count from 1, the highest index first."""

    # By the index (rows,).
    rank: Codes
    # The range of the ranks (rows,) while each sign is left out in turn.
    best: Codes
    worst: Codes
    # For each sign left out, how much of the order of the index stays: 1 all of it, 0 none, -1 reversed.
    tau: Floats


_SMALLEST_RATIO = 1e-3
UNDEFINED = Coefficient(float("nan"), float("nan"), float("nan"))


def icc1(stats: GroupStats, *, people: int | None = None, probability: float = 0.90) -> Coefficient:
    """ICC(1), the share of the variance of one person's score that lies between groups; at most 1, may be below 0.

        (MSB - MSW) / (MSB + (k - 1) MSW),   k the mean group size

    Shrout & Fleiss, Psychological Bulletin 86, 1979, case 1 (their table of 6 targets and 4 judges: .17), with
    their interval from F = MSB / MSW. With unequal groups k is the mean size, as in Bliese & Halverson, Journal of
    Management 24, 1998, and the interval holds about. Undefined for one group, or where nobody differs.

    `people` is how many k and the interval are of, where the exact number must not follow from them.
    """
    return _from_ratio(stats, probability, people, lambda ratio, size: (ratio - 1) / (ratio + size - 1))


def icc2(stats: GroupStats, *, people: int | None = None, probability: float = 0.90) -> Coefficient:
    """ICC(2), the reliability of group means; at most 1, may be below 0.

        (MSB - MSW) / MSB

    Bliese, in Klein & Kozlowski (eds.), Multilevel Theory, Research, and Methods in Organizations, 2000; the ICC(1,k)
    of Shrout & Fleiss 1979 (their table: .44). Not their ICC(2,1), which is about judges who rate everybody.
    """
    return _from_ratio(stats, probability, people, lambda ratio, _size: 1 - 1 / ratio)


def rwg_j(values: Scores, groups: Codes, n_groups: int, null_variances: Sequence[float]) -> Floats:
    """r_wg(j) (n_groups,), 0..1: how much less the people of a group differ than if they had ticked at random.

        J (1 - r) / (J (1 - r) + r),   r the mean over J items of s_j^2 / null variance, at most 1

    James, Demaree & Wolf, Journal of Applied Psychology 69, 1984. `values` is (respondents, J), NaN where missing.
    Null variances of a uniform choice are `uniform_variance`. An item counts where two people answered it; NaN for
    a group without one. The tests hold it against the example of the R package multilevel, and against the
    Spearman-Brown form from which it was derived.
    """
    null = np.asarray(null_variances, dtype=np.float64)
    if values.ndim != 2 or null.shape != (values.shape[1],) or not (null > 0).all():
        raise ValueError("Each item needs a null variance above 0.")
    items, total = np.zeros(n_groups), np.zeros(n_groups)
    for column, variance in zip(values.T, null, strict=True):
        if np.isnan(column).all():
            continue
        stats = group_stats(column, groups, n_groups, None)
        enough = stats.n >= 2
        items[stats.codes[enough]] += 1
        total[stats.codes[enough]] += stats.variance[enough] / variance
    ratio = np.minimum(np.divide(total, items, out=np.full(n_groups, np.nan), where=items > 0), 1.0)
    agreement: Floats = items * (1 - ratio) / (items * (1 - ratio) + ratio)
    return agreement


def uniform_variance(option_values: Sequence[float]) -> float:
    """The variance of an answer that is any of the options alike: (A^2 - 1) / 12 in steps of A even options."""
    return float(np.var(np.unique(option_values)))


def averaged(figures: Floats, *, probability: float = 0.90) -> Coefficient:
    """The mean over groups, NaN left out, with a normal interval kept in 0..1; undefined for fewer than two."""
    present = figures[~np.isnan(figures)]
    if len(present) < 2:
        return UNDEFINED
    mean = float(present.mean())
    half = float(ndtri((1 + probability) / 2) * present.std(ddof=1) / np.sqrt(len(present)))
    return Coefficient(mean, max(mean - half, 0.0), min(mean + half, 1.0))


def alpha_interval(alpha: float, items: int, freedom: int, *, probability: float = 0.90) -> Coefficient:
    """Cronbach's alpha with the interval of Feldt, Psychometrika 30, 1965; `freedom` is that of the persons.

    1 - (1 - alpha) F, F with `freedom` and (items - 1) `freedom` degrees. Undefined where alpha is.
    """
    if np.isnan(alpha) or items < 2 or freedom < 1:
        return UNDEFINED
    tails = ((1 + probability) / 2, (1 - probability) / 2)
    low, high = (1 - (1 - alpha) * float(fdtri(freedom, (items - 1) * freedom, tail)) for tail in tails)
    return Coefficient(alpha, low, high)


def sensitivity(index: Floats, without: Sequence[Floats]) -> Sensitivity:
    """`index` (rows,) beside the same rows' index with each sign left out in turn.

    Raises ValueError for fewer than two rows, rows that do not match, or no sign to leave out.
    """
    if len(index) < 2 or not without or any(other.shape != index.shape for other in without):
        raise ValueError("A ranking needs two rows or more, and as many without each sign.")
    ranks = np.array([_ranks(other) for other in without])
    return Sensitivity(
        rank=_ranks(index),
        best=ranks.min(axis=0),
        worst=ranks.max(axis=0),
        tau=np.array([kendall_tau(index, other) for other in without]),
    )


def kendall_tau(first: Floats, second: Floats) -> float:
    """Kendall's tau-b, -1..1: pairs in the same order less pairs in opposite order (Biometrika 33, 1945, with ties).

        (concordant - discordant) / sqrt((pairs - tied in first) (pairs - tied in second))

    NaN where one of the two is all ties. Own lines, for `scipy.stats` costs a worker seconds to load; a test holds them
    to it.
    """
    above = np.triu_indices(len(first), k=1)
    x, y = np.sign(first[above[0]] - first[above[1]]), np.sign(second[above[0]] - second[above[1]])
    untied = np.sqrt(np.count_nonzero(x)) * np.sqrt(np.count_nonzero(y))
    return float(x @ y / untied) if untied else float("nan")


def _from_ratio(
    stats: GroupStats, probability: float, people: int | None, formula: Callable[[float, float], float]
) -> Coefficient:
    count, total = len(stats.n), int(stats.n.sum())
    within = stats.within_variance
    if count < 2 or not within:
        return UNDEFINED
    grand = stats.n @ stats.mean / total
    # F = MSB / MSW. Group means that agree to the last digit would leave an ICC(2) of minus infinity.
    ratio = max(float(stats.n @ (stats.mean - grand) ** 2 / (count - 1)) / within, _SMALLEST_RATIO)
    people = max(people or total, count + 1)
    tail, size = (1 + probability) / 2, people / count
    low = ratio / float(fdtri(count - 1, people - count, tail))
    high = ratio * float(fdtri(people - count, count - 1, tail))
    return Coefficient(*(float(formula(end, size)) for end in (ratio, low, high)))


def _ranks(index: Floats) -> Codes:
    """Ranks from 1, the highest first; equals share the best."""
    ranks: Codes = 1 + np.searchsorted(np.sort(-index), -index, side="left")
    return ranks
