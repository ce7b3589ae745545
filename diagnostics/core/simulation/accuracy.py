"""How often the 90 % interval holds the truth, and how far figures are from it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from diagnostics.core.answers import Answers
from diagnostics.core.arrays import Flags, Floats
from diagnostics.core.groups import GroupStats, group_stats
from diagnostics.core.index import Posterior, estimate
from diagnostics.core.nonresponse import SHIFT
from diagnostics.core.reliability import reliability
from diagnostics.core.scales import person_index, scale_scores
from diagnostics.core.simulation.company import Company, Design
from diagnostics.core.simulation.items import SIGNS

# Fewer answers are never reported.
FLOOR = 5
Estimator = Callable[[GroupStats, float], Posterior]


@dataclass(frozen=True)
class Share:
    """A share of cases, with its Monte Carlo standard error (Agresti and Coull's, above 0 at the ends too)."""

    count: int
    total: int

    @property
    def value(self) -> float:
        return self.count / max(self.total, 1)

    @property
    def error(self) -> float:
        share, total = (self.count + 2) / (self.total + 4), self.total + 4
        return float(np.sqrt(share * (1 - share) / total))

    def __add__(self, other: "Share") -> "Share":
        return Share(self.count + other.count, self.total + other.total)


@dataclass(frozen=True, eq=False)
class Accuracy:
    """One entry for each reported group: is the truth in the interval, in the outer band; the errors of mean, index."""

    held: Flags
    outer: Flags
    raw: Floats
    index: Floats

    @property
    def coverage(self) -> Share:
        return Share(int(self.held.sum()), len(self.held))

    @property
    def outer_coverage(self) -> Share:
        return Share(int(self.outer.sum()), len(self.outer))

    @property
    def rmse(self) -> tuple[float, float]:
        """Of the plain group mean, and of the index, in points."""
        return float(np.sqrt((self.raw**2).mean())), float(np.sqrt((self.index**2).mean()))


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
    for _ in range(companies):
        wave = Company(rng, design).wave()
        stats, rho = wave_statistics(wave.answers)
        posterior, truth = estimator(stats, rho), wave.truth[stats.codes]
        shown = stats.n >= FLOOR
        if small:
            shown &= stats.codes < design.groups - design.large
        silent = SHIFT * (1 - stats.response)
        held = _inside(posterior, truth, np.zeros(len(truth)))
        errors = np.column_stack([stats.mean - truth, posterior.index - truth])
        parts.append(np.column_stack([held, _inside(posterior, truth, silent), errors])[shown])
    held, outer, raw, index = np.concatenate(parts).T
    return Accuracy(held.astype(bool), outer.astype(bool), raw, index)


def _inside(posterior: Posterior, truth: Floats, widened: Floats) -> Flags:
    """Whether the 90 % interval, made wider by so many points at each end, holds the truth; by its distribution."""
    low_enough = posterior.mixture.above(truth - widened) >= 0.05
    flags: Flags = low_enough & (posterior.mixture.above(truth + widened) <= 0.95)
    return flags
