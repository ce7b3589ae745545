"""Laws of the whole way from answers to an index: what must not matter, and what may only help."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.core.estimate.answers import decode, person_index, scale_scores
from diagnostics.core.estimate.groups import GroupStats, group_stats, reliability
from diagnostics.core.estimate.index import Mixture, estimate, solve
from diagnostics.core.simulation.accuracy import wave_statistics
from diagnostics.core.simulation.company import Company, Design
from surveys.rules.limits import MIN_GROUP_SIZE, MISSING

OPTIONS = [0.0, 25.0, 50.0, 75.0, 100.0]
SIGNS = [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9)]
GROUPS, ITEMS = 3, 10


@st.composite
def waves(draw):
    """Raw answers of ten items, some of them missing, and a group for each respondent."""
    size = draw(st.integers(6, 25))
    code = st.sampled_from([0, 1, 2, 3, 4, 4, 2, 0, MISSING])
    raw = draw(st.lists(st.lists(code, min_size=ITEMS, max_size=ITEMS), min_size=size, max_size=size))
    groups = draw(st.lists(st.integers(0, GROUPS - 1), min_size=size, max_size=size))
    raw[0] = [2] * ITEMS  # somebody answers
    return np.array(raw, dtype=np.uint8), np.array(groups)


def indexed(raw, groups, options=(OPTIONS,) * ITEMS):
    """The posterior of each group by its number."""
    values = decode(raw, options)
    scores = person_index([scale_scores(values, sign) for sign in SIGNS])
    stats = group_stats(scores, groups, GROUPS, np.full(GROUPS, 40))
    posterior = estimate(stats, rho=reliability(values, groups, GROUPS))
    found = np.full((GROUPS, 3), np.nan)
    found[stats.codes] = np.column_stack([posterior.index, posterior.low, posterior.high])
    return found


@settings(max_examples=60)
@given(waves(), st.randoms(use_true_random=False))
def test_neither_the_order_of_respondents_nor_of_groups_matters(wave, random):
    raw, groups = wave
    order = random.sample(range(len(raw)), len(raw))
    names = np.array(random.sample(range(GROUPS), GROUPS))
    np.testing.assert_allclose(indexed(raw[order], names[groups[order]])[names], indexed(raw, groups), atol=1e-6)


@settings(max_examples=60)
@given(waves(), st.sets(st.integers(0, ITEMS - 1)))
def test_asking_items_the_other_way_round_changes_nothing(wave, reversed_items):
    """A person who would tick the first of five options ticks the last, which is now worth what the first was."""
    raw, groups = wave
    turned, options = raw.copy(), [OPTIONS] * ITEMS
    for item in reversed_items:
        given_answers = turned[:, item] != MISSING
        turned[given_answers, item] = 4 - turned[given_answers, item]
        options[item] = OPTIONS[::-1]
    np.testing.assert_array_equal(indexed(turned, groups, options), indexed(raw, groups))


@settings(max_examples=60)
@given(waves())
def test_the_order_of_the_signs_and_of_a_signs_items_does_not_matter(wave):
    raw, groups = wave
    mixed = raw[:, [9, 8, 1, 0, 3, 2, 7, 6, 4, 5]]
    np.testing.assert_allclose(indexed(mixed, groups), indexed(raw, groups), atol=1e-6)


@st.composite
def companies(draw):
    size = draw(st.integers(2, 12))
    column = lambda element: np.array(draw(st.lists(element, min_size=size, max_size=size)))  # noqa: E731
    return column(st.floats(0, 100)), column(st.floats(0.5, 400)), column(st.floats(0, 60))


@given(companies())
def test_the_index_lies_between_the_groups_mean_and_the_centres_range(company):
    y, v, h = company
    posterior = solve(y, v, h)
    low, high = posterior.centre.min(), posterior.centre.max()
    index = posterior.mixture.mean()
    assert (index >= np.minimum(y, low) - 1e-9).all()
    assert (index <= np.maximum(y, high) + 1e-9).all()
    # The centre leans to the prior's 40, and otherwise lies among the groups.
    assert low >= min(y.min(), 40) - 1e-9
    assert high <= max(y.max(), 40) + 1e-9


def test_it_need_not_lie_between_the_groups_and_the_companys_mean():
    """The centre weighs groups by how well they are known, the company by how many people they have."""
    y, v = np.array([40.0, 60.0, 60.0]), np.array([400.0, 1.0, 1.0])
    index = solve(y, v, np.zeros(3)).mixture.mean()
    company = np.average(y, weights=[1000, 10, 10])
    assert company < 41
    assert index[0] > 41


@given(companies(), st.integers(0, 11), st.floats(0.05, 1))
def test_given_tau_a_better_known_group_never_makes_an_interval_wider(company, group, share):
    y, v, h = company
    better = v.copy()
    better[group % len(v)] *= share
    before, after = solve(y, v, h), solve(y, better, h)
    taus, here, there = np.intersect1d(before.tau, after.tau, return_indices=True)
    assert len(taus) > 0
    assert (after.mixture.sds[:, there] <= before.mixture.sds[:, here] + 1e-9).all()


def test_on_average_over_companies_more_answers_never_widen_the_interval():
    """Of one company they may: the answers that come in can show that departments differ more than was thought."""
    widths = []
    for response in (0.4, 0.55, 0.7, 0.85, 1.0):
        rng, found = np.random.default_rng(20_260_101), []
        for _ in range(60):
            stats, rho = wave_statistics(Company(rng, Design(people=20, response=response)).wave().answers)
            posterior = estimate(stats, rho=rho)
            found.append((posterior.high - posterior.low)[stats.n >= MIN_GROUP_SIZE])
        widths.append(np.concatenate(found).mean())
    assert widths == sorted(widths, reverse=True)


@given(companies(), st.lists(st.floats(0, 100), min_size=12, max_size=12))
def test_others_reach_a_group_through_the_pooling_alone(company, elsewhere):
    """Its own y, v and h, with the weights of tau and the centre, make up all of its figure: nothing else of others."""
    y, v, h = company
    moved = np.concatenate([y[:1], np.array(elsewhere)[: len(y) - 1]])
    posterior = solve(moved, v, h)
    pull = v[0] / (v[0] + h[0] + posterior.tau**2)
    means = (1 - pull) * y[0] + pull * posterior.centre
    sds = np.sqrt((1 - pull) * v[0] + pull**2 * posterior.centre_variance)
    alone = Mixture(posterior.mixture.weights, means[None, :], sds[None, :])
    np.testing.assert_allclose(alone.mean()[0], posterior.mixture.mean()[0], atol=1e-9)
    np.testing.assert_allclose(alone.quantile(0.05)[0], posterior.mixture.quantile(0.05)[0], atol=1e-6)
    assert posterior.observed[0] == y[0]


def test_a_suppressed_group_moves_others_by_less_than_the_rounding():
    """Four people who are suppressed, calm or risky, beside eleven departments of fifteen."""
    rng = np.random.default_rng(20_260_101)
    stats, rho = wave_statistics(Company(rng, Design(people=15, response=1.0)).wave().answers)
    found = []
    for mean in (30.0, 50.0):
        suppressed = GroupStats(
            stats.codes,
            np.append(stats.n[:-1], 4),
            np.append(stats.mean[:-1], mean),
            stats.variance,
            np.append(stats.headcounts[:-1], 9),
        )
        found.append(estimate(suppressed, rho=rho).index[:-1])
    assert np.abs(found[0] - found[1]).max() < 0.5


def test_without_pooling_a_suppressed_group_would_move_nothing():
    y, v = np.array([30.0, 70.0, 50.0]), np.array([1e-6, 1e-6, 1e-6])
    calm, high = solve(y, v, np.zeros(3)), solve(replace_last(y, 95.0), v, np.zeros(3))
    np.testing.assert_allclose(calm.index[:2], high.index[:2], atol=1e-4)


def replace_last(column, value):
    return np.append(column[:-1], value)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_an_unknown_group_is_drawn_to_the_centre_and_a_sure_one_stays(share):
    y, h = np.array([20.0, 40.0, 60.0, 80.0]), np.zeros(4)
    vague = solve(y, np.array([1e6, 20.0, 20.0, 20.0]), h)
    sure = solve(y, np.array([1e-6, 20.0, 20.0, 20.0]), h)
    assert vague.mixture.quantile(share)[0] > sure.mixture.quantile(share)[0]
    assert sure.index[0] == pytest.approx(20, abs=0.01)
    assert vague.index[0] > 45
