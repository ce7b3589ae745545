"""A made-up company does what its design says; and each figure of the table keeps the limit that was promised."""

import numpy as np
import pytest

from diagnostics.core.simulation.alarms import Trial, false_alarms
from diagnostics.core.simulation.checks import Coverage, Detection, Discovery, FalseAlarm
from diagnostics.core.simulation.company import Company, Design
from diagnostics.core.simulation.plan import plan

SEED = 20_260_101
BIG = {"groups": 40, "people": 40}


def company(**design):
    return Company(np.random.default_rng(SEED), Design(**BIG | design))


def share_that_changed(made):
    before = made.people.copy()
    made.wave()
    return np.mean(made.people != before), before


def test_people_stay_as_they_are_by_default():
    assert share_that_changed(company())[0] == 0


def test_turnover_replaces_so_many_people_in_each_wave():
    made = company(turnover=0.1)
    changed, before = share_that_changed(made)
    assert changed == pytest.approx(0.1, abs=0.03)
    assert np.isin(made.people, before).mean() == pytest.approx(1 - changed)
    assert made.people.std() == pytest.approx(before.std(), abs=0.03)


def test_moves_exchange_so_many_people_between_groups_and_lose_none():
    made = company(moves=0.1)
    changed, before = share_that_changed(made)
    assert changed == pytest.approx(0.1, abs=0.03)
    assert sorted(made.people.ravel()) == sorted(before.ravel())
    in_the_same_group = np.mean([np.isin(made.people[group], before[group]).mean() for group in range(40)])
    assert in_the_same_group == pytest.approx(1 - changed, abs=0.01)


def straight_lines(made):
    values = made.wave().answers.values
    return np.mean((values == values[:, :1]).all(axis=1) & (values[:, 0] > 0))


def test_careless_people_tick_one_option_throughout_any_of_the_five():
    usual = straight_lines(company())
    assert straight_lines(company(careless=0.5)) - usual == pytest.approx(0.5 * 4 / 5, abs=0.04)
    assert usual < 0.02


@pytest.mark.parametrize("silence", [0.0, 0.5])
def test_silence_is_a_slope_of_the_log_odds_and_leaves_the_response(silence):
    made = company(silence=silence)
    traits = np.repeat(made.traits.ravel(), 30)
    answering = made.draw_answering(traits)
    assert answering.mean() == pytest.approx(0.6, abs=0.01)
    unhappy = (traits - traits.mean()) / 0.68979
    odds = [np.log(rate / (1 - rate)) for low in (-1, 1) if (rate := answering[np.abs(unhappy - low) < 0.1].mean())]
    assert odds[0] - odds[1] == pytest.approx(2 * silence, abs=0.15)


def test_rotating_items_are_others_in_each_wave_and_the_rest_stay():
    made = company(rotating=4, response=1.0)
    means = np.array([made.wave().answers.values.mean(axis=0) for _ in range(8)])
    spread = means.std(axis=0)
    assert spread[:4].min() > 4 * spread[4:].max()


def test_skewed_companies_have_a_few_groups_far_above():
    level = Company(np.random.default_rng(SEED), Design(groups=4000, people=8, skewed=True)).group_traits / 0.26393
    assert (level.mean(), level.std()) == (pytest.approx(0, abs=0.06), pytest.approx(1, abs=0.06))
    assert level.min() >= -1
    assert (level > 2).mean() > 0.04


def test_false_alarms_are_counted_from_the_third_wave_on():
    trial = Trial(Design(groups=3, people=10, response=1.0), waves=5, signs=False)
    found = false_alarms(trial.histories(SEED, 4), [0, 2])
    assert found.watch.totals == (2 * 3,) * 4


def test_the_limits_are_those_of_the_method():
    checks = plan()
    coverage = Coverage("small", Design(groups=5, people=8)).rows(1, 1)[0]
    assert (coverage.low, coverage.high) == (0.86, 0.93)
    assert {check.design.people: check.rmse for check in checks if isinstance(check, Coverage) and check.rmse} == {
        8: (5.1, 4.55),
        15: (4.7, 4.05),
        40: (2.9, 2.65),
    }
    detections = [check for check in checks if isinstance(check, Detection)]
    assert {check.condition: check.least for check in detections if any(check.least)} == {
        "eight of 12 groups of 8": (0.61, 0.81),
        "eight of 12 groups of 15": (0.90, 0.99),
        "eight of 12 groups of 40": (0.99, 0.99),
        "one of 12 groups of 8 by 15, the index alone": (None, 0.49),
        "one of 12 groups of 15 by 15, the index alone": (None, 0.90),
        "one of 12 groups of 40 by 15, the index alone": (None, 0.99),
    }
    assert {check.most for check in checks if isinstance(check, Discovery)} == {0.12}
    alarms = [check.most for check in checks if isinstance(check, FalseAlarm) and check.most]
    calm = {"watch": 0.02, "confirmed": 0.005, "any_watch": 0.02, "any_confirmed": 0.005}
    assert {tuple(most.items()) for most in alarms} == {tuple(calm.items()), (("level", 0.005),)}
    assert [tuple(check.most) for check in checks if isinstance(check, FalseAlarm) and " at 45" in check.condition] == [
        ("level",)
    ] * 3
