"""ICC(1), ICC(2) and r_wg(j), against published tables and other people's code."""

import numpy as np
import pytest
from scipy.stats import f_oneway

from diagnostics.core.estimate.groups import group_stats
from diagnostics.core.quality.coefficients import alpha_interval, averaged, icc1, icc2, rwg_j, uniform_variance

# Shrout & Fleiss, Psychological Bulletin 86 (1979), table 2: six targets, each rated by four judges
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float
)

# How many soldiers of companies 2 and 3 ticked options 1 to 5 of each of the eleven items on leadership, LEAD01 to
# LEAD11, in lq2002 (Bliese, Halverson & Schriesheim, Leadership Quarterly 13, 2002), a data set of the R package
# multilevel. The example on its page of rwg.j starts with these two; its code gives 0.8075272584 and 0.8959383151.
COMPANY_2 = """
    3 6 4 11 0   4 3 5 10 2   6 9 3 6 0   7 2 3 10 2   4 8 8 4 0   2 6 3 12 1
    5 3 9 5 2    4 4 3 11 2   5 6 4 8 1   3 4 3 12 2   4 6 7 7 0
"""
COMPANY_3 = """
    5 10 9 8 5   1 8 8 16 4   8 13 11 3 2   7 6 10 10 4   12 11 10 3 1   1 3 8 19 6
    7 12 14 3 1  1 7 9 17 3   6 10 14 7 0   2 5 11 18 1   1 9 13 11 3
"""


def ticked(table):
    """Answers (respondents, items) from how often each option was ticked; whose they are does not matter to r_wg(j)."""
    counts = np.array(table.split(), dtype=int).reshape(-1, 5)
    return np.array([np.repeat([1.0, 2, 3, 4, 5], of_item) for of_item in counts]).T


def statistics(*groups):
    codes = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    return group_stats(np.concatenate(groups).astype(float), codes, len(groups), None)


def test_the_iccs_are_those_of_shrout_and_fleiss_table_4():
    stats = statistics(*SHROUT_FLEISS)
    assert round(icc1(stats).value, 2) == 0.17  # their ICC(1,1)
    assert round(icc2(stats).value, 2) == 0.44  # their ICC(1,4), Bliese's ICC(2)


def test_their_intervals_are_those_of_the_r_package_psych():
    stats = statistics(*SHROUT_FLEISS)
    single, mean = icc1(stats, probability=0.95), icc2(stats, probability=0.95)
    assert (round(single.low, 3), round(single.high, 2)) == (-0.133, 0.72)
    assert (round(mean.low, 3), round(mean.high, 2)) == (-0.884, 0.91)


def test_unequal_groups_have_the_variance_ratio_of_an_anova():
    rng = np.random.default_rng(3)
    groups = [rng.normal(40 + 5 * place, 18, size) for place, size in enumerate((5, 30, 8, 14))]
    ratio, size = f_oneway(*groups).statistic, 57 / 4
    assert icc2(statistics(*groups)).value == pytest.approx(1 - 1 / ratio)
    assert icc1(statistics(*groups)).value == pytest.approx((ratio - 1) / (ratio - 1 + size))


def test_the_mean_of_many_is_as_reliable_as_spearman_and_brown_foretell():
    stats = statistics(*SHROUT_FLEISS)
    single = icc1(stats).value
    assert icc2(stats).value == pytest.approx(4 * single / (1 + 3 * single))


@pytest.mark.parametrize("groups", [[[1, 2, 3]], [[4, 4], [6, 6]]])
def test_one_group_or_people_who_do_not_differ_have_no_icc(groups):
    stats = statistics(*groups)
    assert np.isnan([icc1(stats).value, icc2(stats).low]).all()


def test_equal_group_means_leave_a_finite_icc_below_zero():
    stats = statistics([10, 30], [15, 25])
    assert -1e4 < icc2(stats).value < icc1(stats).value < 0


def test_five_even_options_have_the_variance_of_the_textbook():
    assert uniform_variance([1, 2, 3, 4, 5]) == 2.0  # (5^2 - 1) / 12, James, Demaree & Wolf (1984)
    assert uniform_variance([0, 25, 50, 75, 100]) == 1250.0


def test_one_item_agrees_by_what_its_variance_lacks_to_chance():
    values = np.array([[25.0], [50.0], [75.0], [50.0]])
    ratio = np.var(values, ddof=1) / 1250
    np.testing.assert_allclose(rwg_j(values, np.zeros(4, dtype=int), 1, [1250.0]), [1 - ratio])


def test_two_companies_agree_as_in_the_r_package_multilevel():
    two, three = ticked(COMPANY_2), ticked(COMPANY_3)
    groups = np.repeat([0, 1], [len(two), len(three)])
    found = rwg_j(np.concatenate([two, three]), groups, 2, [2.0] * 11)
    np.testing.assert_allclose(found, [0.8075272584, 0.8959383151], atol=1e-10)
    assert (len(two), len(three)) == (24, 37)


@pytest.mark.parametrize("items", [2, 5, 10])
def test_more_items_step_agreement_up_as_spearman_and_brown_do(items):
    column = np.array([25.0, 50, 75, 50, 0, 100])
    groups = np.zeros(6, dtype=int)
    single = rwg_j(column[:, None], groups, 1, [1250.0])[0]
    many = rwg_j(np.repeat(column[:, None], items, axis=1), groups, 1, [1250.0] * items)[0]
    assert many == pytest.approx(items * single / (1 + (items - 1) * single))


def test_people_who_tick_at_random_hardly_agree_and_never_below_zero():
    rng = np.random.default_rng(1)
    values = rng.integers(0, 5, size=(4000, 1)) * 25.0
    agreement = rwg_j(values, np.repeat(np.arange(40), 100), 40, [1250.0])
    assert agreement.min() >= 0
    assert agreement.mean() < 0.05


def test_missing_answers_and_lonely_people_are_left_out_of_agreement():
    nan = np.nan
    values = np.array([[25, nan], [75, nan], [50, 50], [nan, nan]])
    found = rwg_j(values, np.array([0, 0, 1, 1]), 3, [1250.0, 1250.0])
    np.testing.assert_allclose(found, [0.0, nan, nan])  # s^2 = 1250


def test_an_item_without_a_null_variance_is_refused():
    with pytest.raises(ValueError, match="null variance above 0"):
        rwg_j(np.zeros((2, 2)), np.zeros(2, dtype=int), 1, [1250.0, 0.0])


def test_an_average_over_groups_has_an_interval_and_needs_two():
    figure = averaged(np.array([0.6, 0.8, np.nan, 0.7]))
    half = 1.6448536 * 0.1 / np.sqrt(3)
    np.testing.assert_allclose([figure.value, figure.low, figure.high], [0.7, 0.7 - half, 0.7 + half])
    assert np.isnan(averaged(np.array([0.6, np.nan])).value)


def test_the_interval_of_alpha_holds_the_true_alpha_nine_times_in_ten():
    # Parallel items with a correlation of .3: alpha of six is 6 * .3 / (1 + 5 * .3) = .72
    rng, covered = np.random.default_rng(8), 0
    for _ in range(400):
        values = rng.normal(size=(40, 1)) * np.sqrt(0.3) + rng.normal(size=(40, 6)) * np.sqrt(0.7)
        covariance = np.cov(values.T)
        alpha = 6 / 5 * (1 - np.trace(covariance) / covariance.sum())
        interval = alpha_interval(alpha, 6, 39)
        covered += interval.low <= 0.72 <= interval.high
    assert 0.865 <= covered / 400 <= 0.935


def test_alpha_that_is_undefined_has_no_interval():
    assert np.isnan(alpha_interval(float("nan"), 2, 10).low)
