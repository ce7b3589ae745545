"""On SQLite too, of two waves that open at the same moment one asks the people, and the other is planned again."""

import threading

import pytest

from surveys.choices import WaveState
from surveys.models import Employee, Invitation, LastAsked, Wave
from surveys.selectors.obstacles import CannotOpenError
from surveys.services import opening, scheduling
from tests.company import make_people, make_survey
from tests.sqlite_database import sqlite_database
from tests.threads import at_once


@pytest.fixture
def two_planned(django_db_blocker, tmp_path):
    with django_db_blocker.unblock(), sqlite_database(tmp_path):
        make_people({"Sales": (None, 9), "Legal": (None, 8)})
        for name in "AB":
            scheduling.plan_next(survey=make_survey(name=name))
        yield list(Wave.objects.order_by("survey__name"))


@pytest.fixture
def both_have_looked(monkeypatch):
    """Each opening looks whom it may ask before it takes the lock; neither goes on before the other has looked."""
    real, gate, waited = opening.people_to_ask, threading.Barrier(2, timeout=30), threading.local()

    def look(wave):
        found = real(wave)
        if not hasattr(waited, "once"):
            waited.once = gate.wait()
        return found

    monkeypatch.setattr(opening, "people_to_ask", look)


def test_both_have_looked_before_one_has_asked(two_planned, both_have_looked, tmp_path):
    def open_or_not(number):
        try:
            return opening.open_wave(wave_id=two_planned[number].id, key_directory=tmp_path / "keys")
        except CannotOpenError:
            return None

    assert sorted(at_once(2, open_or_not), key=str) == [None, True]
    assert sorted(Wave.objects.values_list("state", flat=True)) == [WaveState.OPEN, WaveState.PLANNED]
    assert Invitation.objects.count() == LastAsked.objects.count() == Employee.objects.count() == 17
