"""Casting a ballot: the one step that a respondent takes."""

import uuid
from enum import Enum, auto

from django.db import transaction

from surveys.ballot import sealing
from surveys.choices import WaveState
from surveys.models import Invitation, SealedBallot, Wave
from surveys.selectors.key_authenticity import ForgedKeyError, check_authenticity

_READ = ("state", "public_key", "release_key", "key_proof", "trustee_key__public_key")


class CastOutcome(Enum):
    """`KEY_DOUBTED`: the wave's key is not the one it was opened with, so that nothing is sealed for it."""

    ACCEPTED = auto()
    ALREADY_ANSWERED = auto()
    NOT_OPEN = auto()
    KEY_DOUBTED = auto()


def cast_ballot(*, invitation_id: uuid.UUID, wave_id: uuid.UUID, ballot: sealing.Ballot) -> CastOutcome:
    """Seals the ballot and marks the invitation answered, both or neither.

    The invitation is locked before the wave's state is read: closing commits its state first and takes these locks
    afterwards, so an acknowledged ballot is in the box when closing reads it.
    """
    with transaction.atomic():
        fresh = Invitation.objects.filter(id=invitation_id, wave_id=wave_id, answered=False).update(answered=True)
        wave = Wave.objects.select_related("trustee_key").only(*_READ).get(id=wave_id)
        if wave.state != WaveState.OPEN:
            transaction.set_rollback(True)
            return CastOutcome.NOT_OPEN
        if not fresh:
            return CastOutcome.ALREADY_ANSWERED
        if wave.public_key is None:
            raise RuntimeError("An open wave has no public key.")
        try:
            check_authenticity(wave)
        except ForgedKeyError:
            transaction.set_rollback(True)
            return CastOutcome.KEY_DOUBTED
        SealedBallot.objects.create(wave_id=wave_id, box=sealing.seal(ballot, bytes(wave.public_key)))
    return CastOutcome.ACCEPTED
