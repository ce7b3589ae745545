"""What a passphrase that is changed, removed or forgotten costs, and what a lost file beside it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from surveys.ballot import trustee
from surveys.choices import WaveState
from surveys.models import TrusteeKey, Wave
from surveys.services import abandoning, trustees
from tests.company import close, open_next
from tests.threads import until_blocked
from tests.trustees import PASSPHRASE, asked, enter, files

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cheap_passphrases")]


@pytest.fixture
def survey(survey_with_trustee):
    return survey_with_trustee


# Changing and removing


def test_a_new_passphrase_holds_from_the_next_wave_on(wave, survey, tmp_path):
    old = TrusteeKey.objects.get()
    trustees.set_passphrase(survey=survey, passphrase="another passphrase entirely")
    close(wave, tmp_path)
    assert enter(wave, "another passphrase entirely")
    assert close(wave, tmp_path).state == WaveState.CLOSING
    assert enter(wave, PASSPHRASE)
    assert close(wave, tmp_path).state == WaveState.CLOSED
    assert not TrusteeKey.objects.filter(id=old.id).exists()
    assert open_next(survey, tmp_path).trustee_key == TrusteeKey.objects.get()


def test_of_two_passphrases_at_once_the_later_one_counts(survey):
    with transaction.atomic():
        trustees.set_passphrase(survey=survey, passphrase="the first of the two")
        other = until_blocked(lambda: trustees.set_passphrase(survey=survey, passphrase="the later of the two"))
    other.result(timeout=20)
    assert trustees.is_passphrase(TrusteeKey.objects.get(survey=survey), "the later of the two")


def test_a_removed_passphrase_is_still_needed_by_the_wave_that_has_it(wave, survey, tmp_path):
    trustees.remove_passphrase(survey=survey)
    assert close(wave, tmp_path).state == WaveState.CLOSING
    assert enter(wave)
    assert close(wave, tmp_path).state == WaveState.CLOSED
    assert not TrusteeKey.objects.exists()
    assert open_next(survey, tmp_path).trustee_key is None


# Lost and forgotten


def test_a_lost_sealed_key_is_reported_and_no_passphrase_asked_for(wave, tmp_path):
    kept = files(tmp_path)
    for name in kept:
        (tmp_path / name).unlink()
    close(wave, tmp_path)
    assert (wave.key_lost, asked(), enter(wave)) == (True, [], False)
    for name, content in kept.items():
        (tmp_path / name).write_bytes(content)
    close(wave, tmp_path)
    assert (wave.key_lost, asked()) == (False, [("auditor@example.com", "1")])
    assert enter(wave)
    assert close(wave, tmp_path).state == WaveState.CLOSED


@pytest.mark.parametrize("entered", [False, True])
def test_a_lost_release_key_is_renewed_and_costs_no_ballot(wave, tmp_path, entered):
    close(wave, tmp_path)
    if entered:
        enter(wave)
    for suffix in ("release", "release-copy"):
        (tmp_path / f"{wave.id}.{suffix}").unlink()
    before = bytes(wave.release_key)
    close(wave, tmp_path)
    assert (wave.state, wave.key_lost, wave.passphrase_box) == (WaveState.CLOSING, False, None)
    assert bytes(wave.release_key) != before
    assert len(asked()) == 1 + entered
    assert enter(wave)
    assert close(wave, tmp_path).state == WaveState.CLOSED


def test_a_forgotten_passphrase_costs_the_wave_and_nothing_else(wave, survey, tmp_path):
    close(wave, tmp_path)
    with pytest.raises(CommandError, match="7 sealed ballots would be lost for good"):
        call_command("abandon_wave", "Pulse")
    call_command("abandon_wave", "Pulse", "--ballots", "7")
    close(wave, tmp_path)
    assert (wave.state, wave.ballots_lost, wave.trustee_key, wave.release_key) == (WaveState.ABANDONED, 7, None, None)
    assert files(tmp_path) == {}
    trustees.set_passphrase(survey=survey, passphrase="a new one, written down")
    assert open_next(survey, tmp_path).trustee_key == TrusteeKey.objects.get(survey=survey)


def test_a_wave_whose_passphrase_is_there_cannot_be_abandoned(wave, tmp_path):
    close(wave, tmp_path)
    enter(wave)
    with pytest.raises(abandoning.NotLostError):
        abandoning.abandon(wave_id=wave.id, ballots=7)


@pytest.mark.parametrize(
    "fields",
    [
        {"release_key": None},
        {"release_key": b"short"},
        {"trustee_key": None},
        {"passphrase_box": b"short"},
        {"passphrase_box": bytes(trustee.PASSPHRASE_BOX_BYTES)},  # while it is open
    ],
)
def test_the_database_refuses_half_a_trustee(wave, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Wave.objects.filter(id=wave.id).update(**fields)


@pytest.mark.parametrize(
    "fields",
    [{"public_key": b"x"}, {"secret": b"x"}, {"salt": b"x"}, {"opslimit": 0}, {"memlimit": 1024}],
)
def test_the_database_refuses_a_key_that_none_could_open(survey, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        TrusteeKey.objects.update(**fields)
