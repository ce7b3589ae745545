"""The power of a wave, against simulated companies."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import t

from diagnostics.core.alerts.thresholds import DEFAULTS
from diagnostics.core.estimate.index import freedom, solve
from diagnostics.core.quality.power import Spread, change_power, level_power, spread
from diagnostics.core.simulation.alarms import Trial, detected
from diagnostics.core.simulation.company import Design
from diagnostics.core.simulation.history import Move

WITHIN, RHO, SEED = 18.6**2, 0.83, 20_260_101


def department(people, answering):
    return spread(within_variance=WITHIN, pooled=11 * (answering - 1), rho=RHO, people=people, answering=answering)


def others(count=11):
    """The posterior of a company of calm departments of 15, differing as the simulated ones do."""
    y = 39 + 7.5 * np.linspace(-1.6, 1.6, count)
    typical = department(15, 15)
    return solve(y, np.full(count, typical.v), np.full(count, typical.h))


def simulated(move, people, *, level):
    trial = Trial(Design(people=people, response=1.0), (move,), waves=move.at + 1, signs=False)
    return detected(trial.histories(SEED, 60), trial, level=level, within=(2,))[0]


@pytest.mark.parametrize(("people", "rise"), [(8, 6.0), (15, 6.0)])
def test_the_chance_to_find_a_rise_is_about_that_of_simulated_companies(people, rise):
    share = simulated(Move((0,), 5, rise=rise), people, level=False)
    chance = change_power(rise, department(people, people), 12, 1, DEFAULTS)
    assert chance == pytest.approx(share.value, abs=0.05 + 2 * share.error)


def test_the_power_for_a_high_level_is_that_of_simulated_companies():
    share = simulated(Move((0,), 1, score=55.0), 15, level=True)
    (chance,) = level_power(np.array([55.0]), department(15, 15), others(), DEFAULTS)
    assert chance == pytest.approx(share.value, abs=0.1 + 2 * share.error)


def test_larger_departments_and_larger_rises_are_found_more_often():
    sizes = [change_power(10.0, department(n, round(0.6 * n)), 12, 6, DEFAULTS) for n in (8, 15, 40, 200)]
    rises = [change_power(rise, department(15, 9), 12, 6, DEFAULTS) for rise in (5.0, 10.0, 15.0)]
    levels = level_power(np.array([50.0, 55.0, 60.0]), department(15, 9), others(), DEFAULTS).tolist()
    for chances in (sizes, rises, levels):
        assert chances == sorted(chances)
    assert sizes[0] < 0.5
    assert sizes[-1] > 0.95


def test_more_tests_ask_for_a_larger_rise_and_never_below_the_least():
    few, many = (change_power(10.0, department(15, 9), departments, 6, DEFAULTS) for departments in (10, 100))
    assert many < few
    tiny = Spread(1e-6, 0.0, 50.0)
    assert change_power(4.9, tiny, 1, 1, DEFAULTS) < 0.001
    assert change_power(5.1, tiny, 1, 1, DEFAULTS) > 0.999


def test_where_two_likely_waves_are_not_enough_only_a_sure_one_counts():
    strict = replace(DEFAULTS, raise_repeated_waves=3)
    true = np.array([60.0])
    assert level_power(true, department(15, 9), others(), strict) < level_power(
        true, department(15, 9), others(), DEFAULTS
    )


@pytest.mark.parametrize("answering", [0, 9])
def test_more_answers_than_people_or_none_are_refused(answering):
    with pytest.raises(ValueError, match="1 to 8 can answer"):
        department(8, answering)


@pytest.mark.parametrize(("people", "answering", "departments", "measures"), [(8, 5, 12, 6), (40, 24, 3, 1)])
def test_the_chance_to_find_a_rise_is_that_of_its_definition(people, answering, departments, measures):
    """Two waves and a baseline of four drawn; t's quantile by scipy, its degrees of freedom after Welch."""
    typical = spread(within_variance=WITHIN, pooled=88, rho=RHO, people=people, answering=answering)
    v, nu = WITHIN / answering * (1 - RHO * answering / people), float(freedom(np.array(answering - 1), 87 + answering))
    assert (typical.v, typical.freedom) == (pytest.approx(v), pytest.approx(nu))
    base, alpha = v / 4, min(0.1, 0.015 * departments) / (departments * measures)
    welch = (v + base) ** 2 / (v**2 / nu + 4 * (v / 16) ** 2 / nu)
    needed = max(5.0, t.isf(alpha, welch) * np.sqrt(v + base))
    rng = np.random.default_rng(SEED)
    waves = rng.normal(10, np.sqrt(v), (200_000, 2)) - rng.normal(0, np.sqrt(base), (200_000, 1))
    share = (waves >= needed).any(axis=1).mean()
    assert change_power(10.0, typical, departments, measures, DEFAULTS) == pytest.approx(share, abs=0.005)
