"""What an open wave is due: its end, its reminders, its nightly shuffle, its mail; each once."""

import datetime as dt
import uuid

import pytest

from surveys.choices import MailState, WaveState
from surveys.models import Employee, Mail, SealedBallot
from surveys.services import reminding, scheduling, shuffling
from tests.company import MONDAY, cast, invitations, make_survey
from tests.threads import at_once, wait_for_each_other
from tests.ticking import DAY, MINUTE, SEND, at, name, reminders

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_wave_closes_at_its_end_and_a_crashed_closing_is_taken_up(tick):
    survey = make_survey()
    tick(MONDAY)
    assert "close_wave" not in tick(MONDAY + 7 * DAY - MINUTE)
    assert [name(step) for step in scheduling.due(MONDAY + 7 * DAY)] == ["close_wave", "send_mail"]
    survey.waves.filter(number=1).update(state=WaveState.CLOSING)
    assert tick(MONDAY + 7 * DAY + MINUTE) == ["close_wave"]
    assert tick(MONDAY + 7 * DAY + 2 * MINUTE) == []


def test_two_reminders_go_out_once_each_to_those_who_have_not_answered(tick):
    survey = make_survey(days_open=4)
    tick(MONDAY)
    tick(MONDAY + 2 * DAY - MINUTE)
    assert reminders() == {}
    tick(MONDAY + 2 * DAY)
    tick(MONDAY + 2 * DAY + MINUTE)
    assert reminders() == {"1": 7}
    cast(invitations(survey.waves.get(number=1), "Sales", 1)[0])
    tick(MONDAY + 3 * DAY)
    tick(MONDAY + 3 * DAY + MINUTE)
    assert reminders() == {"1": 7, "2": 6}


def test_after_down_time_only_the_latest_reminder_goes_out(tick):
    make_survey(days_open=4)
    tick(MONDAY)
    tick(MONDAY + 3 * DAY + MINUTE)
    tick(MONDAY + 3 * DAY + 2 * MINUTE)
    assert reminders() == {"2": 7}


def test_reminders_go_out_by_the_clock_of_each_reader(tick):
    survey = make_survey(days_open=4, reminders=1)
    people = list(Employee.objects.order_by("email"))
    clocks = ("Asia/Tokyo", "America/New_York", "Nowhere/Gone", "", "", "", "")
    for person, zone in zip(people, clocks, strict=True):
        person.time_zone = zone
        person.save()
    tick(MONDAY)
    thursday = MONDAY + 3 * DAY
    counts = []
    for hours in (-10, -9, -1, 0, 4, 5, 6):
        tick(thursday + dt.timedelta(hours=hours))
        counts.append(sum(reminders().values()))
    assert counts == [0, 1, 1, 6, 6, 7, 7]
    assert survey.waves.get(number=1).reminded == 1


def test_a_wave_reminded_before_zones_counted_goes_on(tick):
    survey = make_survey(days_open=4)
    tick(MONDAY)
    tick(MONDAY + 2 * DAY)
    survey.waves.filter(number=1).update(reminded_zones={})
    tick(MONDAY + 2 * DAY + MINUTE)
    assert reminders() == {"1": 7}
    tick(MONDAY + 3 * DAY)
    assert reminders() == {"1": 7, "2": 7}


@pytest.mark.parametrize(("days", "expected"), [(2, {"1": 7}), (3, {"2": 7})])
def test_two_beats_remind_once(tick, monkeypatch, days, expected):
    make_survey(days_open=4)
    tick(MONDAY)
    wait_for_each_other(monkeypatch, reminding, "reminder_times")
    at_once(2, lambda _: scheduling.due(MONDAY + days * DAY))
    assert reminders() == expected


def test_the_boxes_are_shuffled_once_a_night_by_the_companys_clock(tick, settings):
    settings.TIME_ZONE, settings.SHUFFLE_HOUR = "Europe/Riga", 3
    survey = make_survey()
    tick(MONDAY)
    cast(invitations(survey.waves.get(), "Sales", 1)[0])
    first = SealedBallot.objects.get().id
    assert [tick(at(f"2026-03-03T0{clock}")) for clock in ("0:59", "1:00", "1:01")] == [[], ["shuffle_wave"], []]
    assert SealedBallot.objects.get().id != first
    assert tick(at("2026-03-03T23:30")) == []
    assert tick(at("2026-03-04T01:00")) == ["shuffle_wave"]


def test_no_shuffle_on_the_day_of_opening(tick):
    make_survey()
    assert [tick(MONDAY), tick(MONDAY + dt.timedelta(hours=14))] == [["open_wave"], []]


def test_a_shuffle_whose_message_was_lost_is_queued_again_and_done_once(tick):
    survey = make_survey()
    tick(MONDAY)
    cast(invitations(survey.waves.get(), "Sales", 1)[0])
    night = dt.datetime(2026, 3, 3, 3, tzinfo=dt.UTC)
    lost = scheduling.due(night)
    assert tick(night + MINUTE) == ["shuffle_wave"]
    wave_id, day = lost[0].args
    assert shuffling.shuffle(wave_id=uuid.UUID(wave_id), night=dt.date.fromisoformat(day)) == 0


def test_mail_is_sent_as_long_as_some_is_queued(tick):
    make_survey()
    assert SEND not in scheduling.due(MONDAY - MINUTE)
    tick(MONDAY)
    assert scheduling.due(MONDAY + MINUTE) == [SEND]
    Mail.objects.update(state=MailState.SENT)
    assert scheduling.due(MONDAY + 2 * MINUTE) == []
