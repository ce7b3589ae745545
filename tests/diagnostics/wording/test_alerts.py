"""Every sentence on alerts, pinned here and nowhere else."""

import datetime as dt
from dataclasses import asdict

import pytest

from diagnostics.core.alerts.reasons.change import (
    NoBaseline,
    NoRise,
    RiseCalming,
    RiseConfirmed,
    RiseLasts,
    RiseOver,
    RiseSeen,
)
from diagnostics.core.alerts.reasons.codes import AlertCode, AlertEvent
from diagnostics.core.alerts.reasons.common import BaselineTooOld, Legacy, LowResponse, OtherItems, Suppressed
from diagnostics.core.alerts.reasons.level import AboveLevel, AboveLevelAgain, BelowLevel, NearlyCleared, NearlyRaised
from diagnostics.core.alerts.reasons.participation import (
    ResponseFell,
    ResponseLow,
    ResponseRecovered,
    ResponseRecovering,
    ResponseSteady,
    ResponseUnknown,
)
from diagnostics.core.alerts.reasons.registry import REASONS, read_reason
from diagnostics.report.report import Alert
from diagnostics.wording.alerts import describe_alert, describe_reason

JULY = dt.datetime(2026, 7, 6, 9, tzinfo=dt.UTC)
WAVES = {"base_first": 1, "base_last": 4}
RISEN = WAVES | {"before": 38, "now": 52, "chance_below": 0.001}
CALM = WAVES | {"before": 38, "now": 41, "chance_below": None, "rise": 5.0}
FALLEN = WAVES | {"before": 80, "now": 45}

CHANCE = "Chance alone produces such a rise in fewer than 1 in 1,000 departments."
SO_LITTLE = "Of departments that are still 5 points higher, at least 1 in 10 would show so little."
TWO_CLEAR = "Calm in 1 of the 2 published waves in a row that clear the alert."

SENTENCES = [
    (Legacy("As it was stored."), "As it was stored."),
    (
        Suppressed(),
        "The figure of this wave is suppressed, so the alert stays as it was.",
    ),
    (LowResponse(), "Too few people answered in this wave to judge, so the alert stays as it was."),
    (ResponseUnknown(), "Too few people answered in this wave to show how many, so the alert stays as it was."),
    (AboveLevel(50.0, 80), "Above 50 with at least 80 % certainty."),
    (AboveLevel(47.5, 99), "Above 47.5 with at least 99 % certainty."),
    (AboveLevel(50.0, 0), "Above 50 with less than 50 % certainty."),
    # Whole percents, as earlier versions stored them.
    (AboveLevel(50.0, 97), "Above 50 with at least 95 % certainty."),
    (
        AboveLevelAgain(50.0, 80, 80, 2),
        "Above 50 with at least 80 % certainty, and with at least 80 % in 2 published waves in a row.",
    ),
    (
        NearlyRaised(50.0, 80, 1, 2),
        "Above 50 with at least 80 % certainty, in 1 of the 2 published waves in a row that raise an alert.",
    ),
    (
        NearlyCleared(50.0, 0, 45.0, 0, 1, 2),
        f"Above 50 with less than 50 % certainty, above 45 with less than 50 %. {TWO_CLEAR}",
    ),
    (
        BelowLevel(45.0, 0, 50, 2),
        "Above 45 with less than 50 % certainty in 2 published waves in a row.",
    ),
    (NoBaseline(2), "Waves are compared once 2 are published within a year."),
    (NoRise(1, 2), "There is no rise against waves 1 and 2 beyond what chance does."),
    (
        RiseSeen(**RISEN, least_rise=None, within=2),
        (
            f"Rose from 38 to 52 against waves 1 to 4. {CHANCE} "
            "It becomes an alert if it is seen again in the next 2 published waves."
        ),
    ),
    (
        RiseConfirmed(**RISEN, least_rise=None, first_seen=5),
        f"Rose from 38 to 52 against waves 1 to 4. {CHANCE} First seen in wave 5.",
    ),
    (
        RiseConfirmed(**RISEN | {"before": 36, "now": 38}, least_rise=5.0, first_seen=5),
        (
            "The answers rose by 5 points or more against waves 1 to 4. The estimate went from 36 to 38. "
            f"{CHANCE} First seen in wave 5."
        ),
    ),
    (RiseLasts(**RISEN), f"Now 52, against 38 in waves 1 to 4. {CHANCE}"),
    (
        RiseLasts(3, 3, 5, 95, None),
        "Now ≥ 95, against ≤ 5 in wave 3. Chance alone produces such a rise in at least 1 in 10 departments.",
    ),
    (
        RiseCalming(**CALM, run=1, needed=2),
        f"Now 41, against 38 in waves 1 to 4. The answers are less than 5 points higher. {SO_LITTLE} {TWO_CLEAR}",
    ),
    (
        RiseOver(**CALM, run=2),
        (
            "Now 41, against 38 in waves 1 to 4. "
            f"The answers are less than 5 points higher in 2 published waves in a row. {SO_LITTLE}"
        ),
    ),
    (OtherItems(), "Other items are asked than before, so the comparison starts over."),
    (BaselineTooOld(1, 4), "Waves 1 to 4 are more than a year ago, so the comparison starts over."),
    (BaselineTooOld(3, 3), "Wave 3 is more than a year ago, so the comparison starts over."),
    (ResponseSteady(80), "About 80 % answered."),
    (ResponseSteady(None), "≥ 90 % answered."),
    (
        ResponseFell(**FALLEN, low=10, high=60),
        "Response fell from about 80 % in waves 1 to 4 to about 45 %: by 10 to 60 points (90 % interval).",
    ),
    (
        ResponseLow(**FALLEN, low=10, high=60),
        "Response is about 45 %, against about 80 % in waves 1 to 4: 10 to 60 points lower (90 % interval).",
    ),
    (
        ResponseRecovering(**FALLEN | {"now": 80}, drop=15.0, run=1, needed=2),
        f"Response is about 80 %, against about 80 % in waves 1 to 4: less than 15 points lower. {TWO_CLEAR}",
    ),
    (
        ResponseRecovered(**FALLEN | {"now": 80}, drop=15.0, run=2),
        (
            "Response is about 80 %, against about 80 % in waves 1 to 4: "
            "less than 15 points lower in 2 published waves in a row."
        ),
    ),
]


@pytest.mark.parametrize(("reason", "sentence"), SENTENCES)
def test_every_reason_has_its_sentence(reason, sentence):
    assert describe_reason(reason) == sentence


def test_every_code_is_in_the_list_above():
    assert {reason.code for reason, _ in SENTENCES} == set(AlertCode) == set(REASONS)


@pytest.mark.parametrize("reason", [reason for reason, _ in SENTENCES])
def test_a_reason_is_read_from_the_code_and_arguments_that_are_stored(reason):
    assert read_reason(reason.code.value, asdict(reason)) == reason


@pytest.mark.parametrize(
    ("below", "share"),
    [
        (0.001, "fewer than 1 in 1,000"),
        (0.01, "fewer than 1 in 100"),
        (0.05, "fewer than 1 in 20"),
        (0.1, "fewer than 1 in 10"),
        (None, "at least 1 in 10"),
    ],
)
def test_a_chance_is_one_of_so_many_departments(below, share):
    assert f"such a rise in {share} departments" in describe_reason(RiseLasts(**RISEN | {"chance_below": below}))


def alert(event, reason, *, since=None, opened=None):
    return Alert("key", "Sales", "index", "Index", event, reason, since, opened)


@pytest.mark.parametrize(
    ("event", "opening"),
    [
        (AlertEvent.NONE, "No alert."),
        (AlertEvent.WATCH, "On watch."),
        (AlertEvent.RAISED, "Raised in July 2026 (wave 3)."),
        (AlertEvent.ONGOING, "Ongoing since July 2026 (wave 3)."),
        (AlertEvent.CLEARED, "Cleared. It was raised in July 2026 (wave 3)."),
        (AlertEvent.EXPIRED, "Expired without improvement. It was raised in July 2026 (wave 3)."),
    ],
)
def test_an_alert_begins_with_its_event_and_the_month_it_was_raised_in(event, opening):
    described = describe_alert(alert(event, AboveLevel(50.0, 99), since=3, opened=JULY))
    assert described == f"{opening} Above 50 with at least 99 % certainty."


def test_every_event_is_described():
    assert all(describe_alert(alert(event, OtherItems(), since=3)) for event in AlertEvent)


def test_where_the_month_is_unknown_the_wave_has_its_number():
    assert describe_alert(alert(AlertEvent.ONGOING, Suppressed(), since=3)).startswith("Ongoing since wave 3. ")


def test_what_may_become_an_alert_is_not_an_alert_yet():
    described = describe_alert(alert(AlertEvent.NONE, NearlyRaised(50.0, 80, 1, 2)))
    assert described.startswith("Not an alert yet. Above 50 ")


def test_an_old_sentence_that_was_not_read_is_shown_as_it_is():
    assert describe_alert(alert(AlertEvent.ONGOING, Legacy("Standing since wave 3."), since=3)) == (
        "Standing since wave 3."
    )
