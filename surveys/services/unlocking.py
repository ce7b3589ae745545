"""From a passphrase that a trustee has left to the key of a wave. Nothing of it is written to disk, row or log."""

import logging
from pathlib import Path

from django.db import transaction

from surveys.ballot import keys, trustee
from surveys.choices import SEALED, WaveState
from surveys.models import TrusteeKey, Wave
from surveys.selectors.key_authenticity import proof_of
from surveys.services import trustees

logger = logging.getLogger(__name__)


def unlock(*, wave: Wave, trustee_key: TrusteeKey, key_directory: Path) -> bytes | None:
    """The wave's private key; None while the passphrase is not there, for which the auditors are asked.

    Raises keys.KeyLostError if the sealed key itself is lost or damaged: then no auditor is asked in vain.
    """
    public_key = bytes(wave.public_key or b"")
    sealed_key = keys.load_sealed(key_directory, wave.id, public_key)
    release_key = _release_key(wave, key_directory)
    if wave.passphrase_box is None or release_key is None:
        if wave.state == WaveState.CLOSING:
            trustees.ask(wave)
        return None
    try:
        passphrase = trustee.open_passphrase(bytes(wave.passphrase_box), release_key)
        private_key = trustee.unlock(trustee_key.locked, passphrase)
    except trustee.TrusteeError as error:
        logger.warning("The passphrase left for wave %s does not open it (%s) It is asked for again.", wave.id, error)
        _clear(wave, bytes(wave.passphrase_box))
        return None
    try:
        return trustee.open_key(sealed_key, private_key, public_key)
    except trustee.TrusteeError as error:
        raise keys.lost(wave.id) from error


def _release_key(wave: Wave, key_directory: Path) -> bytes | None:
    """The private half; None if it was lost, and then a new pair is in its place: no ballot hangs on it."""
    try:
        return keys.load_release(key_directory, wave.id, bytes(wave.release_key or b""))
    except keys.KeyLostError:
        _renew_release_key(wave, key_directory)
        return None


@transaction.atomic
def _renew_release_key(wave: Wave, key_directory: Path) -> None:
    """Does nothing where another worker has renewed it since, or has ended the wave and destroyed its keys."""
    # Under the lock, or the files could be of another pair than the row, or of a wave that has ended.
    locked = Wave.objects.select_for_update(no_key=True).defer("questionnaire")
    current = locked.filter(id=wave.id, state__in=SEALED, release_key=wave.release_key).first()
    if current is None:
        return
    logger.warning("The release key of wave %s was lost or damaged; it has a new one.", wave.id)
    wave.release_key = keys.create_release(key_directory, wave.id)
    renewed = {"release_key": wave.release_key, "key_proof": proof_of(wave), "passphrase_box": None}
    Wave.objects.filter(id=wave.id).update(**renewed)
    if current.passphrase_box is not None:
        trustees.ask_again(wave)


@transaction.atomic
def _clear(wave: Wave, box: bytes) -> None:
    if Wave.objects.filter(id=wave.id, passphrase_box=box).update(passphrase_box=None):
        trustees.ask_again(wave)
