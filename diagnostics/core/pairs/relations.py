"""The social relations model of a matrix "A says of B" (Kenny and La Voie 1984; Warner, Kenny and Stoto 1979).

    y_AB = mu + a_A + b_B + s_{AB} + g_AB + r_AB + e_AB

a is how A sees everybody, b how everybody sees B, s what the pair has in both directions alike, g what one direction
has alone: normal, with standard deviations found by restricted maximum likelihood, each under a half-normal(8) penalty
(judgment; with its Jacobian on the log scale, so that none collapses to zero where the data are silent). r and e are
sampling errors of known size: r what raters are like whomever they rate, e the rest. Ratings are stored without their
rater, so that r cannot be estimated: RATER_SHARE of the variance between raters counts as theirs, and the directions of
one department as rated by the same people as far as numbers allow.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.linalg.lapack import dpotrf, dpotri
from scipy.optimize import minimize

from diagnostics.core.arrays import Codes, Floats
from diagnostics.core.pairs.codes import ModelReason, ModelReasonCode

# Judgment; perceivers account for about as much of the variance of ratings in Kenny, Interpersonal Perception (1994).
RATER_SHARE = 0.3
PENALTY_SD = 8.0
# Half-width of the 90 % interval in standard errors: 1.645, widened for standard deviations that are estimates.
INTERVAL = 1.80
# Of fewer departments and pairs the four variances cannot be estimated. Judgment.
FEWEST_DEPARTMENTS, FEWEST_DIRECTIONS, FEWEST_PAIRS = 4, 12, 4
MOST_DIRECTIONS = 1_500
# Where the likelihood gains no more than this part of itself, deviations are settled to some hundredths of a point.
_ENOUGH = 1e-8
_LOWEST_SD, _HIGHEST_SD, _START_SD = 0.05, 40.0, 4.0


class CannotFitError(Exception):
    """The table does not bear the model."""

    def __init__(self, code: ModelReasonCode, *, most: int | None = None) -> None:
        super().__init__(code)
        self.reason = ModelReason(code, most=most)


class Sds(NamedTuple):
    """Standard deviations, in points of the 0..100 scale."""

    # Of how departments see all others: a.
    rater: float
    # Of how all others see them: b.
    rated: float
    # Of what both directions of a pair share: s.
    pair: float
    # Of what one direction has alone: g.
    direction: float


@dataclass(frozen=True, eq=False)
class Relations:
    """The fitted model of N directions."""

    # Best linear unbiased predictions of mu + a + b + s + g (N,), in points.
    mean: Floats
    # Of their errors (N, N), in squared points.
    covariance: Floats
    # The standard deviations of the effects, in points.
    sds: Sds

    def contrast(self, weights: Floats) -> tuple[Floats, Floats, Floats]:
        """Weighted sums (rows,) of directions with the ends of their 90 % intervals; `weights` is (rows, N)."""
        value = weights @ self.mean
        half = INTERVAL * np.sqrt(np.maximum(((weights @ self.covariance) * weights).sum(axis=1), 0.0))
        return value, value - half, value + half


def fit_relations(rater: Codes, rated: Codes, y: Floats, *, n: Codes, spread: Floats) -> Relations:
    """Fits the model to the means `y` (N,) of `n` raters each, between whom scores have the variance `spread`.

    Raises CannotFitError where departments, directions or pairs are too few, or the search for the deviations fails.
    """
    check_size(rater, rated)
    kernels = shared_kernels(rater, rated)
    error = sampling_covariance(rater, n=n, spread=spread)
    found = minimize(
        lambda log_sds: penalised_deviance(log_sds, y, kernels, error),
        np.full(len(kernels), np.log(_START_SD)),
        method="L-BFGS-B",
        jac=True,
        bounds=[(np.log(_LOWEST_SD), np.log(_HIGHEST_SD))] * len(kernels),
        options={"ftol": _ENOUGH},
    )
    inside = (found.x > np.log(_LOWEST_SD) + 1e-6) & (found.x < np.log(_HIGHEST_SD) - 1e-6)
    if not found.success or not inside.all():
        raise CannotFitError(ModelReasonCode.NOT_CONVERGED)
    return predict(y, kernels, error, Sds(*np.exp(found.x).tolist()))


def sampling_covariance(rater: Codes, *, n: Codes, spread: Floats) -> Floats:
    """Of the means (N, N): `spread`/n on the diagonal; what two directions of one department share by their raters."""
    common = np.where(rater[:, None] == rater, RATER_SHARE / np.maximum(n[:, None], n), 0.0)
    covariance: Floats = common * np.sqrt(spread[:, None] * spread)
    np.fill_diagonal(covariance, spread / n)
    return covariance


def penalised_deviance(log_sds: Floats, y: Floats, kernels: Floats, error: Floats) -> tuple[float, Floats]:
    """Minus the restricted log likelihood (up to a constant) and log penalty of the log deviations, with its gradient.

    `kernels` (4, N, N) are the matrices of ones between directions that share a rater, a rated department, a pair, and
    themselves. Restricted likelihood and its gradient: Searle, Casella, McCulloch, Variance Components (1992), ch. 6.
    """
    variances = np.exp(2 * log_sds)
    inverse, log_det = _inverse(np.tensordot(variances, kernels, axes=1) + error)
    ones = inverse.sum(axis=1)
    precision = ones.sum()
    projection = inverse - np.outer(ones, ones) / precision
    residual = projection @ y
    value = 0.5 * (log_det + np.log(precision) + y @ residual)
    slopes = 0.5 * np.tensordot(kernels, projection - np.outer(residual, residual), axes=2)
    value += float(np.sum(variances) / (2 * PENALTY_SD**2) - np.sum(log_sds))
    return float(value), 2 * variances * slopes + variances / PENALTY_SD**2 - 1


def check_size(rater: Codes, rated: Codes) -> None:
    """Raises CannotFitError if departments, directions or pairs are too few, or directions too many."""
    directions = set(zip(rater.tolist(), rated.tolist(), strict=True))
    both = sum((second, first) in directions for first, second in directions) // 2
    if min(len(np.unique(rater)), len(np.unique(rated))) < FEWEST_DEPARTMENTS:
        raise CannotFitError(ModelReasonCode.TOO_FEW_DEPARTMENTS)
    if len(directions) < FEWEST_DIRECTIONS or both < FEWEST_PAIRS:
        raise CannotFitError(ModelReasonCode.TOO_FEW_DIRECTIONS)
    if len(directions) > MOST_DIRECTIONS:
        raise CannotFitError(ModelReasonCode.TOO_MANY_DIRECTIONS, most=MOST_DIRECTIONS)


def shared_kernels(rater: Codes, rated: Codes) -> Floats:
    """Which directions share a rater, a rated department, a pair, or are the same: (4, N, N) of ones and zeros."""
    low, high = np.minimum(rater, rated), np.maximum(rater, rated)
    shared = [
        rater[:, None] == rater,
        rated[:, None] == rated,
        (low[:, None] == low) & (high[:, None] == high),
        np.eye(len(rater)),
    ]
    return np.array(shared, dtype=np.float64)


def predict(y: Floats, kernels: Floats, error: Floats, sds: Sds) -> Relations:
    """BLUP with the centre estimated along: Henderson 1975, Robinson, That BLUP is a good thing (1991)."""
    signal = np.tensordot(np.array(sds) ** 2, kernels, axes=1)
    inverse, _ = _inverse(signal + error)
    ones = inverse.sum(axis=1)
    centre = ones @ y / ones.sum()
    shrink = signal @ inverse
    left = 1 - shrink.sum(axis=1)
    return Relations(
        mean=centre + shrink @ (y - centre),
        covariance=signal - shrink @ signal + np.outer(left, left) / ones.sum(),
        sds=sds,
    )


def _inverse(matrix: Floats) -> tuple[Floats, float]:
    """Of a positive definite matrix, and the logarithm of its determinant; LAPACK's own pair for symmetric ones."""
    factor, failed = dpotrf(matrix, lower=True)
    if failed:
        raise CannotFitError(ModelReasonCode.NOT_CONVERGED)
    inverse, _ = dpotri(factor, lower=True)
    lower = np.tril(inverse, -1)
    return lower + lower.T + np.diag(np.diag(inverse)), 2 * float(np.log(np.diag(factor)).sum())
