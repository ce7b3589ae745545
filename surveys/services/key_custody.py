"""What the counting worker finds of a wave's key is noted on the wave's row: the readers have no key directory."""

import logging
import uuid
from pathlib import Path

from surveys.ballot import keys
from surveys.choices import SEALED, WaveState
from surveys.models import SealedBallot, Wave
from surveys.selectors.key_authenticity import check_authenticity
from surveys.services.unlocking import unlock

logger = logging.getLogger(__name__)


def key_of(*, wave_id: uuid.UUID, key_directory: Path) -> bytes | None:
    """The private key of a wave that is open or closing; None while it is lost or damaged, or waits for its trustee.

    A loss, and the return of the key, is written to the wave's row, and once to the log.
    """
    wave = Wave.objects.select_related("trustee_key").defer("questionnaire").get(id=wave_id)
    if wave.state not in SEALED:
        return None
    try:
        private_key = _private_key(wave, key_directory)
    except keys.KeyLostError as error:
        _record_loss(wave, error)
        return None
    if Wave.objects.filter(id=wave_id, key_lost=True).update(key_lost=False):
        logger.info("The key of wave %s is back.", wave_id)
    return private_key


def _private_key(wave: Wave, key_directory: Path) -> bytes | None:
    if wave.state == WaveState.OPEN:
        check_authenticity(wave)
    if wave.trustee_key is None:
        return keys.load(key_directory, wave.id, bytes(wave.public_key or b""))
    return unlock(wave=wave, trustee_key=wave.trustee_key, key_directory=key_directory)


def _record_loss(wave: Wave, error: keys.KeyLostError) -> None:
    # Nothing is changed where another worker has counted the wave since, and destroyed its key.
    newly = Wave.objects.filter(id=wave.id, state__in=SEALED, key_lost=False).update(key_lost=True)
    if newly and wave.state == WaveState.OPEN:
        logger.error("%s The wave stays open; nothing is closed or destroyed.", error)
    elif newly:
        waiting = SealedBallot.objects.filter(wave=wave).count()
        logger.error("%s %d sealed ballots wait for it; nothing is counted or destroyed.", error, waiting)
