"""The estimator against the same model solved by plain numerical integration.

The reference knows nothing of the closed forms: it lays a grid over mu as well, multiplies densities, and sums.
"""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy.stats import halfnorm, norm

from diagnostics.core.estimate.groups import GroupStats
from diagnostics.core.estimate.index import Prior, estimate, freedom, solve

# Rubin 1981, in Gelman et al., Bayesian Data Analysis, table 5.2
EIGHT_SCHOOLS = np.array([28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0])
STANDARD_ERRORS = np.array([15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0])
GRID = np.linspace(0, 40, 101)
MIDPOINTS = np.arange(0.05, 40, 0.1)
MU = np.linspace(-110, 190, 3001)
COARSE_MU = MU[::5]


@dataclass
class BruteForce:
    """Weights (tau, mu), and each row's conditional mean and sd (rows, tau, mu)."""

    weight: np.ndarray
    mean: np.ndarray
    sd: np.ndarray

    def averaged(self, weights):
        mean = np.einsum("rd,dtm->rtm", weights, self.mean)
        sd = np.sqrt(np.einsum("rd,dtm->rtm", weights**2, self.sd**2))
        return BruteForce(self.weight, mean, sd)

    def index(self):
        return (self.weight * self.mean).sum(axis=(1, 2))

    def prob_above(self, point):
        return np.array([(self.weight * norm.sf(point, m, s)).sum() for m, s in zip(self.mean, self.sd, strict=True)])

    def prob_below(self, points):
        rows = zip(points, self.mean, self.sd, strict=True)
        return np.array([(self.weight * norm.cdf(p, m, s)).sum() for p, m, s in rows])


def brute_force(y, v, h, tau, mu=MU):
    between = tau[:, None] ** 2 + h[:, None, None]
    log_weight = halfnorm.logpdf(tau, scale=10)[:, None] + norm.logpdf(mu, 40, 25)
    log_weight = log_weight + norm.logpdf(y[:, None, None], mu, np.sqrt(between + v[:, None, None])).sum(axis=0)
    weight = np.exp(log_weight - log_weight.max())
    share = between / (between + v[:, None, None])
    mean = share * y[:, None, None] + (1 - share) * mu
    sd = np.sqrt(share * v[:, None, None]) + 1e-12
    return BruteForce(weight / weight.sum(), mean, np.broadcast_to(sd, mean.shape))


CASES = {
    "eight schools": (EIGHT_SCHOOLS, STANDARD_ERRORS**2, np.zeros(8)),
    "finite groups": (EIGHT_SCHOOLS + 35, STANDARD_ERRORS**2 / 9, 300 / np.array([8, 8, 15, 40, 12, 9, 30, 100])),
    "one group": (np.array([62.0]), np.array([20.0]), np.array([9.0])),
}


@pytest.fixture(scope="module", params=CASES)
def case(request):
    y, v, h = CASES[request.param]
    return solve(y, v, h), brute_force(y, v, h, GRID)


def test_index_and_probabilities_are_those_of_plain_integration(case):
    posterior, reference = case
    np.testing.assert_allclose(posterior.mixture.mean(), reference.index(), atol=1e-6)
    for point in (0, 10, 40, 50, 60):
        np.testing.assert_allclose(posterior.prob_above(point), reference.prob_above(point), atol=1e-6)


def test_the_interval_leaves_five_percent_on_each_side(case):
    posterior, reference = case
    # At tau = 0 the reference is a staircase over mu, which costs it some digits.
    np.testing.assert_allclose(reference.prob_below(posterior.mixture.quantile(0.05)), 0.05, atol=1e-4)
    np.testing.assert_allclose(reference.prob_below(posterior.mixture.quantile(0.95)), 0.95, atol=1e-4)


def test_the_eight_schools_have_the_quantiles_that_gelman_prints():
    """Bayesian Data Analysis, 3rd ed., 5.5: flat priors; table 5.3 is of 200 draws, which err by a point or so."""
    posterior = solve(EIGHT_SCHOOLS, STANDARD_ERRORS**2, np.zeros(8), prior=Prior(sd=1e4, tau_scale=1e6))
    printed = {
        0.25: [7, 3, 2, 4, 1, 2, 7, 3],
        0.50: [10, 8, 7, 8, 5, 6, 10, 8],
        0.75: [16, 12, 11, 11, 10, 10, 15, 13],
    }
    for share, quantiles in printed.items():
        np.testing.assert_allclose(posterior.mixture.quantile(share), quantiles, atol=1.2)
    # Pooled completely, that is with tau = 0, they have a mean of 7.7 with a variance of 16.6.
    pooled = posterior.centre[0], posterior.centre_variance[0]
    assert (posterior.tau[0], *np.round(pooled, 1)) == (0.0, 7.7, 16.6)


def test_averages_of_groups_are_those_of_plain_integration():
    y, v, h = CASES["finite groups"]
    weights = np.array([[1, 0, 0, 0, 0, 0, 0, 0], [2, 3, 0, 0, 5, 0, 0, 0], [1, 2, 3, 4, 5, 6, 7, 8]])
    weights = weights / weights.sum(axis=1, keepdims=True)
    combined = solve(y, v, h).combine(weights)
    reference = brute_force(y, v, h, GRID).averaged(weights)
    np.testing.assert_allclose(combined.index, reference.index(), atol=1e-6)
    np.testing.assert_allclose(combined.prob_above(50), reference.prob_above(50), atol=1e-6)
    np.testing.assert_allclose(reference.prob_below(combined.low), 0.05, atol=1e-6)
    np.testing.assert_allclose(reference.prob_below(combined.high), 0.95, atol=1e-6)


@pytest.mark.parametrize("name", ["eight schools", "finite groups"])
def test_a_hundred_steps_of_tau_are_fine_enough(name):
    y, v, h = CASES[name]
    reference = brute_force(y, v, h, MIDPOINTS, COARSE_MU)
    posterior = solve(y, v, h)
    np.testing.assert_allclose(posterior.mixture.mean(), reference.index(), atol=0.15)
    np.testing.assert_allclose(posterior.prob_above(45), reference.prob_above(45), atol=0.01)


def test_variances_are_those_of_the_method_worked_by_hand():
    stats = GroupStats(
        codes=np.array([0, 1]),
        n=np.array([6, 11]),
        mean=np.array([30.0, 60.0]),
        variance=np.array([400.0, 100.0]),
        headcounts=np.array([12, 11]),
    )
    # s0^2 = (5*400 + 10*100)/15 = 200; s~^2 = (2000 + 2000)/15 and (2000 + 1000)/20
    posterior = estimate(stats, rho=0.8)
    np.testing.assert_allclose(posterior.sampling_variance, [4000 / 15 / 6 * (1 - 0.4), 150 / 11 * (1 - 0.8)])
    by_hand = solve(stats.mean, posterior.sampling_variance, np.array([0.8 * 200 / 12, 0.8 * 200 / 11]))
    np.testing.assert_array_equal(posterior.index, by_hand.index)
    np.testing.assert_array_equal(posterior.high, by_hand.high)


def test_how_loosely_a_variance_is_known_is_that_of_draws():
    own = np.array([4, 8, 23])
    rng = np.random.default_rng(20_260_101)
    squares = rng.chisquare(own, (200_000, 3)) / own
    pooled = squares @ own / own.sum()
    estimated = (10 * pooled[:, None] + own * squares) / (10 + own)
    np.testing.assert_allclose(2 / estimated.var(axis=0), freedom(own, own.sum()), rtol=0.02)


def test_the_error_of_a_variance_is_carried_into_averages():
    stats = GroupStats(np.arange(2), np.array([6, 11]), np.array([30.0, 60.0]), np.array([400.0, 100.0]), None)
    posterior = estimate(stats, rho=0.0)
    error = 2 * posterior.sampling_variance**2 / freedom(np.array([5, 10]), 15)
    np.testing.assert_allclose(posterior.variance_error, error)
    np.testing.assert_allclose(posterior.combine(np.array([[0.5, 0.5]])).variance_error, [error.sum() / 16])
    np.testing.assert_array_equal(solve(stats.mean, np.ones(2), np.zeros(2)).variance_error, [0.0, 0.0])


def test_without_headcounts_the_finite_population_terms_are_zero():
    columns = (np.array([0, 1]), np.array([6, 11]), np.array([30.0, 60.0]), np.array([400.0, 100.0]))
    posterior = estimate(GroupStats(*columns, None), rho=0.8)
    np.testing.assert_allclose(posterior.sampling_variance, [4000 / 15 / 6, 150 / 11])
    by_hand = solve(columns[2], posterior.sampling_variance, np.zeros(2))
    np.testing.assert_array_equal(posterior.index, by_hand.index)


def test_a_flat_prior_and_far_apart_groups_give_back_the_group_means():
    posterior = solve(np.array([5.0, 95.0]), np.array([1e-4, 1e-4]), np.zeros(2), prior=Prior(sd=1e4, tau_scale=1e4))
    np.testing.assert_allclose(posterior.index, [5, 95], atol=0.001)


def test_where_no_group_has_two_scores_the_priors_variance_is_used():
    alone = GroupStats(np.arange(2), np.array([1, 1]), np.array([20.0, 80.0]), np.zeros(2), None)
    assert estimate(alone, rho=0).sampling_variance.tolist() == [25.0**2, 25.0**2]
