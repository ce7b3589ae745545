"""A wave that cannot be scored is marked, and keeps no other one back."""

import pytest
from django.db import InterfaceError, OperationalError
from django.urls import reverse

from diagnostics.models import ScoringFault, Snapshot
from diagnostics.services import alerting, scoring
from diagnostics.services.scoring import score
from surveys.models import Wave
from tests.diagnostics.waves import close_wave, company, department, make_survey

pytestmark = pytest.mark.django_db


def test_an_earlier_wave_that_cannot_be_scored_keeps_no_later_one_back():
    survey = make_survey()
    broken = close_wave(survey, {department("Sales"): (9, [b"\0" * 11])}, number=1)
    later = company(survey, number=2)
    score(wave_id=later.id)
    assert list(Snapshot.objects.values_list("wave", flat=True)) == [later.id]
    assert list(ScoringFault.objects.values_list("wave", "error")) == [(broken.id, "ValueError")]


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_lost_database_ends_the_scoring_and_is_no_fault_of_a_wave(monkeypatch, error):
    read = scoring.stored_wave

    def lose_database(wave, thresholds):
        if wave.number == 1:
            raise error
        return read(wave, thresholds)

    survey = make_survey()
    company(survey, number=1)
    later = company(survey, number=2)
    monkeypatch.setattr(scoring, "stored_wave", lose_database)
    with pytest.raises(error):
        score(wave_id=later.id)
    assert not ScoringFault.objects.exists()


def test_a_fault_is_logged_once_and_gone_when_the_wave_is_scored(caplog, monkeypatch):
    wave = company(make_survey())
    with monkeypatch.context() as patch:
        patch.setattr(alerting, "advance", lambda _figures: 1 / 0)
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                score(wave_id=wave.id)
    assert [record.args for record in caplog.records if record.levelname == "ERROR"] == [(wave.id,)]
    score(wave_id=wave.id)
    assert not ScoringFault.objects.exists()


def test_a_questionnaire_that_cannot_be_read_keeps_no_later_wave_back():
    survey = make_survey()
    broken, later = company(survey, number=1), company(survey, number=2)
    Wave.objects.filter(id=broken.id).update(questionnaire={"items": "none"})
    score(wave_id=later.id)
    assert list(Snapshot.objects.values_list("wave", flat=True)) == [later.id]
    assert list(ScoringFault.objects.values_list("wave", flat=True)) == [broken.id]


def test_hr_sees_a_fault_beside_the_wave_and_on_its_pages(hr):
    survey = make_survey()
    broken, later = company(survey, number=1), company(survey, number=2)
    Wave.objects.filter(id=broken.id).update(questionnaire={"items": "none"})
    score(wave_id=later.id)
    reply = hr.get(reverse("waves"))
    assert {row.id: notes for row, _, notes in reply.context["waves"]} == {
        broken.id: ["diagnostics/_wave_fault.html"],
        later.id: [],
    }
    assert "wave 1 cannot be scored" in reply.text
    pages = ("wave-report", "wave", "comments-report", "method-report", "pair-report", "remedy-new")
    assert [hr.get(reverse(page, args=[broken.id])).status_code < 500 for page in pages] == [True] * len(pages)
