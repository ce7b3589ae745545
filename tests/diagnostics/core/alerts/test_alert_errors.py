"""How often alerts are wrong, and how often they find what is there."""

from dataclasses import replace

import numpy as np
import pytest

from diagnostics.core.alerts.advance import advance_alerts
from diagnostics.core.alerts.thresholds import DEFAULTS
from tests.diagnostics.core.made_up import MEASURES, Rise, histories
from tests.tiers import LONG

ON = ("watch", "raised")
COMPANIES = 60 if LONG else 30
MIXED = [8] * 4 + [15] * 4 + [40] * 4
FIRST = 2  # the place of the third wave, the first that has something to compare with


def share(companies, events, kind="change", measures=MEASURES, groups=range(12)):
    """The share of department-waves in which any of the events happened to any of the measures."""
    happened = [
        any(getattr(wave[group, measure], kind).event in events for measure in measures)
        for waves in companies
        for wave in waves[FIRST:]
        for group in groups
    ]
    return np.mean(happened)


def false_discoveries(companies, *, moved, since):
    """The mean share, among the cells on watch in a wave, of those of departments that did not move."""
    shares = []
    for waves in companies:
        for wave in waves[since - 1 :]:
            found = [key for key, step in wave.items() if step.change.event in ON]
            shares.append(sum(group != moved for group, _ in found) / max(len(found), 1))
    return np.mean(shares)


def each_alone(memory, cells, **how):
    """The negative control: every cell judged as if it were the only one."""
    apart = {key: replace(cell, measured=replace(cell.measured, family=str(key))) for key, cell in cells.items()}
    return advance_alerts(memory, apart, thresholds=replace(DEFAULTS, false_watches=1), **how)


@pytest.fixture(scope="module")
def quiet():
    return list(histories(COMPANIES, MIXED, 12, seed=20_260_101))


def test_where_nothing_moves_watches_are_rare_and_alerts_rarer(quiet):
    assert share(quiet, ON) <= 0.02
    assert share(quiet, ("raised",)) <= 0.005


def test_without_memory_false_alerts_would_be_as_many_as_watches(quiet):
    assert share(quiet, ON) > 0.005


def test_judging_each_department_alone_gives_many_more_false_alerts():
    alone = list(histories(15, MIXED, 12, seed=20_260_101, step=each_alone))
    assert share(alone, ON) > 0.10
    assert share(alone, ("raised",)) > 0.02


def test_of_what_is_on_watch_at_most_an_eighth_is_false():
    rise = Rise(group=8, by=15, since=5)
    assert false_discoveries(histories(COMPANIES, MIXED, 7, seed=3, rise=rise), moved=8, since=5) <= 0.12
    alone = histories(15, MIXED, 7, seed=3, rise=rise, step=each_alone)
    assert false_discoveries(alone, moved=8, since=5) > 0.3


@pytest.mark.parametrize(("members", "found"), [(8, 0.49), (15, 0.90), (40, 1.0)])
def test_a_rise_of_15_is_on_watch_within_two_waves_as_often_as_stated(members, found):
    """Within two standard errors."""
    companies = histories(COMPANIES, [members] * 12, 6, seed=5, rise=Rise(group=0, by=15, since=5))
    watched = [
        any(wave[0, measure].change.event in ON for wave in waves[4:] for measure in MEASURES) for waves in companies
    ]
    assert np.mean(watched) >= found - 2 * np.sqrt(found * (1 - found) / COMPANIES)


def test_a_department_five_points_below_the_level_is_hardly_ever_at_risk():
    companies = list(histories(25, [15] * 12, 8, seed=7, means=[45.0] * 3 + [38.0] * 9))
    assert share(companies, ("raised",), kind="level", measures=["index"], groups=range(3)) <= 0.005
