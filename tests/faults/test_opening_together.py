"""Two workers open the same wave: it has one key, the one on disk, and everybody has one invitation."""

import pytest

from surveys.ballot import keys, sealing
from surveys.models import Employee, Invitation, Wave
from surveys.services import opening, scheduling
from tests.company import make_people, make_survey
from tests.threads import at_once, until_blocked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wave():
    make_people()
    scheduling.plan_next(survey=make_survey())
    return Wave.objects.get()


def assert_opened_once(wave, folder):
    wave.refresh_from_db()
    keys.load(folder, wave.id, bytes(wave.public_key))
    assert Invitation.objects.count() == Employee.objects.count()


def test_a_worker_waits_for_another_that_makes_the_key(wave, tmp_path, monkeypatch):
    others = []
    real = sealing.new_private_key

    def make_key_meanwhile():
        if not others:
            others.append(until_blocked(lambda: opening.open_wave(wave_id=wave.id, key_directory=tmp_path)))
        return real()

    monkeypatch.setattr(sealing, "new_private_key", make_key_meanwhile)
    assert opening.open_wave(wave_id=wave.id, key_directory=tmp_path) is True
    assert others[0].result(timeout=30) is False
    assert_opened_once(wave, tmp_path)


def test_four_at_once(wave, tmp_path):
    opened = at_once(4, lambda _: opening.open_wave(wave_id=wave.id, key_directory=tmp_path))
    assert sorted(opened) == [False, False, False, True]
    assert_opened_once(wave, tmp_path)
