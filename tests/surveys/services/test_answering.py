"""One respondent's one step: a ballot is sealed and the invitation answered, both or neither."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.ballot import sealing
from surveys.ballot.sealing import Ballot, Rating
from surveys.choices import WaveState
from surveys.models import Invitation, SealedBallot, Wave
from surveys.selectors.key_authenticity import keys_of, proof_of
from surveys.services.answering import CastOutcome, cast_ballot
from tests import factories

pytestmark = pytest.mark.django_db


def invitation(state=WaveState.OPEN):
    return factories.make_invitation(wave=factories.make_wave(state=state))


def ballot_of(one, comment="The handover is late."):
    return Ballot(group=one.group_id, answers=b"\0\1\2\1", ratings=(Rating(7, b"\0\1\2"),), comment=comment)


def cast(one, **fields):
    return cast_ballot(**{"invitation_id": one.id, "keys": keys_of(one.wave), "ballot": ballot_of(one)} | fields)


def answered_and_boxes():
    return list(Invitation.objects.values_list("answered", flat=True)), SealedBallot.objects.count()


def test_an_answer_is_accepted_once():
    one = invitation()
    assert (cast(one), answered_and_boxes()) == (CastOutcome.ACCEPTED, ([True], 1))
    box = bytes(SealedBallot.objects.get().box)
    assert (cast(one), answered_and_boxes()) == (CastOutcome.ALREADY_ANSWERED, ([True], 1))
    assert bytes(SealedBallot.objects.get().box) == box


@pytest.mark.parametrize("state", [state for state in WaveState if state != WaveState.OPEN])
def test_only_an_open_wave_takes_answers(state):
    one = invitation(state)
    assert (cast(one), answered_and_boxes()) == (CastOutcome.NOT_OPEN, ([False], 0))


def test_an_answered_invitation_stays_so_when_the_wave_is_closing():
    one = factories.make_invitation(wave=factories.make_wave(state=WaveState.CLOSING), answered=True)
    assert (cast(one), answered_and_boxes()) == (CastOutcome.NOT_OPEN, ([True], 0))


def test_an_invitation_is_good_for_its_own_wave_only():
    one = invitation()
    other = factories.make_wave(survey=factories.make_survey("Another"))
    assert cast(one, keys=keys_of(other)) != CastOutcome.ACCEPTED
    assert answered_and_boxes() == ([False], 0)


class PowerCutError(Exception):
    pass


@pytest.mark.parametrize("step", ["surveys.ballot.sealing.seal", "surveys.models.SealedBallot.objects.create"])
@pytest.mark.django_db(transaction=True)
def test_a_crash_on_the_way_leaves_the_invitation_unanswered(monkeypatch, step):
    one = invitation()

    def crash(*_arguments, **_fields):
        raise PowerCutError

    with monkeypatch.context() as patch, pytest.raises(PowerCutError):
        patch.setattr(step, crash)
        cast(one)
    assert answered_and_boxes() == ([False], 0)
    assert cast(one) == CastOutcome.ACCEPTED


@pytest.mark.django_db(transaction=True)
def test_a_ballot_that_is_too_large_changes_nothing():
    one = invitation()
    with pytest.raises(ValueError, match="at most 4607 fit"):
        cast(one, ballot=ballot_of(one, comment="x" * 5000))
    assert answered_and_boxes() == ([False], 0)


@pytest.mark.django_db(transaction=True)
def test_casting_takes_three_statements_and_locks_the_invitation_first():
    one = invitation()
    with CaptureQueriesContext(connection) as captured:
        cast(one)
    statements = [query["sql"] for query in captured if query["sql"] not in ("BEGIN", "COMMIT")]
    assert [" ".join(statement.split()[:3]).replace('"', "") for statement in statements] == [
        "UPDATE surveys_invitation SET",
        "SELECT state, public_key",
        "INSERT INTO surveys_sealedballot",
    ]


@pytest.mark.django_db(transaction=True)
def test_the_ballot_is_sealed_before_anything_is_asked_or_locked(monkeypatch):
    one = invitation()
    real, found = sealing.seal, []
    with CaptureQueriesContext(connection) as captured:

        def seal(*arguments):
            found.append((connection.in_atomic_block, len(captured)))
            return real(*arguments)

        monkeypatch.setattr(sealing, "seal", seal)
        assert cast(one) == CastOutcome.ACCEPTED
    assert found == [(False, 0)]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_stored_that_was_sealed_for_another_key_than_the_waves():
    """Not even for one whose proof is good."""
    one = invitation()
    true = Wave.objects.values("public_key", "key_proof").get()
    one.wave.public_key = sealing.public_of(sealing.new_private_key())
    other = {"public_key": one.wave.public_key, "key_proof": proof_of(one.wave)}
    for read, now in ((true, other), (other, true)):
        Wave.objects.update(**now)
        keys = keys_of(Wave(id=one.wave_id, **read))
        assert (cast(one, keys=keys), answered_and_boxes()) == (CastOutcome.KEY_DOUBTED, ([False], 0))
    assert (cast(one, keys=keys_of(Wave.objects.get())), answered_and_boxes()) == (CastOutcome.ACCEPTED, ([True], 1))


def test_the_box_opens_with_the_waves_key_and_with_no_other():
    one = invitation()
    cast(one)
    box = bytes(SealedBallot.objects.get().box)
    assert sealing.unseal(box, factories.PRIVATE_KEY) == ballot_of(one)
    with pytest.raises(sealing.SealError):
        sealing.unseal(box, sealing.new_private_key())


def test_the_row_tells_nothing_of_what_was_answered():
    full, blank = (
        invitation(),
        factories.make_invitation(
            wave=factories.make_wave(survey=factories.make_survey("Another")), employee=factories.make_employee("Ben")
        ),
    )
    cast(full)
    cast(blank, ballot=Ballot(group=blank.group_id, answers=b"\xff\xff\xff\xff"))
    boxes = [bytes(row.box) for row in SealedBallot.objects.all()]
    assert {len(box) for box in boxes} == {sealing.BOX_BYTES}
    secrets = (b"handover", full.group_id.bytes, full.group_id.hex.encode(), full.id.bytes, full.id.hex.encode())
    assert [secret for secret in secrets for box in boxes if secret in box] == []
