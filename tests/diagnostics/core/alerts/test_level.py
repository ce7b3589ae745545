"""The level alert over sequences of waves."""

import pytest

from diagnostics.choices import Level
from diagnostics.core.alerts.level import LevelMemory, RiskLevel, advance_level, level_of
from diagnostics.core.alerts.reasons.common import LowResponse, Suppressed
from diagnostics.core.alerts.reasons.level import AboveLevel, AboveLevelAgain, BelowLevel, NearlyCleared, NearlyRaised
from diagnostics.core.alerts.thresholds import Thresholds

SUPPRESSED, LOW_RESPONSE = "suppressed", "low response"
NAN = float("nan")


def run(waves, thresholds=None):
    """Play waves of (P above c, P above c - 5), or SUPPRESSED or LOW_RESPONSE; the step of each."""
    memory, steps = None, []
    for number, wave in enumerate(waves, start=1):
        p_above, p_clear = (NAN, NAN) if isinstance(wave, str) else wave
        step = advance_level(
            memory,
            p_above,
            p_clear,
            wave=number,
            reported=wave != SUPPRESSED,
            may_alert=wave != LOW_RESPONSE,
            thresholds=thresholds or Thresholds(),
        )
        steps.append(step)
        memory = step.memory
    return steps


def ongoing(waves):
    return [step.memory.ongoing for step in run(waves)]


CALM, WATCH, SURE, WARM = (0.1, 0.2), (0.8, 0.9), (0.95, 0.99), (0.3, 0.6)


@pytest.mark.parametrize(
    ("waves", "expected"),
    [
        ([CALM, SURE], [False, True]),
        ([(0.949, 0.99), CALM], [False, False]),
        ([WATCH, WATCH], [False, True]),
        ([WATCH, (0.799, 0.9), WATCH], [False, False, False]),
        ([WATCH, SUPPRESSED, WATCH], [False, False, True]),
        ([WATCH, LOW_RESPONSE, WATCH], [False, False, True]),
        ([SUPPRESSED, SUPPRESSED, WATCH], [False, False, False]),
        ([SURE, CALM, CALM], [True, True, False]),
        ([SURE, CALM, WARM, CALM], [True, True, True, True]),
        ([SURE, (0.1, 0.5), (0.1, 0.5)], [True, True, True]),
        ([SURE, CALM, SUPPRESSED, CALM], [True, True, True, False]),
        ([SURE, CALM, LOW_RESPONSE, CALM], [True, True, True, False]),
        ([SURE, CALM, CALM, WATCH, WATCH], [True, True, False, False, True]),
        ([WATCH, SURE, CALM, CALM, WATCH], [False, True, True, False, False]),
    ],
)
def test_an_alert_is_raised_ongoing_and_cleared(waves, expected):
    assert ongoing(waves) == expected


def test_an_alert_remembers_the_wave_in_which_it_was_raised():
    assert [step.memory.since for step in run([CALM, SURE, WARM, CALM, CALM])] == [None, 2, 2, 2, None]


@pytest.mark.parametrize("frozen", [SUPPRESSED, LOW_RESPONSE])
@pytest.mark.parametrize("before", [[CALM], [WATCH], [SURE], [SURE, CALM]])
def test_a_wave_without_a_verdict_leaves_the_memory_as_it_was(before, frozen):
    assert run([*before, frozen])[-1].memory == run(before)[-1].memory


def test_each_step_gives_its_event_and_its_reason():
    steps = run([CALM, WATCH, WATCH, WARM, SUPPRESSED, CALM, CALM, LOW_RESPONSE, (0.999, 1)])
    assert [(step.event, step.reason) for step in steps] == [
        ("none", AboveLevel(level=50, certainty=0)),
        ("none", NearlyRaised(level=50, certainty=80, run=1, needed=2)),
        ("raised", AboveLevelAgain(level=50, certainty=80, least_certainty=80, run=2)),
        ("ongoing", AboveLevel(level=50, certainty=0)),
        ("ongoing", Suppressed()),
        (
            "ongoing",
            NearlyCleared(level=50, certainty=0, clear_level=45, clear_certainty=0, run=1, needed=2),
        ),
        ("cleared", BelowLevel(clear_level=45, clear_certainty=0, most_certainty=50, run=2)),
        ("none", LowResponse()),
        ("raised", AboveLevel(level=50, certainty=99)),
    ]


def test_a_reason_has_a_step_of_a_probability_and_no_more():
    chances = (0.0, 0.49, 0.5, 0.799, 0.8, 0.9499, 0.95, 0.9899, 0.99, 1.0)
    reasons = [run([(chance, 1)])[0].reason.certainty for chance in chances]
    assert reasons == [0, 0, 50, 50, 80, 80, 95, 95, 99, 99]
    assert all(isinstance(certainty, int) for certainty in reasons)


def test_thresholds_are_arguments():
    bold = Thresholds(level=40, raise_at=0.7)
    step = run([(0.7, 0.9)], bold)[0]
    assert (step.memory, step.reason) == (LevelMemory(since=1), AboveLevel(level=40, certainty=50))


@pytest.mark.parametrize("probability", [NAN, -0.1, 1.1])
def test_a_reported_wave_needs_probabilities(probability):
    with pytest.raises(ValueError, match="p_above must be a probability"):
        run([(probability, 0.5)])


@pytest.mark.parametrize(
    ("is_ongoing", "p_above", "level"),
    [
        (True, 0.1, RiskLevel.AT_RISK),
        (False, 0.5, RiskLevel.WATCH),
        (False, 0.99, RiskLevel.WATCH),
        (False, 0.49, RiskLevel.STEADY),
    ],
)
def test_the_level_follows_the_alert_and_else_the_probability(is_ongoing, p_above, level):
    assert level_of(ongoing=is_ongoing, p_above=p_above) == level


def test_the_levels_are_those_that_are_stored():
    assert {level.value for level in RiskLevel} == set(Level.values)
