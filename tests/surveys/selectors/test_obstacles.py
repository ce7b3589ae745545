"""What keeps a wave from opening is found, and HR reads it on both pages."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from surveys.choices import WaveState
from surveys.models import Employee, TrusteeKey, Wave
from surveys.schedule.obstacles import Obstacle, ObstacleCode
from surveys.schedule.wording import explain_obstacle
from surveys.selectors.obstacles import wave_obstacles
from surveys.services import scheduling, trustees
from tests.company import MONDAY, make_people, make_survey, open_next
from tests.trustees import PASSPHRASE

pytestmark = pytest.mark.django_db(transaction=True)

LATER = MONDAY + dt.timedelta(minutes=10)


@pytest.fixture
def survey():
    make_people({"Sales": (None, 7)})
    survey = make_survey()
    scheduling.plan_next(survey=survey)
    return survey


def found(now=MONDAY):
    return list(wave_obstacles(now).values())


def test_nothing_keeps_a_wave_from_opening_at_its_hour(survey):
    assert [found(MONDAY - dt.timedelta(days=1)), found(LATER - dt.timedelta(seconds=1))] == [[], []]


def test_too_few_people_are_seen_before_the_hour(survey):
    Employee.objects.filter(name__in=["Sales 0", "Sales 1"]).update(active=False)
    Employee.objects.filter(name="Sales 2").update(on_leave=True)
    obstacle = Obstacle(ObstacleCode.TOO_FEW_PEOPLE, people=4, needed=5)
    assert found(MONDAY - dt.timedelta(days=9)) == [obstacle]
    survey.waves.update(state=WaveState.OPENING)
    assert found() == [obstacle]


@pytest.mark.usefixtures("cheap_passphrases")
def test_a_trustees_key_that_was_changed(survey):
    trustees.set_passphrase(survey=survey, passphrase=PASSPHRASE)
    assert found() == []
    TrusteeKey.objects.update(key_proof=bytes(32))
    assert found() == [Obstacle(ObstacleCode.TRUSTEE_KEY_CHANGED)]


def test_a_wave_before_that_is_not_counted(survey, tmp_path):
    open_next(survey, tmp_path)
    survey.waves.update(state=WaveState.CLOSING)
    scheduling.plan_next(survey=survey)
    due = survey.waves.get(number=2).opens_at
    assert found(due) == []
    assert found(due + dt.timedelta(minutes=10)) == [Obstacle(ObstacleCode.WAVE_BEFORE, wave=1)]


def test_a_wave_that_no_worker_has_opened(survey):
    assert found(LATER) == [Obstacle(ObstacleCode.NOT_TAKEN)]


def test_a_paused_survey_and_an_open_wave_have_none(survey, tmp_path):
    survey.paused = True
    survey.save()
    assert found(LATER) == []
    survey.paused = False
    survey.save()
    open_next(survey, tmp_path)
    assert found(LATER + dt.timedelta(days=1)) == []


def test_hr_reads_on_both_pages_why_and_what_to_do(survey, hr):
    pages = [reverse("waves"), reverse("wave", args=[Wave.objects.get().id])]
    sentence = explain_obstacle(Obstacle(ObstacleCode.NOT_TAKEN))
    for moment, shown in ((MONDAY, False), (LATER, True)):
        with time_machine.travel(moment, tick=False):
            assert [sentence in hr.get(page).content.decode() for page in pages] == [shown, shown]
