"""Waves open by the company's clock, in every month and through daylight saving."""

import datetime as dt

import pytest

from surveys.choices import Cadence
from surveys.models import Survey
from surveys.schedule.recurrence import closing_time, next_opening


@pytest.fixture(autouse=True)
def riga(settings):
    settings.TIME_ZONE = "Europe/Riga"


def survey(cadence=Cadence.MONTHLY, first="2026-01-05", **fields):
    return Survey(cadence=cadence, first_opens_on=dt.date.fromisoformat(first), **{"opening_hour": 9, **fields})


def openings(recurring, count):
    moments, after = [], None
    for _ in range(count):
        after = next_opening(recurring, after)
        moments.append(after.isoformat())
    return moments


def utc(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def test_monthly_keeps_the_local_hour_through_daylight_saving():
    assert openings(survey(first="2026-02-05"), 4) == [
        "2026-02-05T07:00:00+00:00",
        "2026-03-05T07:00:00+00:00",
        "2026-04-05T06:00:00+00:00",
        "2026-05-05T06:00:00+00:00",
    ]


def test_a_survey_of_the_31st_comes_back_to_the_31st_after_a_short_month():
    days = [moment[:10] for moment in openings(survey(first="2026-01-31"), 4)]
    assert days == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]


def test_four_weekly_and_quarterly():
    assert [m[:10] for m in openings(survey(Cadence.FOUR_WEEKLY), 3)] == ["2026-01-05", "2026-02-02", "2026-03-02"]
    assert [m[:10] for m in openings(survey(Cadence.QUARTERLY), 3)] == ["2026-01-05", "2026-04-05", "2026-07-05"]


def test_an_own_rule_and_its_end():
    one = survey(Cadence.OWN, rule="FREQ=MONTHLY;BYDAY=1TU;COUNT=2", first="2026-01-01")
    assert [m[:10] for m in openings(one, 2)] == ["2026-01-06", "2026-02-03"]
    assert next_opening(one, utc("2026-02-03T12:00")) is None


def test_an_hour_that_the_clocks_skip_becomes_the_next_that_exists():
    one = survey(first="2026-03-29", opening_hour=3)
    assert next_opening(one, None) == utc("2026-03-29T01:00")


def test_the_window_ends_at_the_opening_hour_also_across_daylight_saving():
    one = survey(first="2026-03-25", days_open=7)
    assert next_opening(one, None) == utc("2026-03-25T07:00")
    assert closing_time(one, next_opening(one, None)) == utc("2026-04-01T06:00")
