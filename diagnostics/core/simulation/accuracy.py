"""How often the 90 % interval holds the truth, and how far figures are from it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from diagnostics.core.arrays import Codes, Flags, Floats
from diagnostics.core.estimate.answers import Answers, person_index, scale_scores
from diagnostics.core.estimate.groups import GroupStats, group_stats, reliability
from diagnostics.core.estimate.index import Posterior, estimate
from diagnostics.core.estimate.nonresponse import SHIFT
from diagnostics.core.simulation.company import Company, Design
from diagnostics.core.simulation.items import SIGNS
from surveys.rules.limits import MIN_GROUP_SIZE

# Fewer answers are never reported.
Estimator = Callable[[GroupStats, float], Posterior]


@dataclass(frozen=True)
class Share:
    """A share of cases with its Monte Carlo standard error.

    The error is at least Agresti and Coull's error of as many independent cases, which is above 0 at the ends too.
    """

    # Of each company, how many cases count.
    counts: tuple[int, ...]
    # Of how many.
    totals: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.totals)

    @property
    def value(self) -> float:
        return sum(self.counts) / max(self.total, 1)

    @property
    def error(self) -> float:
        share, total = (sum(self.counts) + 2) / (self.total + 4), self.total + 4
        independent = float(np.sqrt(share * (1 - share) / total))
        return max(independent, ratio_error(np.array(self.counts), np.array(self.totals)))

    def __add__(self, other: "Share") -> "Share":
        return Share(self.counts + other.counts, self.totals + other.totals)


def ratio_error(sums: Floats | Codes, totals: Codes) -> float:
    """Standard error of sum(sums) / sum(totals), with an entry for each of C companies; 0 for one, which shows none.

        sqrt(C / (C - 1) sum (x_c - r n_c)^2) / sum n_c        Cochran, Sampling Techniques, 3rd ed. (1977), 2.11

    Chance draws companies, and the cases of one hang together: its groups are estimated jointly, and its waves compared
    with the same baselines. Taken for independent they would have an error that is too small.
    """
    companies, whole = len(sums), totals.sum()
    if companies < 2 or not whole:
        return 0.0
    rest = sums - sums.sum() / whole * totals
    return float(np.sqrt(companies / (companies - 1) * (rest @ rest)) / whole)


@dataclass(frozen=True, eq=False)
class Accuracy:
    """One entry for each reported group of all companies."""

    # Whether the truth lies in the 90 % interval.
    covered: Flags
    # Whether it lies in the non-response band.
    covered_by_band: Flags
    # The errors of the group's mean, in points.
    raw: Floats
    # The errors of its index, in points.
    index: Floats
    # Which company the group is of, 0, 1, ...
    company: Codes

    @property
    def coverage(self) -> Share:
        return self._share(self.covered)

    @property
    def band_coverage(self) -> Share:
        return self._share(self.covered_by_band)

    @property
    def rmse(self) -> tuple[float, float]:
        """Of the plain group mean, and of the index, in points."""
        return float(np.sqrt((self.raw**2).mean())), float(np.sqrt((self.index**2).mean()))

    @property
    def rmse_errors(self) -> tuple[float, float]:
        """Their standard errors: that of the mean square over twice the root."""
        raw, index = (
            ratio_error(np.bincount(self.company, weights=errors**2), np.bincount(self.company)) / (2 * root)
            for errors, root in zip((self.raw, self.index), self.rmse, strict=True)
        )
        return raw, index

    def _share(self, flags: Flags) -> Share:
        totals = np.bincount(self.company)
        counts = np.bincount(self.company[flags], minlength=len(totals))
        return Share(tuple(counts.tolist()), tuple(totals.tolist()))


def as_published(stats: GroupStats, rho: float) -> Posterior:
    return estimate(stats, rho=rho)


def wave_statistics(answers: Answers) -> tuple[GroupStats, float]:
    """The way of every wave from answers to what the estimator takes: group statistics, and rho."""
    scores = person_index([scale_scores(answers.values, sign) for sign in SIGNS])
    rho = reliability(answers.values, answers.groups, answers.n_groups)
    return group_stats(scores, answers.groups, answers.n_groups, answers.headcounts), rho


def accuracy(
    seed: int, design: Design, *, companies: int, estimator: Estimator = as_published, small: bool = False
) -> Accuracy:
    """One wave of each of so many companies; `small` leaves out their large groups."""
    rng = np.random.default_rng(seed)
    parts = []
    for company in range(companies):
        wave = Company(rng, design).wave()
        stats, rho = wave_statistics(wave.answers)
        posterior, truth = estimator(stats, rho), wave.truth[stats.codes]
        shown = stats.n >= MIN_GROUP_SIZE
        if small:
            shown &= stats.codes < design.groups - design.large
        silent = SHIFT * (1 - stats.response)
        covered = _inside(posterior, truth, np.zeros(len(truth)))
        errors = np.column_stack([stats.mean - truth, posterior.index - truth, np.full(len(truth), company)])
        parts.append(np.column_stack([covered, _inside(posterior, truth, silent), errors])[shown])
    covered, covered_by_band, raw, index, of = np.concatenate(parts).T
    return Accuracy(covered.astype(bool), covered_by_band.astype(bool), raw, index, of.astype(np.int64))


def _inside(posterior: Posterior, truth: Floats, widened: Floats) -> Flags:
    """Whether the 90 % interval, made wider by so many points at each end, holds the truth; by its distribution."""
    low_enough = posterior.mixture.above(truth - widened) >= 0.05
    flags: Flags = low_enough & (posterior.mixture.above(truth + widened) <= 0.95)
    return flags
