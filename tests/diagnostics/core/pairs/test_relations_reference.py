"""The social relations model against other ways to its numbers: contrasts, Henderson, statsmodels."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import approx_fprime
from scipy.stats import multivariate_normal
from statsmodels.regression.mixed_linear_model import MixedLM

from diagnostics.core.pairs import relations
from diagnostics.core.pairs.codes import ModelReason, ModelReasonCode
from diagnostics.core.pairs.relations import PENALTY_SD, CannotFitError, fit_relations, penalised_deviance
from tests.diagnostics.core.matrices import directions_of, draw

SDS = np.array([5.0, 4.0, 6.0, 3.0])


def penalty(log_sds):
    return np.sum(np.exp(2 * log_sds)) / (2 * PENALTY_SD**2) - np.sum(log_sds)


@pytest.fixture
def small():
    """Five departments: means, matrices of what is shared, and sampling covariance."""
    _, table = draw(np.random.default_rng(4), 5, SDS)
    _, spread = table.sampling_variance()
    error = relations.sampling_covariance(table.rater, n=table.n, spread=spread)
    return table, relations.shared_kernels(table.rater, table.rated), error


def test_the_restricted_likelihood_is_that_of_the_error_contrasts(small):
    """REML is the likelihood of any basis of contrasts, which know nothing of the centre (Patterson, Thompson 1971)."""
    table, kernels, error = small
    basis = np.linalg.svd(np.ones((1, len(table.n))))[2][1:]
    differences = []
    for log_sds in (np.log(SDS), np.log([1.0, 9.0, 2.0, 7.0]), np.log([0.3, 0.3, 0.3, 0.3])):
        covariance = basis @ (np.tensordot(np.exp(2 * log_sds), kernels, axes=1) + error) @ basis.T
        expected = -multivariate_normal(cov=covariance).logpdf(basis @ table.mean)
        differences.append(penalised_deviance(log_sds, table.mean, kernels, error)[0] - penalty(log_sds) - expected)
    assert differences == pytest.approx([differences[0]] * 3, abs=1e-8)


def test_the_gradient_is_the_slope(small):
    table, kernels, error = small
    at = np.log([2.0, 5.0, 3.0, 8.0])
    slope = approx_fprime(at, lambda x: penalised_deviance(x, table.mean, kernels, error)[0], 1e-6)
    assert penalised_deviance(at, table.mean, kernels, error)[1] == pytest.approx(slope, abs=1e-4)


def test_without_the_penalty_deviations_are_those_of_statsmodels():
    rng = np.random.default_rng(11)
    rater, rated = directions_of(rng, 9)
    pair = np.minimum(rater, rated) * 9 + np.maximum(rater, rated)
    own, second, both = rng.normal(0, 5, 9), rng.normal(0, 6, 9), rng.normal(0, 7, 81)
    y = 40 + own[rater] + second[rated] + both[pair] + rng.normal(0, 5, len(rater))
    table = pd.DataFrame({"y": y, "a": rater, "b": rated, "s": pair, "one": 1})
    terms = {name: f"0 + C({name})" for name in "abs"}
    fitted = MixedLM.from_formula("y ~ 1", groups="one", vc_formula=terms, data=table).fit(reml=True)
    assert (fitted.vcomp > 1).all()
    # What is left over has, in our terms, a part of known size and the direction's own.
    known = fitted.scale / 3
    log_sds = 0.5 * np.log([*fitted.vcomp, fitted.scale - known])
    kernels = relations.shared_kernels(rater, rated)
    _, gradient = penalised_deviance(log_sds, y, kernels, known * np.eye(len(y)))
    assert gradient - (np.exp(2 * log_sds) / PENALTY_SD**2 - 1) == pytest.approx(np.zeros(4), abs=0.02)


def test_predictions_and_their_errors_solve_hendersons_equations(small):
    table, kernels, error = small
    found = relations.predict(table.mean, kernels, error, relations.Sds(*SDS))
    pairs = np.minimum(table.rater, table.rated) * 5 + np.maximum(table.rater, table.rated)
    parts = [np.equal.outer(codes, np.unique(codes)).astype(float) for codes in (table.rater, table.rated, pairs)]
    design = np.hstack([*parts, np.eye(len(table.n))])
    widths = [part.shape[1] for part in parts] + [len(table.n)]
    whole = np.hstack([np.ones((len(table.n), 1)), design])
    weight = np.linalg.inv(error)
    left = whole.T @ weight @ whole + np.diag(np.concatenate([[0.0], np.repeat(1 / SDS**2, widths)]))
    inverse = np.linalg.inv(left)
    assert found.mean == pytest.approx(whole @ inverse @ whole.T @ weight @ table.mean)
    assert found.covariance == pytest.approx(whole @ inverse @ whole.T)


def test_directions_of_one_department_share_raters_as_numbers_allow():
    covariance = relations.sampling_covariance(
        np.array([0, 0, 1]), n=np.array([5, 10, 8]), spread=np.array([100.0, 400.0, 100.0])
    )
    assert covariance == pytest.approx(np.array([[20, 0.3 * 200 / 10, 0], [6, 40, 0], [0, 0, 12.5]]))
    assert np.linalg.eigvalsh(covariance).min() > 0


@pytest.mark.parametrize(
    ("departments", "keep", "code"),
    [
        (3, None, ModelReasonCode.TOO_FEW_DEPARTMENTS),
        (6, 11, ModelReasonCode.TOO_FEW_DIRECTIONS),
        (40, 14, ModelReasonCode.TOO_FEW_DIRECTIONS),
    ],
)
def test_a_table_that_does_not_bear_the_model_is_refused_with_the_reason(departments, keep, code):
    _, table = draw(np.random.default_rng(2), departments, SDS, keep=keep)
    with pytest.raises(CannotFitError, match=code):
        fit_relations(table.rater, table.rated, table.mean, n=table.n, spread=np.full(len(table.n), 300.0))


def test_a_search_that_runs_into_its_bounds_is_no_fit():
    """Means a thousand points apart want deviations that no scale of 0 to 100 has."""
    rng = np.random.default_rng(3)
    rater, rated = directions_of(rng, 6)
    wild = rng.normal(0, 1000, len(rater))
    with pytest.raises(CannotFitError, match=ModelReasonCode.NOT_CONVERGED):
        fit_relations(rater, rated, wild, n=np.full(len(rater), 8), spread=np.full(len(rater), 300.0))


def test_a_covariance_that_is_none_is_no_fit():
    with pytest.raises(CannotFitError, match=ModelReasonCode.NOT_CONVERGED):
        penalised_deviance(np.zeros(4), np.zeros(2), np.zeros((4, 2, 2)), np.array([[1.0, 2.0], [2.0, 1.0]]))


def table_of(pairs):
    """What a fit takes of the directions (rater, rated)."""
    rater, rated = np.array(pairs).T
    means = 40 + np.random.default_rng(6).normal(0, 8, len(pairs))
    return {
        "rater": rater,
        "rated": rated,
        "y": means,
        "n": np.full(len(pairs), 8),
        "spread": np.full(len(pairs), 300.0),
    }


def both(*pairs):
    return [way for first, second in pairs for way in ((first, second), (second, first))]


def test_four_departments_twelve_directions_and_four_pairs_are_enough():
    three, fourth = both((0, 1), (2, 3), (4, 5)), both((0, 2))
    once = [(1, 2), (3, 4), (5, 0), (1, 3), (2, 4), (3, 5)]
    assert np.isfinite(fit_relations(**table_of(three + fourth + once[:4])).mean).all()
    few = {
        ModelReasonCode.TOO_FEW_DIRECTIONS: [three + fourth + once[:3], three + once],
        ModelReasonCode.TOO_FEW_DEPARTMENTS: [
            [(rater, rated) for rater in range(3) for rated in range(6) if rater != rated],
            [(rater, rated) for rater in range(6) for rated in range(3) if rater != rated],
        ],
    }
    for code, tables in few.items():
        for pairs in tables:
            assert len(pairs) >= 11
            with pytest.raises(CannotFitError, match=code):
                fit_relations(**table_of(pairs))


def test_more_directions_than_a_worker_has_time_for_are_refused():
    rater, rated = directions_of(None, 40)
    relations.check_size(rater[:1500], rated[:1500])
    with pytest.raises(CannotFitError) as refused:
        relations.check_size(rater[:1501], rated[:1501])
    assert refused.value.reason == ModelReason(ModelReasonCode.TOO_MANY_DIRECTIONS, most=1500)


def test_with_silent_ratings_deviations_stay_at_the_penaltys_peak():
    """Of a half-normal(8) on the log scale with its Jacobian, sd exp(-sd^2 / 128), that is 8; without it, 0."""
    silent = table_of(both((0, 1), (2, 3), (0, 2), (1, 3), (0, 3), (1, 2))) | {"spread": np.full(12, 1e9)}
    assert fit_relations(**silent).sds == pytest.approx((8, 8, 8, 8), abs=0.05)


def test_an_interval_is_1_80_standard_errors_wide_on_either_side(small):
    table, kernels, error = small
    found = relations.predict(table.mean, kernels, error, relations.Sds(*SDS))
    value, low, high = found.contrast(np.eye(len(table.n)))
    errors = np.sqrt(np.diag(found.covariance))
    assert (value - low) / errors == pytest.approx(np.full(len(value), 1.8))
    assert (high - value) / errors == pytest.approx(np.full(len(value), 1.8))
