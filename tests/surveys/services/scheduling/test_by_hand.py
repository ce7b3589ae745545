"""HR changes the schedule, or opens and closes a wave instead of waiting for its hour."""

import pytest
from django.db import transaction

from surveys.choices import Cadence, WaveState
from surveys.models import Wave
from surveys.services import scheduling
from tests import factories
from tests.company import MONDAY, make_survey
from tests.threads import until_blocked
from tests.ticking import DAY, MINUTE, at, waves

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_changed_schedule_moves_the_planned_wave_not_the_open_one(tick):
    survey = make_survey()
    tick(MONDAY)
    tick(MONDAY + MINUTE)
    survey.cadence, survey.opening_hour = Cadence.QUARTERLY, 7
    survey.save()
    scheduling.replan(survey=survey)
    assert waves(survey) == [(1, WaveState.OPEN, MONDAY), (2, WaveState.PLANNED, at("2026-06-02T07:00"))]


def test_a_changed_schedule_leaves_a_wave_that_a_worker_is_about_to_open():
    survey = make_survey()
    scheduling.plan_next(survey=survey)
    planned = survey.waves.get()
    with transaction.atomic():
        Wave.objects.filter(id=planned.id).update(state=WaveState.OPENING)
        other = until_blocked(lambda: scheduling.replan(survey=survey))
    other.result(timeout=20)
    assert waves(survey) == [(1, WaveState.OPENING, MONDAY), (2, WaveState.PLANNED, at("2026-04-02T09:00"))]


def test_beginning_now_opens_the_planned_wave_at_that_moment(tick):
    survey = make_survey()
    now = MONDAY - 3 * DAY
    step = scheduling.begin_now(survey=survey, now=now)
    wave = survey.waves.get()
    assert step == scheduling.Step("surveys.tasks.open_wave", (str(wave.id),))
    assert (wave.state, wave.opens_at, wave.closes_at) == (WaveState.PLANNED, now, MONDAY + 4 * DAY)
    assert tick(now) == ["open_wave"]


def test_a_wave_that_was_begun_early_takes_the_place_of_the_planned_one(tick):
    survey = make_survey()
    scheduling.begin_now(survey=survey, now=MONDAY - 3 * DAY)
    tick(MONDAY - 3 * DAY)
    tick(MONDAY)
    assert [(number, opens_at) for number, _, opens_at in waves(survey)] == [
        (1, MONDAY - 3 * DAY),
        (2, at("2026-04-02T09:00")),
    ]


@pytest.mark.parametrize("state", [WaveState.OPENING, WaveState.OPEN, WaveState.CLOSING])
def test_beginning_now_is_refused_while_a_wave_runs(state):
    survey = make_survey()
    factories.make_wave(survey=survey, state=state)
    assert scheduling.begin_now(survey=survey, now=MONDAY + DAY) is None
    assert survey.waves.count() == 1


def test_beginning_now_waits_for_a_worker_that_is_about_to_open():
    survey = make_survey()
    scheduling.plan_next(survey=survey)
    with transaction.atomic():
        survey.waves.update(state=WaveState.OPENING)
        other = until_blocked(lambda: scheduling.begin_now(survey=survey, now=MONDAY - DAY))
    assert other.result(timeout=20) is None
    assert waves(survey) == [(1, WaveState.OPENING, MONDAY)]


def test_beginning_now_works_after_an_own_rule_has_ended(tick):
    survey = make_survey(cadence=Cadence.OWN, rule="FREQ=MONTHLY;COUNT=1")
    tick(MONDAY)
    tick(MONDAY + 7 * DAY)
    assert scheduling.begin_now(survey=survey, now=MONDAY + 50 * DAY) is not None
    assert waves(survey)[1:] == [(2, WaveState.PLANNED, MONDAY + 50 * DAY)]


def test_ending_now_closes_the_open_wave_and_its_row_shows_when(tick):
    survey = make_survey()
    tick(MONDAY)
    wave = survey.waves.get(number=1)
    now = MONDAY + 2 * DAY
    assert scheduling.end_now(survey=survey, now=now) == scheduling.Step("surveys.tasks.close_wave", (str(wave.id),))
    wave.refresh_from_db()
    assert (wave.state, wave.closes_at) == (WaveState.OPEN, now)
    assert tick(now) == ["close_wave"]


def test_ending_now_without_an_open_wave_is_refused():
    survey = make_survey()
    scheduling.plan_next(survey=survey)
    assert scheduling.end_now(survey=survey, now=MONDAY) is None
