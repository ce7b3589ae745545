"""Casting a ballot: the one step that a respondent takes."""

import uuid
from enum import Enum, auto

from django.db import connection, transaction
from django.db.models import UUIDField

from surveys.ballot import sealing
from surveys.choices import WaveState
from surveys.models import SealedBallot
from surveys.selectors.key_authenticity import WaveKeys, is_authentic

# Statements that are not composed again for each answer: that costs many times what they do.
_MARK = 'UPDATE "surveys_invitation" SET answered = true WHERE id = %s AND wave_id = %s AND NOT answered'
_READ = "SELECT state, public_key FROM surveys_wave WHERE id = %s"
_ID = UUIDField()


class CastOutcome(Enum):
    """`KEY_DOUBTED`: the wave's key is not the one it was opened with, so that nothing is sealed for it."""

    ACCEPTED = auto()
    ALREADY_ANSWERED = auto()
    NOT_OPEN = auto()
    KEY_DOUBTED = auto()


def cast_ballot(*, invitation_id: uuid.UUID, keys: WaveKeys, ballot: sealing.Ballot) -> CastOutcome:
    """Seals the ballot for the wave's key, then marks the invitation answered and stores the box, both or neither.

    It is sealed before anything is locked, so no closing waits for that. The invitation is locked before the wave's
    state is read: closing commits its state first and takes these locks afterwards, so an acknowledged ballot is in
    the box when closing reads it. A wave's key never changes while it is open: where it is another one by now, either
    of the two was put there, and the box is not stored.
    """
    if not is_authentic(keys):
        return CastOutcome.KEY_DOUBTED
    public_key = bytes(keys.public_key or b"")
    box = sealing.seal(ballot, public_key)
    with transaction.atomic():
        fresh = _mark_answered(invitation_id, keys.id)
        state, key_now = _read_wave(keys.id)
        if state != WaveState.OPEN:
            transaction.set_rollback(True)
            return CastOutcome.NOT_OPEN
        if not fresh:
            return CastOutcome.ALREADY_ANSWERED
        if key_now != public_key:
            transaction.set_rollback(True)
            return CastOutcome.KEY_DOUBTED
        SealedBallot.objects.create(wave_id=keys.id, box=box)
    return CastOutcome.ACCEPTED


def _mark_answered(invitation_id: uuid.UUID, wave_id: uuid.UUID) -> bool:
    """Locks the invitation; whether it was not answered before."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [_ID.get_db_prep_value(id_, connection) for id_ in (invitation_id, wave_id)])
        return bool(cursor.rowcount)


def _read_wave(wave_id: uuid.UUID) -> tuple[str, bytes]:
    """State and public key as they are when this is called: a statement that waited for a lock has older ones."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [_ID.get_db_prep_value(wave_id, connection)])
        state, public_key = cursor.fetchone()
    return state, bytes(public_key or b"")
