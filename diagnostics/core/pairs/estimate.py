"""The pair map: what each department says of each other, with its uncertainty, by one of two models.

Where departments rate each other widely enough, it is the social relations model (core.pairs.relations). Elsewhere the
estimator of the index (core.estimate.index) takes each direction as a group of its own: empirical Bayes.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from diagnostics.core.arrays import Codes, Floats
from diagnostics.core.estimate.groups import GroupStats
from diagnostics.core.estimate.index import POOLED_FREEDOM, SMALLEST_VARIANCE, Mixture, Posterior, Prior, solve
from diagnostics.core.pairs.codes import ModelReason, ModelReasonCode, PairModel
from diagnostics.core.pairs.relations import CannotFitError, fit_relations

_ONE_BY_ONE = ModelReason(ModelReasonCode.ONE_BY_ONE)


@dataclass(frozen=True, eq=False)
class Directions:
    """Columns (N,) of directions.

    Raises ValueError for an empty table, columns of several lengths, or a direction that is there twice.
    """

    # The code of the department that rates.
    rater: Codes
    # The code of the department that it rates.
    rated: Codes
    # How many raters, 1 or more.
    n: Codes
    # Of their scores, 0..100.
    mean: Floats
    # Of their scores, with n - 1 in the denominator; 0 for one rater.
    variance: Floats

    def __post_init__(self) -> None:
        stats = GroupStats(np.arange(len(self.n)), self.n, self.mean, self.variance, None)
        if not len(stats.n) == len(self.rater) == len(self.rated):
            raise ValueError("The columns of directions must have one length.")
        if len(set(zip(self.rater.tolist(), self.rated.tolist(), strict=True))) != len(self.n):
            raise ValueError("A direction is there twice.")

    def sampling_variance(self) -> tuple[Floats, Floats]:
        """Of each mean (N,), and of one rating: own variance counts for its freedom, the pooled one for ten."""
        freedom = self.n - 1
        pooled = freedom @ self.variance / freedom.sum() if freedom.any() else Prior().sd ** 2
        spread = (POOLED_FREEDOM * max(pooled, SMALLEST_VARIANCE) + freedom * self.variance) / (
            POOLED_FREEDOM + freedom
        )
        return spread / self.n, spread


@dataclass(frozen=True, eq=False)
class Contrasts:
    """Sums or differences of directions (rows,), in points; not kept in any range."""

    # Posterior means.
    value: Floats
    # The ends of their 90 % intervals.
    low: Floats
    high: Floats


class _Fitted(Protocol):
    def contrast(self, weights: Floats) -> tuple[Floats, Floats, Floats]: ...


@dataclass(frozen=True, eq=False)
class PairEstimates:
    """The estimates of N directions."""

    # N.
    size: int
    # Which model was fitted.
    model: PairModel
    # Why the simpler model; None for the social relations model.
    reason: ModelReason | None
    # Gives weighted sums of the directions with the ends of their intervals.
    fitted: _Fitted

    def directions(self) -> Contrasts:
        return Contrasts(*self.fitted.contrast(np.eye(self.size)))

    def both(self, first: Codes, second: Codes) -> Contrasts:
        """The mean of two directions each (rows,), given by their places."""
        return Contrasts(*self.fitted.contrast(self._weights(first, 0.5) + self._weights(second, 0.5)))

    def difference(self, first: Codes, second: Codes) -> Contrasts:
        """The first direction less the second, -100..100: positive where the first finds it worse."""
        return Contrasts(*self.fitted.contrast(self._weights(first, 1.0) + self._weights(second, -1.0)))

    def _weights(self, places: Codes, weight: float) -> Floats:
        weights = np.zeros((len(places), self.size))
        weights[np.arange(len(places)), places] = weight
        return weights


def estimate_pairs(directions: Directions) -> PairEstimates:
    """The social relations model; where it cannot be fitted, empirical Bayes, with the reason."""
    variance, spread = directions.sampling_variance()
    size = len(directions.n)
    try:
        fitted = fit_relations(directions.rater, directions.rated, directions.mean, n=directions.n, spread=spread)
    except CannotFitError as error:
        return PairEstimates(
            size, PairModel.EMPIRICAL_BAYES, error.reason, _Shrunk(solve(directions.mean, variance, np.zeros(size)))
        )
    return PairEstimates(size, PairModel.SOCIAL_RELATIONS, None, fitted)


def estimate_cells(directions: Directions) -> PairEstimates:
    """Empirical Bayes whatever the table: for divisions, and for what everybody says of a department."""
    variance, _ = directions.sampling_variance()
    size = len(directions.n)
    return PairEstimates(
        size, PairModel.EMPIRICAL_BAYES, _ONE_BY_ONE, _Shrunk(solve(directions.mean, variance, np.zeros(size)))
    )


@dataclass(frozen=True, eq=False)
class _Shrunk:
    """Sums of directions on the grid of tau: given tau all are normal, and share the centre that they shrink to."""

    # Of the directions.
    posterior: Posterior

    def contrast(self, weights: Floats) -> tuple[Floats, Floats, Floats]:
        of = self.posterior
        own, pull = 1 - of.shrinkage, weights @ of.shrinkage
        means = weights @ (own * of.observed[:, None]) + pull * of.centre
        sds = np.sqrt(weights**2 @ (own * of.sampling_variance[:, None]) + pull**2 * of.centre_variance)
        mixture = Mixture(of.mixture.weights, means, np.maximum(sds, 1e-9))
        return mixture.mean(), mixture.quantile((1 - of.probability) / 2), mixture.quantile((1 + of.probability) / 2)
