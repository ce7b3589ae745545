"""Nobody is asked twice in one period: from which day on a wave may ask, and which rules ask too often."""

import datetime as dt

import pytest

from surveys.choices import Cadence
from surveys.models import Wave
from surveys.schedule.periods import day_of, least_days_apart, period_of
from surveys.schedule.spacing import asks_too_often

OPENED = dt.datetime(2026, 3, 9, 22, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("cadence", "days"),
    [(Cadence.FOUR_WEEKLY, 28), (Cadence.MONTHLY, 28), (Cadence.QUARTERLY, 84), (Cadence.OWN, 28)],
)
def test_a_month_counts_as_four_weeks_and_a_quarter_as_twelve(cadence, days):
    assert period_of(cadence) == days


def test_of_two_waves_the_longer_period_counts():
    assert [least_days_apart(*pair) for pair in ((28, 28), (28, 84), (84, 28), (84, 84))] == [28, 84, 84, 84]


@pytest.mark.parametrize(
    ("planned", "imported", "day"),
    [
        (None, None, "2026-03-10"),
        ("2026-03-03", None, "2026-03-03"),
        ("2026-03-02", None, "2026-03-10"),
        (None, "2026-02-28", "2026-02-28"),
    ],
    ids=["by hand", "a week late", "later", "held elsewhere"],
)
def test_the_day_of_a_wave_is_by_the_companys_clock(settings, planned, imported, day):
    settings.TIME_ZONE = "Europe/Riga"
    days = {"planned_on": planned, "imported_for": imported}
    wave = Wave(opens_at=OPENED, **{name: value and dt.date.fromisoformat(value) for name, value in days.items()})
    assert day_of(wave).isoformat() == day


@pytest.mark.parametrize(
    ("rule", "too_often"),
    [
        ("FREQ=DAILY", True),
        ("FREQ=WEEKLY;INTERVAL=3", True),
        ("FREQ=WEEKLY;INTERVAL=4", False),
        ("FREQ=WEEKLY;INTERVAL=4;BYDAY=MO,TU", True),
        ("FREQ=MONTHLY", False),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", False),
        ("FREQ=MONTHLY;BYMONTHDAY=1,31", True),
        ("FREQ=MONTHLY;BYDAY=1MO", False),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", False),
        # The second and third opening are two years off.
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=5,6;BYMONTHDAY=25,10", True),
        ("FREQ=WEEKLY;COUNT=1", False),
        ("FREQ=WEEKLY;COUNT=2", True),
        ("rrule:freq=weekly;interval=2", True),
    ],
)
def test_openings_by_an_own_rule_are_four_weeks_apart(rule, too_often):
    assert asks_too_often(rule, dt.date(2026, 3, 2)) is too_often
