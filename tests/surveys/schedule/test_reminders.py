"""Reminders come on working days, at the hour of openings by the reader's clock, at least a day apart."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.schedule.reminders import reminder_due, reminder_times

RIGA, TOKYO, HONOLULU, CAIRO = map(ZoneInfo, ("Europe/Riga", "Asia/Tokyo", "Pacific/Honolulu", "Africa/Cairo"))
MIDWAY = ZoneInfo("Pacific/Midway")
ZONES = (RIGA, TOKYO, HONOLULU, CAIRO, MIDWAY, ZoneInfo("Pacific/Kiritimati"), ZoneInfo("America/St_Johns"))
DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def riga(settings):
    settings.TIME_ZONE = "Europe/Riga"


def local(text, zone=RIGA):
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(dt.UTC)


def times(reminders, opens, closes, zone=RIGA):
    moments = reminder_times(reminders, local(opens), local(closes), zone)
    return [moment.astimezone(zone).strftime("%a %d %H:%M") for moment in moments]


def test_half_way_and_a_day_before_the_end():
    wave = ("2026-11-02T09:00", "2026-11-06T09:00")
    assert [times(number, *wave) for number in (0, 1, 2)] == [
        [],
        ["Thu 05 09:00"],
        ["Wed 04 09:00", "Thu 05 09:00"],
    ]


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        ("2026-11-02T09:00", "2026-11-09T09:00", ["Thu 05 09:00", "Fri 06 09:00"]),
        ("2026-11-03T09:00", "2026-11-10T09:00", ["Fri 06 09:00", "Mon 09 09:00"]),
        ("2026-11-05T09:00", "2026-11-12T09:00", ["Mon 09 09:00", "Wed 11 09:00"]),
        ("2026-11-07T09:00", "2026-11-14T09:00", ["Tue 10 09:00", "Fri 13 09:00"]),
        ("2026-11-02T15:20", "2026-11-09T09:00", ["Thu 05 09:00", "Fri 06 09:00"]),
    ],
)
def test_a_week_has_two_at_the_hour_never_at_the_weekend(opens, closes, expected):
    assert times(2, opens, closes) == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (TOKYO, ["Thu 05 09:00", "Fri 06 09:00"]),
        (HONOLULU, ["Thu 05 09:00", "Fri 06 09:00"]),
        (RIGA, ["Thu 05 09:00", "Fri 06 09:00"]),
    ],
)
def test_the_hour_is_that_of_the_readers_clock(zone, expected):
    assert times(2, "2026-11-02T09:00", "2026-11-09T09:00", zone) == expected


def test_the_last_one_leaves_half_a_day_to_answer():
    assert times(1, "2026-11-02T09:00", "2026-11-05T09:00", TOKYO) == ["Wed 04 09:00"]
    assert times(1, "2026-11-02T20:00", "2026-11-05T20:00", MIDWAY) == ["Tue 03 20:00"]


def test_a_wave_without_a_working_day_left_has_none():
    assert times(2, "2026-11-02T09:00", "2026-11-03T09:00") == []
    assert times(2, "2026-11-06T09:00", "2026-11-09T09:00") == []


def test_a_day_that_daylight_saving_shortens_is_not_enough():
    """In Cairo the clocks go forward on a Friday: from Thursday's hour to Friday's are 23 hours."""
    assert times(2, "2026-04-21T09:00", "2026-04-25T09:00", CAIRO) == ["Wed 22 09:00", "Fri 24 09:00"]


@given(
    opens=st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 1), timezones=st.just(dt.UTC)),  # noqa: DTZ001
    days=st.integers(1, 60),
    hour=st.integers(0, 23),
    zone=st.sampled_from(ZONES),
    reminders=st.integers(0, 2),
)
def test_the_rule_holds_for_every_wave_and_clock(opens, days, hour, zone, reminders):
    closes = dt.datetime.combine(opens.date() + dt.timedelta(days=days), dt.time(hour), RIGA).astimezone(dt.UTC)
    moments = reminder_times(reminders, opens, closes, zone)
    expected = closes.astimezone(RIGA).hour
    assert len(moments) <= reminders
    for earlier, later in pairwise((opens, *moments)):
        assert later - earlier >= DAY
    for moment in moments:
        clock = moment.astimezone(zone)
        assert clock.weekday() < 5
        assert clock.hour in (expected, expected + 1)
        assert closes - moment >= 12 * HOUR


WEEK = (local("2026-11-03T09:00"), local("2026-11-10T09:00"))


def due(text):
    return reminder_due(reminder_times(2, *WEEK, RIGA), local(text), RIGA)


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        ("2026-11-06T08:59", 0),
        ("2026-11-06T09:00", 1),
        ("2026-11-06T16:59", 1),
        ("2026-11-06T17:00", 0),
        ("2026-11-07T10:00", 0),
        ("2026-11-09T08:59", 0),
        ("2026-11-09T09:00", 2),
        ("2026-11-09T20:00", 0),
        ("2026-11-10T09:00", 2),
    ],
)
def test_a_missed_one_waits_for_working_hours(moment, number):
    assert due(moment) == number


@given(
    days=st.integers(1, 14),
    zone=st.sampled_from(ZONES),
    down=st.sets(st.integers(0, 14 * 24), max_size=100),
    minute=st.integers(0, 59),
)
@settings(max_examples=20)
def test_however_long_it_was_down_they_come_on_working_days_a_day_apart(days, zone, down, minute):
    opens = WEEK[0]
    moments = reminder_times(2, opens, opens + days * DAY, zone)
    written = {0: opens}
    for hour in sorted(set(range(days * 24)) - down):
        now = opens + hour * HOUR + minute * MINUTE
        number = reminder_due(moments, now, zone)
        if number > max(written):
            written[number] = now
    assert all(later - earlier >= DAY for earlier, later in pairwise(written.values()))
    assert all(moment.astimezone(zone).weekday() < 5 for number, moment in written.items() if number)


def test_a_missed_one_gives_way_to_the_next_within_a_day():
    moments = reminder_times(2, local("2026-11-02T09:00"), local("2026-11-09T09:00"), RIGA)
    first, last = moments
    assert [reminder_due(moments, moment, RIGA) for moment in (first, first + MINUTE, last)] == [1, 0, 2]
