"""Opening and closing a wave with a trustee is killed at every step; nothing is lost, and nothing is left behind."""

import signal

import pytest

from surveys.ballot import keys, trustee
from surveys.choices import WaveState
from surveys.models import Response, SealedBallot, TrusteeKey, Wave
from surveys.services import closing, opening, scheduling, trustees
from tests.company import cast, invitations, make_people, make_survey, open_next
from tests.trustees import PASSPHRASE, enter, files

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cheap_passphrases")]

OPENING = {
    "before the first copy of the sealed key": "<1:surveys.ballot.keys.write_whole",
    "after it": ">1:surveys.ballot.keys.write_whole",
    "the sealed key is there": "<3:surveys.ballot.keys.write_whole",
    "half of the release key is there": ">3:surveys.ballot.keys.write_whole",
    "all four files are there": ">1:surveys.ballot.keys.create_release",
    "nothing is committed": ">1:surveys.services.opening.invite",
}
CLOSING = {
    "the passphrase is read": ">1:surveys.ballot.trustee.open_passphrase",
    "the trustee's key is unlocked": ">1:surveys.ballot.trustee.unlock",
    "the wave's key is unsealed": ">1:surveys.ballot.trustee.open_key",
    "the boxes are opened": ">1:surveys.services.closing.open_boxes",
    "state closed is written but not committed": ">1:surveys.models.Wave.save",
    "everything is committed": "<1:surveys.services.closing.destroy_spent_keys",
    "the sealed key is gone": "<3:surveys.ballot.keys.overwrite",
    "a copy of the release key is overwritten": ">3:surveys.ballot.keys.overwrite",
    "all files are gone": "<1:surveys.services.dead_rows.erase",
    "dead rows are removed": ">1:surveys.services.dead_rows.erase",
}
COMMITTED = list(CLOSING).index("everything is committed")


@pytest.fixture
def survey():
    make_people({"Sales": (None, 7)})
    survey = make_survey()
    trustees.set_passphrase(survey=survey, passphrase=PASSPHRASE)
    return survey


def test_after_a_kill_while_keys_are_made_the_wave_opens_on_whole_ones(survey, killed, tmp_path):
    for what, point in OPENING.items():
        scheduling.plan_next(survey=survey)
        wave = survey.waves.get(state=WaveState.PLANNED)
        assert killed(point, wave, tmp_path, step="open") == -signal.SIGKILL, what
        wave.refresh_from_db()
        assert (wave.state, wave.trustee_key) == (WaveState.OPENING, None), what
        assert opening.open_wave(wave_id=wave.id, key_directory=tmp_path) is True, what
        wave.refresh_from_db()
        private = trustee.unlock(TrusteeKey.objects.get().locked, PASSPHRASE)
        sealed_key = keys.load_sealed(tmp_path, wave.id, bytes(wave.public_key))
        assert trustee.open_key(sealed_key, private, bytes(wave.public_key)), what
        assert keys.load_release(tmp_path, wave.id, bytes(wave.release_key)), what
        closing.close_wave(wave_id=wave.id, key_directory=tmp_path)
        assert enter(wave), what
        assert closing.close_wave(wave_id=wave.id, key_directory=tmp_path) is True, what


def test_after_a_kill_while_counting_no_second_passphrase_is_needed(survey, killed, tmp_path):
    for number, (what, point) in enumerate(CLOSING.items()):
        wave = open_next(survey, tmp_path)
        for invitation in invitations(wave, "Sales", 6):
            cast(invitation)
        assert closing.close_wave(wave_id=wave.id, key_directory=tmp_path) is False
        assert enter(wave)
        assert killed(point, wave, tmp_path) == -signal.SIGKILL, what
        committed = number >= COMMITTED
        assert (Response.objects.filter(wave=wave).count(), SealedBallot.objects.count()) == (
            (6, 0) if committed else (0, 6)
        ), what
        assert (Wave.objects.get(id=wave.id).passphrase_box is None) is committed, what
        assert closing.close_wave(wave_id=wave.id, key_directory=tmp_path) is (not committed), what
        wave.refresh_from_db()
        left = (wave.public_key, wave.release_key, wave.trustee_key, wave.passphrase_box, files(tmp_path))
        assert left == (None, None, None, None, {}), what
        assert Response.objects.filter(wave=wave).count() == 6, what
