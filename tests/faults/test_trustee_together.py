"""Two workers at a wave with a trustee: a lost release key is renewed once, and not once the wave has ended."""

import pytest

from surveys.ballot import keys, sealing
from surveys.choices import WaveState
from surveys.models import Wave
from surveys.services import abandoning, closing, key_custody, trustees
from tests.company import close, make_people, make_survey, open_with_answers
from tests.staff import make_staff
from tests.threads import until_blocked
from tests.trustees import PASSPHRASE, asked, enter, files

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cheap_passphrases")]


@pytest.fixture
def wave(tmp_path):
    """It waits for its passphrase, for which its auditor was asked once."""
    make_people()
    make_staff("auditor")
    survey = make_survey()
    trustees.set_passphrase(survey=survey, passphrase=PASSPHRASE)
    return close(open_with_answers(survey, tmp_path), tmp_path)


def lose_release_key(folder):
    for file in folder.glob("*.release*"):
        file.unlink()


def test_of_two_workers_that_miss_the_release_key_one_makes_another(wave, tmp_path, monkeypatch):
    assert enter(wave)
    lose_release_key(tmp_path)
    others = []
    real = sealing.new_private_key

    def look():
        return key_custody.key_of(wave_id=wave.id, key_directory=tmp_path)

    def make_key_meanwhile():
        if not others:
            others.append(until_blocked(look))
        return real()

    monkeypatch.setattr(sealing, "new_private_key", make_key_meanwhile)
    assert look() is None
    assert others[0].result(timeout=30) is None
    assert keys.load_release(tmp_path, wave.id, bytes(Wave.objects.get().release_key))
    assert asked() == [("auditor@example.com", "1"), ("auditor@example.com", "2")]
    assert enter(wave)
    assert close(wave, tmp_path).state == WaveState.CLOSED


def count(wave, folder):
    return closing.close_wave(wave_id=wave.id, key_directory=folder)


def abandon(wave, folder):
    Wave.objects.update(passphrase_box=None)
    abandoning.abandon(wave_id=wave.id, ballots=7)
    closing.destroy_spent_keys(folder)


@pytest.mark.parametrize("end", [count, abandon])
def test_an_ended_wave_gets_no_release_key_and_wants_no_passphrase(wave, tmp_path, monkeypatch, caplog, end):
    assert enter(wave)
    real = keys.load_release

    def load_too_late(*arguments):
        monkeypatch.setattr(keys, "load_release", real)
        end(wave, tmp_path)
        return real(*arguments)

    monkeypatch.setattr(keys, "load_release", load_too_late)
    assert key_custody.key_of(wave_id=wave.id, key_directory=tmp_path) is None
    assert (files(tmp_path), asked(), caplog.messages) == ({}, [("auditor@example.com", "1")], [])
