"""Casting a ballot: the one step that a respondent takes."""

import uuid
from enum import Enum, auto

from django.db import connection, transaction
from django.db.models import UUIDField

from surveys.ballot import sealing
from surveys.choices import WaveState
from surveys.models import SealedBallot
from surveys.selectors.key_authenticity import ForgedKeyError, WaveKeys, check_authenticity

# Statements that are not composed again for each answer: that costs many times what they do.
_MARK = 'UPDATE "surveys_invitation" SET answered = true WHERE id = %s AND wave_id = %s AND NOT answered'
_READ = """
    SELECT surveys_wave.id, surveys_wave.state, surveys_wave.public_key, release_key, trustee.public_key,
        surveys_wave.key_proof
    FROM surveys_wave LEFT JOIN surveys_trusteekey trustee ON trustee.id = trustee_key_id WHERE surveys_wave.id = %s
"""
_ID = UUIDField()


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
        fresh = _mark_answered(invitation_id, wave_id)
        state, keys = _read_wave(wave_id)
        if state != WaveState.OPEN:
            transaction.set_rollback(True)
            return CastOutcome.NOT_OPEN
        if not fresh:
            return CastOutcome.ALREADY_ANSWERED
        if keys.public_key is None:
            raise RuntimeError("An open wave has no public key.")
        try:
            check_authenticity(keys)
        except ForgedKeyError:
            transaction.set_rollback(True)
            return CastOutcome.KEY_DOUBTED
        SealedBallot.objects.create(wave_id=wave_id, box=sealing.seal(ballot, bytes(keys.public_key)))
    return CastOutcome.ACCEPTED


def _mark_answered(invitation_id: uuid.UUID, wave_id: uuid.UUID) -> bool:
    """Locks the invitation; whether it was not answered before."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [_ID.get_db_prep_value(id_, connection) for id_ in (invitation_id, wave_id)])
        return bool(cursor.rowcount)


def _read_wave(wave_id: uuid.UUID) -> tuple[str, WaveKeys]:
    """The wave's state and keys as they are when this is called: a statement that waited for a lock has older ones."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [_ID.get_db_prep_value(wave_id, connection)])
        _, state, *keys = cursor.fetchone()
    return state, WaveKeys(wave_id, *keys)
