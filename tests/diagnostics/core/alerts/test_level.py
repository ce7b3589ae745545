"""The level alert over sequences of waves."""

import pytest

from diagnostics.core.alerts.level import (
    AT_RISK,
    STEADY,
    WORTH_WATCHING,
    AlertState,
    Thresholds,
    level_step,
    level_word,
)

HIDDEN, LOW_RESPONSE = "hidden", "low response"
NAN = float("nan")


def run(waves, thresholds=None):
    """Play waves of (P above c, P above c - 5), or HIDDEN or LOW_RESPONSE; states and reasons of each."""
    state, seen = None, []
    for number, wave in enumerate(waves, start=1):
        p_above, p_clear = (NAN, NAN) if isinstance(wave, str) else wave
        state, reason = level_step(
            state,
            p_above,
            p_clear,
            wave=number,
            reported=wave != HIDDEN,
            may_alert=wave != LOW_RESPONSE,
            thresholds=thresholds or Thresholds(),
        )
        seen.append((state, reason))
    return seen


def standing(waves):
    return [state.standing for state, _ in run(waves)]


CALM, WATCH, SURE, WARM = (0.1, 0.2), (0.8, 0.9), (0.95, 0.99), (0.3, 0.6)


@pytest.mark.parametrize(
    ("waves", "expected"),
    [
        ([CALM, SURE], [False, True]),
        ([(0.949, 0.99), CALM], [False, False]),
        ([WATCH, WATCH], [False, True]),
        ([WATCH, (0.799, 0.9), WATCH], [False, False, False]),
        ([WATCH, HIDDEN, WATCH], [False, False, True]),
        ([WATCH, LOW_RESPONSE, WATCH], [False, False, True]),
        ([HIDDEN, HIDDEN, WATCH], [False, False, False]),
        ([SURE, CALM, CALM], [True, True, False]),
        ([SURE, CALM, WARM, CALM], [True, True, True, True]),
        ([SURE, (0.1, 0.5), (0.1, 0.5)], [True, True, True]),
        ([SURE, CALM, HIDDEN, CALM], [True, True, True, False]),
        ([SURE, CALM, LOW_RESPONSE, CALM], [True, True, True, False]),
        ([SURE, CALM, CALM, WATCH, WATCH], [True, True, False, False, True]),
        ([WATCH, SURE, CALM, CALM, WATCH], [False, True, True, False, False]),
    ],
)
def test_an_alert_is_raised_held_and_cleared(waves, expected):
    assert standing(waves) == expected


def test_an_alert_remembers_the_wave_in_which_it_was_raised():
    assert [state.since for state, _ in run([CALM, SURE, WARM, CALM, CALM])] == [None, 2, 2, 2, None]


@pytest.mark.parametrize("frozen", [HIDDEN, LOW_RESPONSE])
@pytest.mark.parametrize("before", [[CALM], [WATCH], [SURE], [SURE, CALM]])
def test_a_wave_without_a_verdict_leaves_the_state_as_it_was(before, frozen):
    assert run([*before, frozen])[-1][0] == run(before)[-1][0]


def test_each_step_gives_its_reason_in_a_sentence():
    reasons = [reason for _, reason in run([CALM, WATCH, WATCH, WARM, HIDDEN, CALM, CALM, LOW_RESPONSE, (0.999, 1)])]
    assert reasons == [
        "No alert: above 50 with 10 % certainty.",
        "Not raised yet: above 50 with 80 % certainty, in wave 1 of 2 needed.",
        "Raised in wave 3: above 50 with 80 % certainty, and at least 80 % in 2 reported waves running.",
        "Standing since wave 3: now above 50 with 30 % certainty.",
        "Standing since wave 3: hidden in this wave to protect anonymity, so nothing changes.",
        (
            "Standing since wave 3: now above 50 with 10 % certainty, above 45 with 20 %; "
            "calm in 1 of the 2 reported waves running that clear it."
        ),
        (
            "Cleared, after standing since wave 3: above 45 with less than 50 % certainty in 2 reported waves running, "
            "now with 20 %."
        ),
        "Too few answered in this wave to judge, so nothing changes.",
        "Raised in wave 9: above 50 with over 99 % certainty.",
    ]


def test_thresholds_are_arguments():
    bold = Thresholds(level=40, raise_at=0.7)
    assert run([(0.7, 0.9)], bold)[0] == (
        AlertState(standing=True, since=1),
        "Raised in wave 1: above 40 with 70 % certainty.",
    )


@pytest.mark.parametrize("probability", [NAN, -0.1, 1.1])
def test_a_reported_wave_needs_probabilities(probability):
    with pytest.raises(ValueError, match="p_above must be a probability"):
        run([(probability, 0.5)])


@pytest.mark.parametrize(
    ("is_standing", "p_above", "word"),
    [(True, 0.1, AT_RISK), (False, 0.5, WORTH_WATCHING), (False, 0.99, WORTH_WATCHING), (False, 0.49, STEADY)],
)
def test_the_level_in_words(is_standing, p_above, word):
    assert level_word(is_standing, p_above) == word
