"""Somebody who can write the database, but holds no link key, gets nothing sealed for a key of their own."""

import importlib
import logging
import os
import uuid

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from surveys.ballot import authenticity, sealing
from surveys.choices import WaveState
from surveys.models import SealedBallot, TrusteeKey, Wave
from surveys.schedule.obstacles import ObstacleCode
from surveys.selectors import key_authenticity
from surveys.services import key_custody, opening, scheduling, trustees
from surveys.services.answering import CastOutcome
from tests.company import cast, close, invitations, make_people, make_survey, open_next, open_with_answers
from tests.factories import make_invitation, make_wave, token_of
from tests.staff import make_staff
from tests.trustees import PASSPHRASE, enter, make_trustee_survey

pytestmark = pytest.mark.django_db
_ANSWERS = {"item_meetings_1": "0", "comment": "Less mail, more talk."}
ID = uuid.UUID(int=7)
ONE, OTHER = b"1" * 32, b"2" * 32


@pytest.fixture
def theirs():
    """A key pair of the attacker's: the private half, and the public one."""
    private = sealing.new_private_key()
    return private, sealing.public_of(private)


def looked_at(wave):
    """Whether the minute's tick sends the counting worker to look at the wave's key."""
    return "surveys.tasks.check_key" in {step.task for step in scheduling.due(wave.opens_at)}


@pytest.mark.parametrize(
    "proof",
    [
        authenticity.of_wave(b"another link key", ID, ONE, b"", b""),
        authenticity.of_wave(b"link key", uuid.UUID(int=8), ONE, b"", b""),
        authenticity.of_wave(b"link key", ID, OTHER, b"", b""),
        authenticity.of_wave(b"link key", ID, b"", ONE, b""),
        authenticity.of_wave(b"link key", ID, ONE, b"", OTHER),
        authenticity.of_trustee(b"link key", 7, ONE),
    ],
)
def test_a_proof_is_of_one_wave_and_of_its_keys_in_their_places(proof):
    assert authenticity.of_wave(b"link key", ID, ONE, b"", b"") not in {proof, proof[:16]}
    assert len(proof) == authenticity.PROOF_BYTES


FORGERIES = {
    "a key alone": lambda public: {"public_key": public},
    "a key and any proof": lambda public: {"public_key": public, "key_proof": os.urandom(32)},
    "a key and a proof without the link key": lambda public: {
        "public_key": public,
        "key_proof": authenticity.of_wave(b"", Wave.objects.get().id, public, b"", b""),
    },
    "a release key": lambda public: {"release_key": public},
}


@pytest.mark.parametrize("forgery", [name for name in FORGERIES if name != "a release key"])
def test_no_answer_is_sealed_for_a_key_that_was_put_there(client, theirs, forgery):
    invitation = make_invitation()
    true = Wave.objects.values("public_key", "key_proof").get()
    Wave.objects.update(**FORGERIES[forgery](theirs[1]))
    path = f"/a/{token_of(invitation)}"
    reply = client.post(path, _ANSWERS)
    invitation.refresh_from_db()
    assert (reply.status_code, SealedBallot.objects.count(), invitation.answered) == (503, 0, False)
    assert "surveys/answer_doubted.html" in [template.name for template in reply.templates]
    assert _ANSWERS["comment"] in reply.content.decode()
    Wave.objects.update(**true)
    assert (client.post(path, _ANSWERS).status_code, SealedBallot.objects.count()) == (200, 1)


def test_without_the_proof_the_attacker_would_read_the_answer(client, theirs, monkeypatch):
    monkeypatch.setattr("surveys.services.answering.is_authentic", lambda _keys: True)
    invitation = make_invitation()
    Wave.objects.update(public_key=theirs[1])
    client.post(f"/a/{token_of(invitation)}", _ANSWERS)
    assert sealing.unseal(bytes(SealedBallot.objects.get().box), theirs[0]).comment == _ANSWERS["comment"]


def test_the_key_and_proof_of_another_wave_do_not_serve():
    wave = make_wave()
    other = make_wave(WaveState.CLOSED, survey=wave.survey, number=2, public_key=ONE)
    Wave.objects.filter(id=wave.id).update(public_key=other.public_key, key_proof=other.key_proof)
    with pytest.raises(key_authenticity.ForgedKeyError):
        key_authenticity.check_authenticity(Wave.objects.get(id=wave.id))


@pytest.mark.django_db(transaction=True)
def test_the_counting_worker_reports_it_and_counts_with_the_true_keys(theirs, tmp_path, caplog):
    make_people()
    wave = open_with_answers(make_survey(), tmp_path)
    row = Wave.objects.filter(id=wave.id)
    true = row.values("public_key", "key_proof").get()
    row.update(public_key=theirs[1], key_proof=os.urandom(32))
    assert looked_at(wave)
    assert key_custody.key_of(wave_id=wave.id, key_directory=tmp_path) is None
    assert row.get().key_lost
    [record] = [entry for entry in caplog.records if entry.levelno == logging.ERROR]
    assert "not those that it was opened with" in record.getMessage()
    assert [cast(invitation) for invitation in invitations(wave, "Finance", 1)] == [CastOutcome.KEY_DOUBTED]
    row.update(**true)
    assert key_custody.key_of(wave_id=wave.id, key_directory=tmp_path)
    assert not looked_at(wave)
    wave = close(wave, tmp_path)
    assert (wave.state, wave.key_lost) == (WaveState.CLOSED, False)


@pytest.mark.django_db(transaction=True)
def test_another_link_key_stops_answers_but_not_the_counting(tmp_path, settings):
    make_people()
    wave = open_with_answers(make_survey(), tmp_path)
    settings.LINK_KEY = b"another link key, as long as a real one"
    assert [cast(invitation) for invitation in invitations(wave, "Finance", 1)] == [CastOutcome.KEY_DOUBTED]
    assert close(wave, tmp_path).state == WaveState.CLOSED


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("cheap_passphrases")
class TestWithATrustee:
    @pytest.fixture
    def survey(self):
        return make_trustee_survey()

    def test_no_wave_is_sealed_to_a_trustee_that_was_put_there(self, survey, theirs, tmp_path):
        TrusteeKey.objects.update(public_key=theirs[1])
        scheduling.plan_next(survey=survey)
        wave = survey.waves.get()
        with pytest.raises(opening.CannotOpenError) as raised:
            opening.open_wave(wave_id=wave.id, key_directory=tmp_path)
        assert raised.value.obstacle.code == ObstacleCode.TRUSTEE_KEY_CHANGED
        assert (survey.waves.get().state, list(tmp_path.iterdir())) == (WaveState.PLANNED, [])
        trustees.set_passphrase(survey=survey, passphrase=PASSPHRASE)
        assert open_next(survey, tmp_path).state == WaveState.OPEN

    def test_no_passphrase_is_sealed_for_a_release_key_that_was_put_there(self, client, survey, theirs, tmp_path):
        wave = close(open_with_answers(survey, tmp_path), tmp_path)
        Wave.objects.update(**FORGERIES["a release key"](theirs[1]))
        client.force_login(make_staff("auditor"))
        reply = client.post(reverse("trustee-wave", args=[wave.id]), {"passphrase": PASSPHRASE}, follow=True)
        assert [message.level_tag for message in reply.context["messages"]] == ["error"]
        assert Wave.objects.get().passphrase_box is None

    def test_a_release_key_that_was_renewed_is_signed_again(self, survey, tmp_path):
        wave = close(open_with_answers(survey, tmp_path), tmp_path)
        for file in tmp_path.glob("*.release*"):
            file.unlink()
        close(wave, tmp_path)
        assert enter(wave)
        assert close(wave, tmp_path).state == WaveState.CLOSED


@pytest.mark.usefixtures("cheap_passphrases")
def test_waves_and_trustees_from_before_there_were_proofs_get_one(tmp_path):
    survey = make_trustee_survey()
    wave = open_next(survey, tmp_path)
    Wave.objects.update(key_proof=bytes(32))
    TrusteeKey.objects.update(key_proof=bytes(32))
    importlib.import_module("surveys.migrations.0009_key_proofs").prove(apps, connection.schema_editor())
    key_authenticity.check_authenticity(Wave.objects.get(id=wave.id))
    assert key_authenticity.trustee_is_authentic(TrusteeKey.objects.get(), survey.id)
