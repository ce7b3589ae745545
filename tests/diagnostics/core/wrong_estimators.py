"""Two tempting shortcuts of the estimator that must fail: negative controls. `rho` is the reliability of a score."""

import numpy as np

from diagnostics.core.estimate.index import estimate, solve


def without_the_finite_prior(stats, rho):
    return solve(stats.mean, estimate(stats, rho=rho).sampling_variance, np.zeros(len(stats.n)))


def with_the_full_correction(stats, rho):
    v = estimate(stats, rho=rho).sampling_variance / (1 - rho * stats.response) * np.maximum(1 - stats.response, 1e-9)
    return solve(stats.mean, v, rho * stats.within_variance / stats.headcounts)
