"""Laws that the estimator keeps whatever the data."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.core.estimate.groups import GroupStats, group_stats
from diagnostics.core.estimate.index import Prior, estimate, solve


@st.composite
def statistics(draw):
    size = draw(st.integers(1, 12))
    column = lambda element: np.array(draw(st.lists(element, min_size=size, max_size=size)))  # noqa: E731
    n = column(st.integers(1, 60))
    return GroupStats(
        codes=np.arange(size),
        n=n,
        mean=column(st.floats(0, 100)),
        variance=column(st.floats(0, 2500)),
        headcounts=n + column(st.integers(0, 60)),
    )


RHO = st.floats(0, 0.95)


def reordered(stats, order):
    columns = (stats.codes, stats.n, stats.mean, stats.variance, stats.headcounts)
    return GroupStats(*(column[order] for column in columns))


@given(statistics(), RHO, st.randoms(use_true_random=False))
def test_the_order_of_groups_does_not_matter(stats, rho, random):
    order = np.array(random.sample(range(len(stats.n)), len(stats.n)))
    straight, mixed = estimate(stats, rho=rho), estimate(reordered(stats, order), rho=rho)
    for name in ("index", "low", "high"):
        np.testing.assert_allclose(getattr(mixed, name), getattr(straight, name)[order], atol=1e-6)


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([0, 12.5, 40, 100, np.nan])), min_size=1), st.randoms())
def test_the_order_of_respondents_does_not_matter(rows, random):
    rows = [(0, 50.0), *rows]
    mixed = random.sample(rows, len(rows))
    first, second = (
        group_stats(np.array([score for _, score in listed]), np.array([group for group, _ in listed]), 4, None)
        for listed in (rows, mixed)
    )
    np.testing.assert_array_equal(first.n, second.n)
    np.testing.assert_allclose(first.mean, second.mean)
    np.testing.assert_allclose(first.variance, second.variance, atol=1e-9)


@given(statistics(), RHO, st.floats(-30, 30))
def test_moving_scores_and_prior_moves_the_posterior(stats, rho, shift):
    moved = GroupStats(stats.codes, stats.n, stats.mean + shift, stats.variance, stats.headcounts)
    here = estimate(stats, rho=rho).mixture
    there = estimate(moved, rho=rho, prior=Prior(mean=40 + shift)).mixture
    np.testing.assert_allclose(there.mean(), here.mean() + shift, atol=1e-6)
    np.testing.assert_allclose(there.quantile(0.05), here.quantile(0.05) + shift, atol=1e-5)


@given(statistics(), RHO)
def test_given_tau_the_index_lies_between_group_mean_and_common_centre(stats, rho):
    posterior = estimate(stats, rho=rho)
    own, centre = stats.mean[:, None], posterior.centre
    assert (posterior.mixture.means >= np.minimum(own, centre) - 1e-9).all()
    assert (posterior.mixture.means <= np.maximum(own, centre) + 1e-9).all()


@given(statistics(), RHO)
def test_probabilities_fall_with_the_point_and_agree_with_the_interval(stats, rho):
    posterior = estimate(stats, rho=rho)
    chances = np.array([posterior.prob_above(point) for point in range(0, 101, 5)])
    assert (chances >= 0).all()
    assert (chances <= 1 + 1e-12).all()
    assert (np.diff(chances, axis=0) <= 1e-12).all()
    assert (posterior.low <= posterior.index + 1e-9).all()
    assert (posterior.index <= posterior.high + 1e-9).all()


@given(statistics(), RHO)
def test_a_group_averaged_with_no_other_is_itself(stats, rho):
    posterior = estimate(stats, rho=rho)
    same = posterior.combine(np.eye(len(stats.n)))
    for name in ("index", "low", "high", "observed", "sampling_variance", "variance_error"):
        np.testing.assert_allclose(getattr(same, name), getattr(posterior, name), atol=1e-6)


@given(statistics(), RHO)
def test_the_index_of_the_company_is_the_average_of_its_groups(stats, rho):
    posterior = estimate(stats, rho=rho)
    weights = stats.weights(np.ones((1, len(stats.n)), dtype=bool))
    np.testing.assert_allclose(posterior.combine(weights).mixture.mean(), weights @ posterior.mixture.mean())


def test_more_respondents_narrow_the_interval():
    widths = []
    for n in (5, 10, 20):
        stats = GroupStats(np.array([0]), np.array([n]), np.array([50.0]), np.array([300.0]), np.array([20]))
        posterior = estimate(stats, rho=0.8)
        widths.append(float(posterior.high[0] - posterior.low[0]))
    assert widths == sorted(widths, reverse=True)


def test_people_who_all_answer_alike_still_leave_an_interval():
    stats = group_stats(np.full(12, 50.0), np.repeat([0, 1], 6), 2, np.array([6, 6]))
    posterior = estimate(stats, rho=0.95)
    assert (posterior.high - posterior.low > 0.1).all()


def test_one_person_in_each_group_shows_little():
    stats = group_stats(np.array([20.0, 80.0]), np.array([0, 1]), 2, np.array([6, 6]))
    posterior = estimate(stats, rho=0.0)
    assert (posterior.high - posterior.low > 20).all()


@pytest.mark.parametrize("rho", [-0.01, 0.96, float("nan")])
def test_a_rho_out_of_range_is_refused(rho):
    stats = group_stats(np.array([20.0, 80.0]), np.array([0, 1]), 2, None)
    with pytest.raises(ValueError, match=r"rho must lie from 0 to 0\.95"):
        estimate(stats, rho=rho)


@pytest.mark.parametrize(
    ("weights", "message"),
    [([[1.0]], r"must be \(rows, 2\)"), ([[0.5, 0.4]], "must sum to 1"), ([1.0, 0.0], "rows, 2")],
)
def test_weights_that_are_no_average_are_refused(weights, message):
    posterior = solve(np.array([20.0, 80.0]), np.array([9.0, 9.0]), np.zeros(2))
    with pytest.raises(ValueError, match=message):
        posterior.combine(np.array(weights))


@pytest.mark.parametrize("share", [0, 1, -0.1])
def test_a_quantile_at_the_end_is_refused(share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        solve(np.array([20.0]), np.array([9.0]), np.zeros(1)).mixture.quantile(share)
