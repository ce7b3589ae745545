"""The change alert over sequences of waves."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from diagnostics.core.alerts.advance import advance_changes
from diagnostics.core.alerts.change import ChangeMemory, Measured
from diagnostics.core.alerts.reasons.change import (
    NoBaseline,
    NoRise,
    RiseCalming,
    RiseConfirmed,
    RiseLasts,
    RiseOver,
    RiseSeen,
)
from diagnostics.core.alerts.reasons.common import BaselineTooOld, OtherItems
from diagnostics.core.alerts.thresholds import Thresholds
from tests.diagnostics.core.alerts.baselines import waves_of
from tests.diagnostics.core.alerts.change_plays import FLAT, GONE, MONTH, play, step_of

# However few departments there are.
ANY = Thresholds(false_watches=1)


def events(values, **how):
    return [step and step.event for step in play(values, **how)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([*FLAT, 52, 52], ["watch", "raised"]),
        ([*FLAT, 52, 38, 52], ["watch", "none", "raised"]),
        ([*FLAT, 52, 38, 38, 52], ["watch", "none", "none", "watch"]),
        ([*FLAT, 52, GONE, GONE, 52], ["watch", None, None, "raised"]),
        ([*FLAT, 52, 52, 52, 38, 38], ["watch", "raised", "ongoing", "ongoing", "cleared"]),
        ([*FLAT, 52, 52, 38, 52, 38, 38], ["watch", "raised", "ongoing", "ongoing", "ongoing", "cleared"]),
        ([*FLAT, 52, 52, 38, GONE, 38], ["watch", "raised", "ongoing", None, "cleared"]),
        ([*FLAT, 42.9, 42.9], ["none", "none"]),
        ([*FLAT, 24, 24], ["none", "none"]),
    ],
)
def test_a_rise_is_watched_raised_ongoing_and_cleared(values, expected):
    assert events(values)[4:] == expected
    assert events(values)[:4] == ["none"] * 4


def test_a_sure_rise_of_less_than_the_least_is_no_watch():
    assert events([*FLAT, 42.9, 42.9], variance=0.01)[4:] == ["none", "none"]
    assert events([*FLAT, 43, 43], variance=0.01)[4:] == ["watch", "raised"]


def test_a_rise_that_chance_may_do_is_no_watch():
    assert events([*FLAT, 52, 52], variance=150)[4:] == ["none", "none"]


def test_the_baseline_is_weighted_by_precision_and_then_frozen():
    memory = None
    for wave, (y, v) in enumerate([(30, 1.0), (38, 4.0), (34, 2.0), (33, 2.0), (34, 2.0)], start=1):
        memory = step_of(memory, y, variance=v, wave=wave).memory
    assert memory.base.observed == pytest.approx((30 / 1 + 38 / 4 + 34 / 2 + 33 / 2) / (1 + 1 / 4 + 1 / 2 + 1 / 2))
    assert memory.base.variance == pytest.approx(1 / 2.25)
    assert (memory.base.first, memory.base.last, memory.base.shown) == (1, 4, 34)


def test_two_waves_make_a_baseline_and_others_of_the_first_four_join_it():
    assert events([38, 90])[1:] == ["none"]
    assert events([38, 38, 52, 52])[2:] == ["watch", "raised"]
    spans = [(step.memory.base.waves, step.memory.base.last) for step in play([38, 38, 38, 38, 38])]
    assert spans == [(1, 1), (2, 2), (3, 3), (4, 4), (4, 4)]


def test_a_wave_on_watch_joins_no_baseline():
    steps = play([38, 38, 60, 38])
    assert (steps[2].event, steps[3].memory.base.shown, steps[3].memory.base.waves) == ("watch", 38, 3)


def test_suppressed_waves_count_in_the_first_four_but_two_must_be_shown():
    suppressed_two = play([38, GONE, 38, GONE, 40])
    assert (suppressed_two[-1].memory.base.waves, suppressed_two[-1].memory.base.last) == (2, 3)
    alone = play([38, GONE, GONE, GONE, 40, 40])
    assert [step.memory.base.last for step in alone[4:]] == [5, 5]


def test_after_clearing_the_old_baseline_serves_until_there_is_a_new():
    cleared = [*FLAT, 52, 52, 38, 38]
    assert events([*cleared, 52])[-1] == "watch"
    memory = play([*cleared, 41, 41, 41])[-1].memory
    assert (memory.base.first, memory.base.last, memory.base.shown, memory.old) == (9, 11, 41, None)


def test_a_baseline_older_than_a_year_is_replaced_by_later_waves():
    aged = play([38.0] * 4 + [41.0] * 16)
    spans = [waves_of(step.memory.base) for step in aged]
    assert spans[3:17] == [(1, 4)] * 14
    assert spans[17:] == [(18, 18), (18, 19), (18, 20)]
    assert waves_of(aged[17].memory.old) == (1, 4)
    assert aged[18].memory.old is None
    # While the new one is too small the old one still finds a rise.
    assert events([38.0] * 17 + [41, 52])[-1] == "watch"


def test_waves_a_quarter_apart_are_compared_before_four_are_there():
    assert events([38, 38, 52, 52], every=91)[2:] == ["watch", "raised"]
    assert waves_of(play([38.0] * 8, every=91)[-1].memory.base) == (1, 4)


def test_waves_more_than_a_year_apart_are_never_compared_and_give_why():
    steps = play([38.0, 38, 90, 90, 90], every=370)
    assert {(step.event, step.reason) for step in steps} == {("none", NoBaseline(needed=2))}


def test_after_two_years_of_absence_nothing_is_left_to_compare_with():
    memory = play(FLAT)[-1].memory
    step = step_of(memory, 60, wave=30, day=4 * MONTH + 2 * 366 + 1)
    assert (step.event, step.memory.old, step.memory.base.first) == ("none", None, 30)


def test_an_alert_that_is_ongoing_for_a_year_expires_with_its_reason():
    steps = play(FLAT + [52.0] * 16)
    assert [step.event for step in steps[5:]] == ["raised", *["ongoing"] * 11, "expired", "none", "none"]
    assert steps[17].reason == BaselineTooOld(base_first=1, base_last=4)
    assert (steps[-1].memory.base.first, steps[-1].memory.base.shown, steps[-1].memory.old) == (18, 52, None)


def test_where_other_items_are_asked_the_comparison_starts_over():
    steps = play([*FLAT, 60, 60], items="aaaabb")
    assert [step.event for step in steps[4:]] == ["none", "none"]
    assert steps[4].reason == OtherItems()
    assert waves_of(steps[5].memory.base) == (5, 6)
    ongoing = play([*FLAT, 52, 52, 52], items="aaaaaab")
    assert (ongoing[-1].event, ongoing[-1].memory.ongoing) == ("expired", False)
    assert ongoing[-1].reason == OtherItems()


def test_each_step_gives_its_reason_with_published_figures():
    reasons = [step.reason for step in play([38, 38, 38, 38, 52, 52, 52, 41, 41], variance=9)]
    baseline = {"base_first": 1, "base_last": 4, "before": 38}
    assert reasons[1:] == [
        NoBaseline(needed=2),
        NoRise(base_first=1, base_last=2),
        NoRise(base_first=1, base_last=3),
        RiseSeen(**baseline, now=52, chance_below=0.001, least_rise=None, within=2),
        RiseConfirmed(**baseline, now=52, chance_below=0.001, least_rise=None, first_seen=5),
        RiseLasts(**baseline, now=52, chance_below=0.001),
        RiseCalming(**baseline, now=41, chance_below=None, rise=5, run=1, needed=2),
        RiseOver(**baseline, now=41, chance_below=None, rise=5, run=2),
    ]


@pytest.mark.parametrize(("variance", "below"), [(9, 0.001), (25, 0.01), (45, 0.05), (80, 0.1)])
def test_how_sure_a_rise_is_has_four_steps_only(variance, below):
    assert play([*FLAT, 52], variance=variance, thresholds=ANY)[-1].reason.chance_below == below


def test_a_reason_has_what_was_published_and_never_what_was_observed():
    memory = None
    for wave, (y, shown) in enumerate([(31.3, 35), (31.3, 36), (31.3, 35), (31.3, 36), (55.7, 38)], start=1):
        before = {} if memory is None else {"cell": memory}
        step = advance_changes(before, {"cell": Measured(y, 9.0, shown)}, wave=wave, day=wave)["cell"]
        memory = step.memory
    assert step.reason == RiseSeen(
        base_first=1, base_last=4, before=36, now=38, chance_below=0.001, least_rise=5, within=2
    )


def test_cells_of_one_family_are_judged_together():
    def crowd(risen, others, family=""):
        cells = {number: Measured(38, 9.0, 38) for number in range(risen + others)}
        memories = {key: ChangeMemory() for key in cells}
        for wave in range(1, 5):
            memories = {key: step.memory for key, step in advance_changes(memories, cells, wave=wave, day=wave).items()}
        rising = {key: Measured(45.5 if key < risen else 38, 9.0, 40, family=family or str(key)) for key in cells}
        return [step.event for step in advance_changes(memories, rising, wave=5, day=5).values()][:risen]

    # z = 2.24, p = .013: enough alone, not among 20, enough again where others rose too.
    assert crowd(1, 0, "one") == ["watch"]
    assert crowd(1, 19, "one") == ["none"]
    assert crowd(1, 19) == ["watch"]
    assert crowd(5, 15, "one") == ["watch"] * 5


def test_an_ongoing_alert_makes_no_other_cell_easier_to_find():
    """p = .037 among four is q = .15; beside one that rose for certain, it is q = .09 of five."""
    flat, ongoing = play(FLAT)[-1].memory, play([*FLAT, 52, 52])[-1].memory
    now = {"second": Measured(42.0, 4.0, 42, items="a")} | {name: Measured(38.0, 4.0, 38, items="a") for name in "abc"}
    quiet = dict.fromkeys(now, flat)

    def second(first):
        cells, memories = now | {"first": Measured(70.0, 4.0, 70, items="a")}, quiet | {"first": first}
        return advance_changes(memories, cells, wave=7, day=7 * MONTH, thresholds=replace(ANY, rise=1))["second"].event

    assert second(flat) == "watch"
    assert second(ongoing) == "none"


waves = st.lists(st.one_of(st.none(), st.integers(5, 95)), min_size=1, max_size=14)


@example([5, 31, 23], 2)  # a rise of exactly five, of which rounding loses the last bit
@given(waves, st.integers(-5, 5))
def test_adding_a_constant_to_every_wave_changes_no_event(values, shift):
    moved = [None if value is None else value + shift for value in values]
    assert events(moved, variance=9.0) == events(values, variance=9.0)


@given(waves)
def test_what_is_ongoing_was_seen_before_it_was_raised(values):
    for step in play(values, variance=4.0):
        if step and step.memory.ongoing:
            assert step.memory.first_seen < step.memory.since
            assert step.memory.base.usable(Thresholds())
