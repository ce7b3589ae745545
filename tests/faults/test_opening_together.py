"""Two workers open the same wave: it has one key, the one on disk, and everybody has one invitation."""

import pytest
from django.db import DatabaseError, InterfaceError, connection

from surveys.ballot import keys, sealing
from surveys.choices import WaveState
from surveys.models import Employee, Invitation, Wave
from surveys.services import opening, scheduling, trustees
from tests.company import make_people, make_survey
from tests.threads import at_once, in_background, until_blocked
from tests.trustees import PASSPHRASE

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


def cut_off_and_open(process_id, wave, folder):
    """As a restart of the network ends a connection, and with it the locks that it holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [process_id])
    return opening.open_wave(wave_id=wave.id, key_directory=folder)


@pytest.mark.parametrize("has_trustee", [True, False])
def test_a_worker_that_has_lost_its_connection_leaves_the_key_of_another(
    wave, has_trustee, tmp_path, monkeypatch, cheap_passphrases
):
    if has_trustee:
        trustees.set_passphrase(survey=wave.survey, passphrase=PASSPHRASE)
    others, real = [], opening.trustee_obstacle

    def open_meanwhile(*arguments):
        """Just before the keys are made, under the lock."""
        if not others and Wave.objects.get().state == WaveState.OPENING:
            process_id = connection.connection.info.backend_pid
            others.append(None)
            others[0] = in_background(lambda: cut_off_and_open(process_id, wave, tmp_path))
            others[0].result(timeout=30)
        return real(*arguments)

    monkeypatch.setattr(opening, "trustee_obstacle", open_meanwhile)
    with pytest.raises((DatabaseError, InterfaceError)):
        opening.open_wave(wave_id=wave.id, key_directory=tmp_path)
    connection.close()
    assert others[0].result() is True
    wave.refresh_from_db()
    load = keys.load_sealed if has_trustee else keys.load
    assert load(tmp_path, wave.id, bytes(wave.public_key))
    assert Invitation.objects.count() == Employee.objects.count()
