"""Closing a wave: the only place where ballots are opened. Runs on the counting worker; all or nothing.

The order of locks is the promise: state `closing` is committed first, then every invitation is locked, and only then
are the boxes read. An answer that was acknowledged holds its invitation's lock until it is in the box.
"""

import logging
import uuid
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from surveys.ballot import keys
from surveys.choices import ENDED, SEALED, MailKind, WaveState
from surveys.models import Invitation, Mail, SealedBallot, Wave
from surveys.services import dead_rows, key_custody, trustees
from surveys.services.counting import count_ballots, open_boxes
from surveys.services.shuffling import forget_answered, shuffle
from surveys.signals import wave_closed

logger = logging.getLogger(__name__)
_NOT_ERASED = (
    "Who answered in %d ended waves can still be found in the database's files: another program uses the tables, or "
    "reads them as they were. The next tick tries again; if this stays, end the transactions that are oldest."
)

_NOT_DESTROYED = (
    "The key of wave %s, which has ended, could not be destroyed: %s. Make BALLOT_KEY_DIR writable for the counting "
    "worker; the next tick tries again."
)


class CountMismatchError(Exception):
    """The boxes and the answered invitations differ: somebody changed the tables by hand. Nothing was changed."""


def close_wave(*, wave_id: uuid.UUID, key_directory: Path) -> bool:
    """Counts the wave's ballots, forgets who answered, destroys the key; tells whether this call did it.

    Safe to run again after any crash. Without its key, or its trustee's passphrase, the wave stays in the state
    `closing`: no answer is taken any more, and nothing is counted or destroyed. So it does where this raises
    CountMismatchError.
    """
    wave = Wave.objects.get(id=wave_id)
    closed_now = False
    if wave.state in SEALED:
        # What was found of the key while the wave was open is found again, now with the number of ballots.
        Wave.objects.filter(id=wave_id, state=WaveState.OPEN).update(state=WaveState.CLOSING, key_lost=False)
        private_key = key_custody.key_of(wave_id=wave_id, key_directory=key_directory)
        if private_key is not None:
            shuffle(wave_id=wave_id)
            closed_now = _close(wave_id, private_key)
    destroy_spent_keys(key_directory)
    if closed_now:
        # Last, for it needs the broker: a signal that is lost costs minutes, a key that is kept costs the promise.
        wave_closed.send(Wave, wave_id=wave_id)
    return closed_now


def destroy_spent_keys(key_directory: Path) -> None:
    """Destroys the keys and the dead rows of ended waves: also those that a crash left behind after the commit.

    An ended wave keeps its public key until both are gone, by which the tick sees what is left to do.
    """
    leftovers = Q(id__in=keys.wave_ids(key_directory)) | Q(public_key__isnull=False)
    spent = list(Wave.objects.filter(leftovers, state__in=ENDED).values_list("id", flat=True))
    gone = [wave_id for wave_id in spent if _destroyed(key_directory, wave_id)]
    if gone and dead_rows.erase():
        Wave.objects.filter(id__in=gone).update(public_key=None, key_proof=None, release_key=None, trustee_key=None)
        trustees.forget_retired()
    elif gone:
        logger.warning(_NOT_ERASED, len(gone))


def _destroyed(key_directory: Path, wave_id: uuid.UUID) -> bool:
    """Whether the wave's key files are gone. One that cannot be deleted keeps no other wave's from it."""
    try:
        keys.destroy(key_directory, wave_id)
    except OSError as error:
        logger.error("%s", _NOT_DESTROYED % (wave_id, error.strerror))  # noqa: TRY400 -- the sentence says all
        return False
    return True


def _close(wave_id: uuid.UUID, private_key: bytes) -> bool:
    with transaction.atomic():
        wave = Wave.objects.select_for_update(no_key=True).get(id=wave_id)
        if wave.state != WaveState.CLOSING:
            return False
        invitations = Invitation.objects.filter(wave=wave)
        answered = sum(invitations.select_for_update(no_key=True).order_by("id").values_list("answered", flat=True))
        boxes = SealedBallot.objects.filter(wave=wave)
        if (sealed := boxes.count()) != answered:
            raise CountMismatchError(
                f"Wave {wave_id} has {sealed} sealed ballots but {answered} answered invitations. Nothing was "
                "counted. Restore the database from a backup, or ask for help, before you close it again."
            )
        ballots, unreadable = open_boxes(wave, boxes.iterator(), private_key)
        count_ballots(wave, ballots)
        boxes.exclude(id__in=[box.id for box in unreadable]).delete()
        forget_answered(wave_id=wave_id)
        Mail.objects.filter(wave=wave, kind=MailKind.REMINDER).delete()
        wave.state, wave.unreadable, wave.passphrase_box = WaveState.CLOSED, len(unreadable), None
        wave.save(update_fields=["state", "unreadable", "passphrase_box"])
    if unreadable:
        logger.error("Wave %s: %d ballots could not be read; they are kept, sealed.", wave_id, len(unreadable))
    return True
