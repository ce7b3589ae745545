"""The clock jumps and the machine is down: each wave still opens once and closes once."""

import datetime as dt

import pytest

from surveys.choices import Cadence, MailKind, WaveState
from surveys.models import Mail
from tests.company import MONDAY, make_survey
from tests.ticking import DAY, MINUTE, at, reminders, waves

pytestmark = pytest.mark.django_db(transaction=True)


def test_months_of_down_time_make_one_late_wave_of_full_length(tick):
    survey = make_survey()
    tick(MONDAY - MINUTE)
    back = at("2026-06-10T14:30")
    assert tick(back) == ["open_wave"]
    late = survey.waves.get(number=1)
    assert (late.state, late.opens_at, late.closes_at) == (WaveState.OPEN, back, at("2026-06-17T09:00"))
    tick(back + MINUTE)
    # The second of July is less than four weeks later.
    assert waves(survey)[1:] == [(2, WaveState.PLANNED, at("2026-08-02T09:00"))]


def test_a_week_of_down_time_moves_no_later_wave(tick):
    survey = make_survey(cadence=Cadence.FOUR_WEEKLY)
    tick(MONDAY - MINUTE)
    tick(MONDAY + 7 * DAY)
    tick(MONDAY + 14 * DAY)
    assert (survey.waves.get(number=1).planned_on, waves(survey)[1]) == (
        MONDAY.date(),
        (2, WaveState.PLANNED, MONDAY + 28 * DAY),
    )
    assert tick(MONDAY + 28 * DAY) == ["open_wave"]
    assert survey.waves.get(number=2).invitations.count() == 7


def test_more_than_a_week_of_down_time_leaves_the_next_opening_out(tick):
    survey = make_survey(cadence=Cadence.FOUR_WEEKLY)
    tick(MONDAY - MINUTE)
    tick(MONDAY + 8 * DAY)
    tick(MONDAY + 15 * DAY)
    assert waves(survey)[1] == (2, WaveState.PLANNED, MONDAY + 56 * DAY)


def test_a_few_minutes_late_are_not_made_good(tick):
    survey = make_survey()
    tick(MONDAY + dt.timedelta(minutes=50))
    wave = survey.waves.get()
    assert (wave.opens_at, wave.closes_at) == (MONDAY, MONDAY + 7 * DAY)


def test_a_wave_opened_late_after_a_down_time_has_its_full_length(tick):
    survey = make_survey()
    tick(MONDAY - MINUTE)
    survey.waves.update(state=WaveState.OPENING)
    assert tick(MONDAY + 10 * DAY) == ["open_wave"]
    wave = survey.waves.get(number=1)
    assert (wave.opens_at, wave.closes_at) == (MONDAY + 10 * DAY, MONDAY + 17 * DAY)
    assert tick(MONDAY + 10 * DAY + MINUTE) == []


def test_down_time_over_the_end_closes_without_a_reminder(tick):
    survey = make_survey()
    tick(MONDAY)
    assert tick(MONDAY + 20 * DAY) == ["close_wave"]
    assert (survey.waves.get(number=1).state, reminders()) == (WaveState.CLOSED, {})


def test_a_clock_set_back_reopens_and_repeats_nothing(tick):
    survey = make_survey(days_open=4)
    for days in (0, 1, 2, 3, 4, 5):
        tick(MONDAY + days * DAY)
    before = waves(survey)
    assert [tick(MONDAY + days * DAY) for days in (3, 2, 0, -30)] == [[], [], [], []]
    assert waves(survey) == before == [(1, WaveState.CLOSED, MONDAY), (2, WaveState.PLANNED, at("2026-04-02T09:00"))]
    assert Mail.objects.filter(kind=MailKind.INVITATION).count() == 7


def test_a_clock_set_back_while_a_wave_is_open_sends_no_reminder_again(tick):
    make_survey(days_open=4)
    for days in (0, 2, 3, 1, 2, 3):
        tick(MONDAY + days * DAY)
    assert reminders() == {"1": 7, "2": 7}


def test_waves_follow_the_companys_clock_through_daylight_saving(tick, settings):
    settings.TIME_ZONE = "Europe/Riga"
    make_survey(first=at("2026-03-23T00:00"))
    assert tick(at("2026-03-23T06:59")) == []
    assert tick(at("2026-03-23T07:00")) == ["open_wave"]
    assert tick(at("2026-03-30T05:59")) == ["shuffle_wave"]
    assert tick(at("2026-03-30T06:00")) == ["close_wave"]


def test_an_hour_that_comes_twice_opens_one_wave(tick, settings):
    settings.TIME_ZONE = "Europe/Riga"
    survey = make_survey(first=at("2026-10-25T00:00"), opening_hour=3, cadence=Cadence.QUARTERLY)
    assert [tick(at(f"2026-10-25T{clock}")) for clock in ("00:00", "01:00", "01:01")] == [["open_wave"], [], []]
    assert waves(survey) == [
        (1, WaveState.OPEN, at("2026-10-25T00:00")),
        (2, WaveState.PLANNED, at("2027-01-25T01:00")),
    ]
