"""The change alert over sequences of waves."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from diagnostics.core.alerts.change import ChangeState, Measured, change_steps
from diagnostics.core.alerts.level import DEFAULTS, Thresholds

GONE = None
MONTH = 28
# However few departments there are.
ANY = Thresholds(false_watches=1)


def step_of(state, value, *, variance=4.0, items="a", wave=1, day=None, thresholds=DEFAULTS):  # noqa: PLR0913 - most have a default
    before = {} if state is None else {"cell": state}
    now = {} if value is GONE else {"cell": Measured(value, variance, round(value), items=items)}
    day = MONTH * wave if day is None else day
    return change_steps(before, now, wave=wave, day=day, thresholds=thresholds).get("cell")


def play(values, *, items="", every=MONTH, **how):
    """One cell through waves of y, or GONE where it is hidden, not counted or too few answered; every step.

    `items` has a letter for each wave.
    """
    state, steps = None, []
    for wave, value in enumerate(values, start=1):
        asked = items[wave - 1] if items else "a"
        steps.append(step_of(state, value, items=asked, wave=wave, day=every * wave, **how))
        state = steps[-1].state if steps[-1] else state
    return steps


def events(values, **how):
    return [step and step.event for step in play(values, **how)]


FLAT = [38.0] * 4


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([*FLAT, 52, 52], ["watch", "raised"]),
        ([*FLAT, 52, 38, 52], ["watch", "none", "raised"]),
        ([*FLAT, 52, 38, 38, 52], ["watch", "none", "none", "watch"]),
        ([*FLAT, 52, GONE, GONE, 52], ["watch", None, None, "raised"]),
        ([*FLAT, 52, 52, 52, 38, 38], ["watch", "raised", "held", "held", "cleared"]),
        ([*FLAT, 52, 52, 38, 52, 38, 38], ["watch", "raised", "held", "held", "held", "cleared"]),
        ([*FLAT, 52, 52, 38, GONE, 38], ["watch", "raised", "held", None, "cleared"]),
        ([*FLAT, 42.9, 42.9], ["none", "none"]),
        ([*FLAT, 24, 24], ["none", "none"]),
    ],
)
def test_a_rise_is_watched_raised_held_and_cleared(values, expected):
    assert events(values)[4:] == expected
    assert events(values)[:4] == ["none"] * 4


def test_a_sure_rise_of_less_than_the_least_is_no_watch():
    assert events([*FLAT, 42.9, 42.9], variance=0.01)[4:] == ["none", "none"]
    assert events([*FLAT, 43, 43], variance=0.01)[4:] == ["watch", "raised"]


def test_a_rise_that_chance_may_do_is_no_watch():
    assert events([*FLAT, 52, 52], variance=150)[4:] == ["none", "none"]


def test_the_baseline_is_weighted_by_precision_and_then_frozen():
    state = None
    for wave, (y, v) in enumerate([(30, 1.0), (38, 4.0), (34, 2.0), (33, 2.0), (34, 2.0)], start=1):
        state = step_of(state, y, variance=v, wave=wave).state
    assert state.base.observed == pytest.approx((30 / 1 + 38 / 4 + 34 / 2 + 33 / 2) / (1 + 1 / 4 + 1 / 2 + 1 / 2))
    assert state.base.variance == pytest.approx(1 / 2.25)
    assert (state.base.first, state.base.last, state.base.shown) == (1, 4, 34)


def test_two_published_waves_make_a_baseline_and_later_ones_of_the_first_four_join_it():
    assert events([38, 90])[1:] == ["none"]
    assert events([38, 38, 52, 52])[2:] == ["watch", "raised"]
    spans = [(step.state.base.waves, step.state.base.last) for step in play([38, 38, 38, 38, 38])]
    assert spans == [(1, 1), (2, 2), (3, 3), (4, 4), (4, 4)]


def test_a_wave_on_watch_joins_no_baseline():
    steps = play([38, 38, 60, 38])
    assert (steps[2].event, steps[3].state.base.shown, steps[3].state.base.waves) == ("watch", 38, 3)


def test_where_waves_are_hidden_the_first_four_end_by_their_numbers_but_two_must_be_published():
    hidden_two = play([38, GONE, 38, GONE, 40])
    assert (hidden_two[-1].state.base.waves, hidden_two[-1].state.base.last) == (2, 3)
    only_one = play([38, GONE, GONE, GONE, 40, 40])
    assert [step.state.base.last for step in only_one[4:]] == [5, 5]


def test_after_clearing_the_comparison_begins_anew_and_the_old_baseline_serves_until_then():
    cleared = [*FLAT, 52, 52, 38, 38]
    assert events([*cleared, 52])[-1] == "watch"
    state = play([*cleared, 41, 41, 41])[-1].state
    assert (state.base.first, state.base.last, state.base.shown, state.old) == (9, 11, 41, None)


def test_a_baseline_older_than_a_year_is_replaced_by_the_waves_from_then_on():
    aged = play([38.0] * 4 + [41.0] * 16)
    spans = [step.state.base.words for step in aged]
    assert spans[3:17] == ["waves 1 to 4"] * 14
    assert spans[17:] == ["wave 18", "waves 18 and 19", "waves 18 to 20"]
    assert aged[17].state.old.words == "waves 1 to 4"
    assert aged[18].state.old is None
    # While the new one is too small the old one still finds a rise.
    assert events([38.0] * 17 + [41, 52])[-1] == "watch"


def test_waves_a_quarter_apart_are_compared_before_four_are_there():
    assert events([38, 38, 52, 52], every=91)[2:] == ["watch", "raised"]
    assert play([38.0] * 8, every=91)[-1].state.base.words == "waves 1 to 4"


def test_waves_more_than_a_year_apart_are_never_compared_and_say_why():
    steps = play([38.0, 38, 90, 90, 90], every=370)
    assert {(step.event, step.reason) for step in steps} == {
        ("none", "No alert: waves are compared once 2 are published within a year.")
    }


def test_after_two_years_of_absence_nothing_is_left_to_compare_with():
    state = play(FLAT)[-1].state
    step = step_of(state, 60, wave=30, day=4 * MONTH + 2 * 366 + 1)
    assert (step.event, step.state.old, step.state.base.first) == ("none", None, 30)


def test_an_alert_that_stands_for_a_year_ends_and_says_that_nothing_calmed_down():
    steps = play(FLAT + [52.0] * 16)
    assert [step.event for step in steps[5:]] == ["raised", *["held"] * 11, "ended", "none", "none"]
    assert steps[17].reason == (
        "Ended, after standing since wave 6, though it has not calmed down: waves 1 to 4 are more than a year ago, "
        "so the comparison begins anew."
    )
    assert (steps[-1].state.base.first, steps[-1].state.base.shown, steps[-1].state.old) == (18, 52, None)


def test_where_other_items_are_asked_the_comparison_begins_anew_and_says_so():
    steps = play([*FLAT, 60, 60], items="aaaabb")
    assert [step.event for step in steps[4:]] == ["none", "none"]
    assert steps[4].reason == "No alert: other items are asked than before, so the comparison begins anew."
    assert steps[5].state.base.words == "waves 5 and 6"
    standing = play([*FLAT, 52, 52, 52], items="aaaaaab")
    assert (standing[-1].event, standing[-1].state.standing) == ("ended", False)
    assert standing[-1].reason == (
        "Ended, after standing since wave 6, though it has not calmed down: other items are asked than before, "
        "so the comparison begins anew."
    )


def test_each_step_says_in_a_sentence_what_was_seen_how_sure_and_since_when():
    reasons = [step.reason for step in play([38, 38, 38, 38, 52, 52, 52, 41, 41], variance=9)]
    chance = "such a rise by chance alone would be seen in under 0.1 % of departments"
    again = "an alert if it is seen again in the next 2 published waves"
    up = "of departments that are still 5 points up would show"
    calm = f"the answers less than 5 points above, which 10 % or more {up}"
    assert reasons[1:] == [
        "No alert: waves are compared once 2 are published within a year.",
        "No alert: no rise against waves 1 and 2 beyond what chance does.",
        "No alert: no rise against waves 1 to 3 beyond what chance does.",
        f"On watch in wave 5: rose from 38 to 52 against waves 1 to 4; {chance}; {again}.",
        f"Raised in wave 6: rose from 38 to 52 against waves 1 to 4; {chance}; first seen in wave 5.",
        f"Standing since wave 6: now 52 against 38 in waves 1 to 4; {chance}.",
        (
            f"Standing since wave 6: now 41 against 38 in waves 1 to 4, {calm}; "
            "calm in 1 of the 2 reported waves running that clear it."
        ),
        f"Cleared, after standing since wave 6: 41 against 38 in waves 1 to 4, {calm}; in 2 reported waves running.",
    ]


@pytest.mark.parametrize(("variance", "share"), [(9, "0.1 %"), (25, "1 %"), (45, "5 %"), (80, "10 %")])
def test_how_sure_is_told_in_four_steps_only(variance, share):
    assert f"in under {share} of departments" in play([*FLAT, 52], variance=variance, thresholds=ANY)[-1].reason


def test_a_sentence_names_what_was_published_and_never_what_was_observed():
    state = None
    for wave, (y, shown) in enumerate([(31.3, 35), (31.3, 36), (31.3, 35), (31.3, 36), (55.7, 38)], start=1):
        before = {} if state is None else {"cell": state}
        step = change_steps(before, {"cell": Measured(y, 9.0, shown)}, wave=wave, day=wave)["cell"]
        state = step.state
    assert step.reason.startswith(
        "On watch in wave 5: the answers rose by 5 points or more against waves 1 to 4 (the estimate: 36, now 38); such"
    )


def test_cells_of_one_family_are_judged_together():
    def crowd(risen, others, family=""):
        cells = {number: Measured(38, 9.0, 38) for number in range(risen + others)}
        state = {key: ChangeState() for key in cells}
        for wave in range(1, 5):
            state = {k: s.state for k, s in change_steps(state, cells, wave=wave, day=wave).items()}
        rising = {key: Measured(45.5 if key < risen else 38, 9.0, 40, family=family or str(key)) for key in cells}
        return [step.event for step in change_steps(state, rising, wave=5, day=5).values()][:risen]

    # z = 2.24, p = .013: enough alone, not among 20, enough again where others rose too.
    assert crowd(1, 0, "one") == ["watch"]
    assert crowd(1, 19, "one") == ["none"]
    assert crowd(1, 19) == ["watch"]
    assert crowd(5, 15, "one") == ["watch"] * 5


def test_an_alert_that_stands_makes_no_other_cell_easier_to_find():
    """p = .037 among four is q = .15; beside one that rose for certain, it is q = .09 of five."""
    flat, standing = play(FLAT)[-1].state, play([*FLAT, 52, 52])[-1].state
    now = {"second": Measured(42.0, 4.0, 42, items="a")} | {name: Measured(38.0, 4.0, 38, items="a") for name in "abc"}
    quiet = dict.fromkeys(now, flat)

    def second(first):
        cells, state = now | {"first": Measured(70.0, 4.0, 70, items="a")}, quiet | {"first": first}
        return change_steps(state, cells, wave=7, day=7 * MONTH, thresholds=replace(ANY, rise=1))["second"].event

    assert second(flat) == "watch"
    assert second(standing) == "none"


waves = st.lists(st.one_of(st.none(), st.integers(5, 95)), min_size=1, max_size=14)


@example([5, 31, 23], 2)  # a rise of exactly five, of which rounding loses the last bit
@given(waves, st.integers(-5, 5))
def test_adding_a_constant_to_every_wave_changes_no_event(values, shift):
    moved = [None if value is None else value + shift for value in values]
    assert events(moved, variance=9.0) == events(values, variance=9.0)


@given(waves)
def test_whatever_stands_was_seen_before_it_was_raised(values):
    for step in play(values, variance=4.0):
        if step and step.state.standing:
            assert step.state.first_seen < step.state.since
            assert step.state.base.usable(Thresholds())
