"""The estimator: a hierarchical normal model of the groups of one wave, solved on a grid of tau.

    y_d | theta_d  ~ N(theta_d, v_d)          v_d = s~_d^2 / n_d (1 - rho n_d / N_d)
    theta_d        ~ N(mu, tau^2 + h_d)       h_d = rho s0^2 / N_d
    mu ~ N(40, 25^2),  tau ~ HalfNormal(10) on 0..40

theta_d is the mean of the true scores of all N_d members, whether they answered or not. Given tau all is
normal, so that each posterior is a mixture of normals over the grid (Gelman et al., Bayesian Data Analysis,
3rd ed., section 5.4). The finite-population terms are derived in docs/method.md.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.special import ndtr, ndtri

from diagnostics.core.arrays import Codes, Floats
from diagnostics.core.estimate.groups import RHO_CEILING, GroupStats

# A group's own variance counts for its n - 1 degrees of freedom, the pooled one for ten.
POOLED_FREEDOM = 10
# People who all answer alike still differ by what the scale cannot resolve; keeps v above zero.
SMALLEST_VARIANCE = 1.0
_NEGLIGIBLE_WEIGHT = 1e-14
# 2^-30 of a bracket that is at most some hundred points wide: below what a float32 score resolves.
_HALVINGS = 30


@dataclass(frozen=True)
class Prior:
    """What is believed before a wave, in points of the 0..100 scale."""

    # The mean of mu, the centre of the groups.
    mean: float = 40.0
    # Its standard deviation.
    sd: float = 25.0
    # The scale of the half-normal of tau, the spread of the groups.
    tau_scale: float = 10.0
    # The end of the grid of tau, which begins at 0.
    tau_max: float = 40.0
    # How many points the grid has.
    tau_points: int = 101


@dataclass(frozen=True, eq=False)
class Mixture:
    """Mixtures of normals with shared weights, one a row: the shape of every posterior on the grid of tau."""

    # (points,) of the grid of tau; they sum to 1.
    weights: Floats
    # (rows, points), in points of the scale.
    means: Floats
    # (rows, points), likewise.
    sds: Floats

    def mean(self) -> Floats:
        mean: Floats = self.means @ self.weights
        return mean

    def above(self, point: float | Floats) -> Floats:
        """P(theta > point) of each row; `point` is one number or one a row."""
        probability: Floats = ndtr((self.means - np.asarray(point)[..., None]) / self.sds) @ self.weights
        # Weights that sum to 1 only up to rounding can carry a certain event past 1.
        return np.minimum(probability, 1.0)

    def quantile(self, share: float) -> Floats:
        """The point of each row below which `share` (0..1, ends excluded) of it lies, by bisection."""
        if not 0 < share < 1:
            raise ValueError(f"A quantile needs a share between 0 and 1, got {share}.")
        # A mixture's quantile lies between the smallest and the largest of its components'.
        parts = self.means + ndtri(share) * self.sds
        low, high = parts.min(axis=1), parts.max(axis=1)
        middle: Floats = (low + high) / 2
        for _ in range(_HALVINGS):
            too_low = self.above(middle) > 1 - share
            low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
            middle = (low + high) / 2
        return middle


@dataclass(frozen=True, eq=False)
class Estimates:
    """Posteriors of several rows (groups, or averages of groups)."""

    # y (rows,) before any shrinkage, in points, for comparing waves.
    observed: Floats
    # v (rows,), its variance, in squared points.
    sampling_variance: Floats
    # The variance (rows,) of v, which is estimated from few people; 0 where v was given.
    variance_error: Floats
    # The posterior (rows,) as a mixture over the grid of tau.
    mixture: Mixture
    # The probability of the intervals, 0..1.
    probability: float

    @cached_property
    def index(self) -> Floats:
        """Posterior mean (rows,), 0..100."""
        return np.clip(self.mixture.mean(), 0.0, 100.0)

    @cached_property
    def low(self) -> Floats:
        """Lower end (rows,) of the central interval, kept in 0..100."""
        return np.clip(self.mixture.quantile((1 - self.probability) / 2), 0.0, 100.0)

    @cached_property
    def high(self) -> Floats:
        """Upper end (rows,) of the central interval, kept in 0..100."""
        return np.clip(self.mixture.quantile((1 + self.probability) / 2), 0.0, 100.0)

    def prob_above(self, point: float) -> Floats:
        """P(theta > point) of each row, 0..1."""
        return self.mixture.above(point)


@dataclass(frozen=True, eq=False)
class Posterior(Estimates):
    """The groups' posteriors, in the order of `GroupStats.codes`, with what joins them.

    Given tau, theta_d = (1 - B_d) y_d + B_d m + noise, where all groups share the centre m.
    """

    # The grid of tau (T,).
    tau: Floats
    # B (groups, T), 0..1.
    shrinkage: Floats
    # m (T,).
    centre: Floats
    # The variance of m (T,).
    centre_variance: Floats

    def combine(self, weights: Floats) -> Estimates:
        """Posteriors of weighted averages of groups; `weights` is (rows, groups), each row summing to 1.

        Exact: the errors of groups that share a centre are correlated, and that is kept.
        """
        if weights.ndim != 2 or weights.shape[1] != len(self.observed):
            raise ValueError(f"Weights must be (rows, {len(self.observed)}), got {weights.shape}.")
        if not np.allclose(weights.sum(axis=1), 1.0):
            raise ValueError("Each row of weights must sum to 1.")
        own, pull = 1 - self.shrinkage, weights @ self.shrinkage
        means = weights @ (own * self.observed[:, None]) + pull * self.centre
        noise = weights**2 @ (own * self.sampling_variance[:, None])
        sds = np.sqrt(noise + pull**2 * self.centre_variance)
        return Estimates(
            observed=weights @ self.observed,
            sampling_variance=weights**2 @ self.sampling_variance,
            variance_error=weights**4 @ self.variance_error,
            mixture=Mixture(self.mixture.weights, means, sds),
            probability=self.probability,
        )


def estimate(stats: GroupStats, *, rho: float, prior: Prior | None = None, probability: float = 0.90) -> Posterior:
    """Estimate every group of a wave from its statistics; `rho` is the reliability, 0..0.95.

    Where headcounts are unknown, both finite-population terms are zero.
    """
    if not 0 <= rho <= RHO_CEILING:
        raise ValueError(f"rho must lie from 0 to {RHO_CEILING}, got {rho}.")
    prior = prior or Prior()
    s0 = _within_variance(stats, prior)
    pooled = (POOLED_FREEDOM * s0 + (stats.n - 1) * stats.variance) / (POOLED_FREEDOM + stats.n - 1)
    v = pooled / stats.n * (1 - rho * stats.response)
    h = np.zeros(len(v)) if stats.headcounts is None else rho * s0 / stats.headcounts
    error = 2 * v**2 / freedom(stats.n - 1, (stats.n - 1).sum())
    return replace(solve(stats.mean, v, h, prior=prior, probability=probability), variance_error=error)


def freedom(own: Codes, pooled: int) -> Floats:
    """Degrees of freedom of s~^2, of groups with `own` = n - 1 of their own beside the `pooled` ones of s0^2.

    2 s^4 / Var s~^2, where all groups vary alike and `own` is part of `pooled`: for s~^2 = (10 s0^2 + own s_d^2) /
    (10 + own), Var s0^2 = Cov(s0^2, s_d^2) = 2 s^4 / pooled and Var s_d^2 = 2 s^4 / own.
    """
    a, pooled = POOLED_FREEDOM, max(pooled, 1)
    return (a + own) ** 2 / (a**2 / pooled + own + 2 * a * own / pooled)


def solve(y: Floats, v: Floats, h: Floats, *, prior: Prior | None = None, probability: float = 0.90) -> Posterior:
    """The grid itself, for group means `y` with sampling variances `v` > 0 and prior variances `h` >= 0."""
    prior = prior or Prior()
    tau = np.linspace(0.0, prior.tau_max, prior.tau_points)
    w = 1 / (v + h + tau[:, None] ** 2)
    total = w.sum(axis=1)
    mean = w @ y / total
    variance = prior.sd**2
    log_weight = (
        0.5 * np.log(w).sum(axis=1)
        - 0.5 * (w * (y - mean[:, None]) ** 2).sum(axis=1)
        - 0.5 * np.log1p(variance * total)
        - 0.5 * (mean - prior.mean) ** 2 / (1 / total + variance)
        - 0.5 * (tau / prior.tau_scale) ** 2
    )
    weight = np.exp(log_weight - log_weight.max())
    kept = weight > _NEGLIGIBLE_WEIGHT
    weight, tau, w, total, mean = weight[kept] / weight[kept].sum(), tau[kept], w[kept], total[kept], mean[kept]
    centre_variance = 1 / (total + 1 / variance)
    centre = centre_variance * (total * mean + prior.mean / variance)
    shrinkage = (v * w).T
    means = (1 - shrinkage) * y[:, None] + shrinkage * centre
    sds = np.sqrt((1 - shrinkage) * v[:, None] + shrinkage**2 * centre_variance)
    return Posterior(
        observed=y,
        sampling_variance=v,
        variance_error=np.zeros(len(v)),
        mixture=Mixture(weight, means, sds),
        probability=probability,
        tau=tau,
        shrinkage=shrinkage,
        centre=centre,
        centre_variance=centre_variance,
    )


def _within_variance(stats: GroupStats, prior: Prior) -> float:
    """s0^2; where no group has two scores, nothing is known, and it is the prior's variance."""
    pooled = stats.within_variance
    return prior.sd**2 if pooled is None else max(pooled, SMALLEST_VARIANCE)
