"""The participation alert, its interval and test, and what it may never give away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from diagnostics.core.alerts.participation import (
    ResponseBand,
    ResponseMemory,
    advance_response,
    difference,
    fall_chance,
)
from diagnostics.core.alerts.reasons.common import BaselineTooOld
from diagnostics.core.alerts.reasons.participation import (
    ResponseFell,
    ResponseLow,
    ResponseRecovered,
    ResponseRecovering,
    ResponseSteady,
    ResponseUnknown,
)
from diagnostics.core.alerts.thresholds import DEFAULTS
from surveys.rules.rounding import band_of
from tests.diagnostics.core.alerts.baselines import waves_of

MONTH = 28


def play(counts, people=40, every=MONTH):
    """Waves of respondents, None where nothing may be said; every step."""
    memory, steps = None, []
    for wave, count in enumerate(counts, start=1):
        now = None if count is None else ResponseBand(*band_of(count, people), people)
        steps.append(advance_response(memory, now, wave=wave, day=every * wave))
        memory = steps[-1].memory
    return steps


def events(counts, **how):
    return [step.event for step in play(counts, **how)]


USUAL = [32, 31, 33, 32]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([*USUAL, 17], ["raised"]),
        ([*USUAL, 25], ["none"]),
        ([*USUAL, 38], ["none"]),
        ([*USUAL, 17, 17, 32, 32], ["raised", "ongoing", "ongoing", "cleared"]),
        ([*USUAL, 17, 32, 17, 32, 32], ["raised", "ongoing", "ongoing", "ongoing", "cleared"]),
        ([*USUAL, 17, 32, None, 32], ["raised", "ongoing", "ongoing", "cleared"]),
        ([*USUAL, None, 17], ["none", "raised"]),
    ],
)
def test_a_fall_is_raised_ongoing_and_cleared(counts, expected):
    assert events(counts)[4:] == expected
    assert events(counts)[:4] == ["none"] * 4


def test_calm_is_judged_by_the_published_rates_and_not_the_nearest_ends():
    """20-24 and 15-19 of 30, published as 75 and 55 %, are 17 points apart; their nearest ends are 3 apart."""
    assert events([22] * 4 + [7, 17, 17, 17], people=30)[4:] == ["raised", "ongoing", "ongoing", "ongoing"]
    assert events([22] * 4 + [7, 21, 21], people=30)[4:] == ["raised", "ongoing", "cleared"]


def test_two_waves_are_needed_to_compare_with_and_the_fifth_joins_not():
    assert events([32, 6])[1:] == ["none"]
    assert events([32, 32, 6])[2:] == ["raised"]
    assert [step.memory.base.waves for step in play([32] * 6)] == [1, 2, 3, 4, 4, 4]


def test_a_wave_without_a_figure_leaves_the_memory_as_it_was():
    for counts in (USUAL, [*USUAL, 17], [*USUAL, 17, 32]):
        assert play([*counts, None])[-1].memory == play(counts)[-1].memory
    assert play([None])[-1].memory == ResponseMemory()


def test_what_is_older_than_a_year_is_compared_with_no_more():
    quiet = play([32] * 18)
    assert [waves_of(step.memory.base) for step in quiet[16:]] == [(1, 4), (18, 18)]
    ongoing = play(USUAL + [17] * 14)
    assert [step.event for step in ongoing[4:]] == ["raised", *["ongoing"] * 12, "expired"]
    assert ongoing[-1].reason == BaselineTooOld(base_first=1, base_last=4)


def test_until_a_baseline_has_two_waves_the_old_one_still_finds_a_fall():
    aged = play([32] * 20)
    assert [waves_of(step.memory.against(DEFAULTS)) for step in aged[16:]] == [(1, 4), (1, 4), (18, 19), (18, 20)]
    assert (waves_of(aged[17].memory.old), aged[18].memory.old) == ((1, 4), None)
    after_a_year = play([*[32] * 17, 17, 17])
    assert [step.event for step in after_a_year[17:]] == ["raised", "expired"]
    fell = after_a_year[17].reason
    assert (fell.base_first, fell.base_last, fell.before, fell.now) == (1, 4, 80, 45)
    assert events([*[32] * 18, 17])[-1] == "raised"
    assert events([*USUAL, 17, 32, 32, 17])[-1] == "raised"


def test_a_wave_that_clears_joins_no_baseline():
    cleared = play([*USUAL, 17, 32, 32, 32, 32])[6:]
    assert [step.event for step in cleared] == ["cleared", "none", "none"]
    assert [step.memory.base and waves_of(step.memory.base) for step in cleared] == [None, (8, 8), (8, 9)]


def test_a_baseline_of_one_wave_or_of_two_years_ago_is_forgotten():
    yearly = play([32, 6], every=400)
    assert [step.event for step in yearly] == ["none", "none"]
    assert yearly[-1].memory.old is None
    memory = play(USUAL)[-1].memory
    day = MONTH * 4
    for since, event in ((2 * 366, "raised"), (2 * 366 + 1, "none")):
        assert advance_response(memory, ResponseBand(*band_of(17, 40), 40), wave=5, day=day + since).event == event


def test_each_step_gives_its_reason_with_published_rates():
    baseline = {"base_first": 1, "base_last": 4, "before": 80}
    assert [step.reason for step in play([*USUAL, 17, 17, 32, 32, None])[3:]] == [
        ResponseSteady(now=80),
        ResponseFell(**baseline, now=45, low=10, high=60),
        ResponseLow(**baseline, now=45, low=10, high=60),
        ResponseRecovering(**baseline, now=80, drop=15, run=1, needed=2),
        ResponseRecovered(**baseline, now=80, drop=15, run=2),
        ResponseUnknown(),
    ]


def test_a_response_near_to_all_is_not_published_more_exactly():
    reason = play([50, 49, 50, 48, 22], people=50)[-1].reason
    assert (reason.before, reason.now) == (None, 45)
    assert play([50, 45, 46, 47, 22], people=50)[-1].reason == reason


counts = st.lists(st.integers(5, 40), min_size=1, max_size=12)


@given(counts, st.data())
def test_nothing_of_it_depends_on_where_in_its_band_a_count_lies(true, data):
    """So neither the alert, nor when it is raised or cleared, nor its reason can narrow a band."""
    others = [data.draw(st.integers(*band_of(count, 40))) for count in true]
    assert play(others) == play(true)


def test_an_alert_by_exact_counts_would_narrow_the_band():
    """The negative control: a test of the counts themselves tells 24 from 20 though both are "20-24"."""
    assert fall_chance(4 * 31, 160, 20, 40) < DEFAULTS.drop_p < fall_chance(4 * 31, 160, 24, 40)
    assert events([31] * 4 + [20]) == events([31] * 4 + [24])


@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 60), st.integers(1, 60))
def test_the_interval_is_newcombes_hybrid_as_statsmodels_has_it(x1, n1, x2, n2):
    x1, x2 = min(x1, n1), min(x2, n2)
    theirs = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", compare="diff", alpha=0.1)
    assert difference(x1, n1, x2, n2) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize(
    ("counts", "interval"),
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((6, 7, 2, 7), (0.0582, 0.8062)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
        ((0, 10, 0, 20), (-0.1611, 0.2775)),
        ((10, 10, 0, 10), (0.6075, 1.0)),
    ],
)
def test_the_intervals_are_those_that_newcombe_printed(counts, interval):
    """Newcombe (1998), table II, method 10, 95 %."""
    assert difference(counts[0], counts[1], counts[2], counts[3], level=0.95) == pytest.approx(interval, abs=6e-5)


@given(st.integers(1, 60), st.integers(61, 90), st.integers(1, 60), st.integers(61, 90))
def test_the_chance_of_a_fall_is_that_of_statsmodels_pooled_test(x1, n1, x2, n2):
    _, p = proportions_ztest([x1, x2], [n1, n2], alternative="larger")
    assert fall_chance(x1, n1, x2, n2) == pytest.approx(p, abs=1e-12)


def test_where_all_or_none_answered_both_times_there_is_no_fall():
    assert fall_chance(10, 10, 5, 5) == fall_chance(0, 10, 0, 5) == 0.5
