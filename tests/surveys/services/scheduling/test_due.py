"""Waves are planned and opened when they are due, each once, whatever the beats and the broker do."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.choices import Cadence, MailKind, WaveState
from surveys.models import Mail
from surveys.services import reminding, scheduling
from tests import factories
from tests.company import MONDAY, make_survey
from tests.threads import at_once, wait_for_each_other
from tests.ticking import DAY, MINUTE, at, name, reminders, waves

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_wave_is_planned_at_once_and_opens_at_its_hour(tick):
    survey = make_survey()
    assert tick(MONDAY - MINUTE) == []
    assert waves(survey) == [(1, WaveState.PLANNED, MONDAY)]
    assert tick(MONDAY) == ["open_wave"]
    assert waves(survey)[0] == (1, WaveState.OPEN, MONDAY)


def test_the_next_wave_is_planned_while_one_is_open(tick):
    survey = make_survey()
    for now in (MONDAY - MINUTE, MONDAY, MONDAY + MINUTE):
        tick(now)
    assert waves(survey) == [(1, WaveState.OPEN, MONDAY), (2, WaveState.PLANNED, at("2026-04-02T09:00"))]


def test_a_second_tick_in_the_same_minute_changes_nothing(tick):
    survey = make_survey()
    tick(MONDAY)
    assert tick(MONDAY) == []
    before = waves(survey)
    assert (tick(MONDAY), waves(survey), Mail.objects.count()) == ([], before, 7)


def test_a_lost_message_costs_a_minute(tick):
    make_survey()
    assert [name(step) for step in scheduling.due(MONDAY)] == ["open_wave"]
    assert tick(MONDAY + MINUTE) == ["open_wave"]


def test_two_beats_plan_one_wave(monkeypatch):
    survey = make_survey()
    wait_for_each_other(monkeypatch, scheduling, "opening_after")
    at_once(2, lambda _: scheduling.due(MONDAY - DAY))
    assert waves(survey) == [(1, WaveState.PLANNED, MONDAY)]


def test_two_beats_open_one_wave(tick):
    survey = make_survey()
    tick(MONDAY - MINUTE)
    at_once(2, lambda _: tick(MONDAY))
    assert waves(survey)[0] == (1, WaveState.OPEN, MONDAY)
    assert Mail.objects.filter(kind=MailKind.INVITATION).count() == 7


def test_a_paused_survey_opens_nothing_but_what_runs_goes_on(tick):
    survey = make_survey(days_open=4)
    tick(MONDAY)
    survey.paused = True
    survey.save()
    assert tick(MONDAY + 2 * DAY) == ["shuffle_wave"]
    assert reminders() == {"1": 7}
    assert tick(MONDAY + 4 * DAY) == ["close_wave"]
    assert tick(at("2026-05-01T00:00")) == ["purge_invitations"]
    assert waves(survey) == [(1, WaveState.CLOSED, MONDAY)]


def test_an_opening_that_falls_into_the_wave_before_is_left_out(tick):
    survey = make_survey(cadence=Cadence.FOUR_WEEKLY, days_open=30)
    tick(MONDAY)
    tick(MONDAY + MINUTE)
    assert waves(survey)[1] == (2, WaveState.PLANNED, MONDAY + 56 * DAY)
    assert tick(MONDAY + 30 * DAY + MINUTE) == ["close_wave"]
    assert tick(MONDAY + 56 * DAY) == ["open_wave"]


def test_waves_may_follow_each_other_without_a_break(tick):
    survey = make_survey(cadence=Cadence.FOUR_WEEKLY, days_open=28)
    tick(MONDAY)
    tick(MONDAY + MINUTE)
    assert waves(survey)[1] == (2, WaveState.PLANNED, MONDAY + 28 * DAY)
    tick(MONDAY + 28 * DAY)
    assert tick(MONDAY + 28 * DAY + MINUTE) == ["open_wave"]


def test_an_own_rule_that_has_ended_plans_no_more(tick):
    survey = make_survey(cadence=Cadence.OWN, rule="FREQ=MONTHLY;COUNT=1")
    tick(MONDAY)
    tick(MONDAY + 7 * DAY)
    assert tick(MONDAY + 400 * DAY) == ["purge_invitations"]
    assert waves(survey) == [(1, WaveState.CLOSED, MONDAY)]


def queries_of_a_quiet_tick(now):
    scheduling.due(now)
    with CaptureQueriesContext(connection) as captured:
        assert scheduling.due(now) == []
    return len(captured)


def test_the_queries_of_a_tick_do_not_grow_with_the_surveys():
    quiet = MONDAY + dt.timedelta(hours=1)
    counts = []
    for surveys in range(1, 31):
        factories.make_wave(survey=factories.make_survey(name=f"Survey {surveys}"))
        if surveys in (2, 30):
            counts.append(queries_of_a_quiet_tick(quiet))
    assert counts[0] == counts[1] <= 16


def test_a_survey_that_raises_keeps_no_other_one_back(tick, caplog):
    broken, sound = make_survey(name="Broken"), make_survey(name="Sound")
    type(broken).objects.filter(id=broken.id).update(cadence=Cadence.OWN, rule="FREQ=NEVER")
    assert tick(MONDAY) == ["open_wave"]
    assert (waves(broken), waves(sound)) == ([], [(1, WaveState.OPEN, MONDAY)])
    failed = [record.args for record in caplog.records if record.name == "surveys.services.attempts"]
    assert failed == [("plan_next", str(broken.id))]


def test_a_wave_whose_reminders_raise_keeps_no_other_one_back(monkeypatch):
    opened = []
    for survey in ("First", "Second"):
        wave = factories.make_wave(
            survey=factories.make_survey(survey, reminders=1), opens_at=MONDAY, closes_at=MONDAY + 7 * DAY
        )
        factories.make_invitation(wave, factories.make_employee(survey, factories.make_department(survey)))
        opened.append(wave)
    remind = reminding.remind

    def fail(*, wave_id, **given):
        return 1 / 0 if wave_id == opened[0].id else remind(wave_id=wave_id, **given)

    monkeypatch.setattr(reminding, "remind", fail)
    for day in range(7):
        reminding.remind_all_due(MONDAY + day * DAY)
    assert list(Mail.objects.filter(kind=MailKind.REMINDER).values_list("wave", flat=True)) == [opened[1].id]
