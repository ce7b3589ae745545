import datetime as dt

import pytest
from celery import current_app

from diagnostics.models import ScoringFault, Snapshot
from diagnostics.tasks import score_wave
from surveys.models import Wave
from surveys.signals import ticked, wave_closed
from tests.diagnostics.waves import company, make_survey

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)


@pytest.fixture
def sent(monkeypatch):
    found = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **_: found.append((name, *args)))
    return found


def test_a_closed_wave_starts_its_scoring_by_name(sent):
    wave = company(make_survey())
    wave_closed.send(Wave, wave_id=wave.id)
    assert sent == [("diagnostics.tasks.score_wave", str(wave.id))]
    assert score_wave.name == "diagnostics.tasks.score_wave"


def test_each_tick_makes_good_what_a_lost_signal_left_out(sent):
    survey = make_survey()
    waves = [company(survey, number=number) for number in (1, 2)]
    company(survey, number=3, state="planned")
    ticked.send(None, now=NOW)
    assert sent == [("diagnostics.tasks.score_wave", str(wave.id)) for wave in waves]
    score_wave(str(waves[1].id))
    assert Snapshot.objects.count() == 2
    sent.clear()
    ticked.send(None, now=NOW)
    assert sent == []


def test_a_wave_that_cannot_be_scored_is_tried_each_hour(sent):
    wave = company(make_survey())
    ScoringFault.objects.create(wave=wave, error="ValueError")
    ticked.send(None, now=NOW.replace(minute=1))
    assert sent == []
    ticked.send(None, now=NOW)
    assert sent == [("diagnostics.tasks.score_wave", str(wave.id))]
