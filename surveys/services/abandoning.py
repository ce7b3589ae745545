"""Ending a wave by hand whose ballots cannot be opened any more, with the number of ballots it costs."""

import uuid

from django.db import transaction
from django.db.models import Q

from surveys.choices import MailKind, WaveState
from surveys.models import Mail, SealedBallot, Survey, Wave
from surveys.services.shuffling import forget_answered


class NotLostError(Exception):
    """No wave of the survey waits for its key or passphrase. Nothing was changed."""


class BallotsDifferError(Exception):
    """`ballots` is how many would be lost, which is not the number given. Nothing was changed."""

    def __init__(self, ballots: int) -> None:
        super().__init__(f"{ballots} sealed ballots would be lost.")
        self.ballots = ballots


def stranded_wave(survey: Survey) -> uuid.UUID | None:
    """The wave of the survey that has ended and cannot be counted: its key is lost, or the passphrase is not there."""
    cannot = Q(key_lost=True) | Q(trustee_key__isnull=False, passphrase_box=None)
    return survey.waves.filter(cannot, state=WaveState.CLOSING).values_list("id", flat=True).first()


@transaction.atomic
def abandon(*, wave_id: uuid.UUID, ballots: int | None) -> None:
    """Deletes the sealed ballots unread, forgets who answered, and ends the wave, so that the next one can open.

    `ballots` must be how many are lost. Raises BallotsDifferError and NotLostError. The counting worker destroys within
    a minute what is left of the keys.
    """
    wave = Wave.objects.select_for_update(no_key=True).get(id=wave_id)
    if stranded_wave(wave.survey) != wave.id:
        raise NotLostError
    boxes = SealedBallot.objects.filter(wave=wave)
    if (sealed := boxes.count()) != ballots:
        raise BallotsDifferError(sealed)
    boxes.delete()
    forget_answered(wave_id=wave_id)
    Mail.objects.filter(wave=wave, kind=MailKind.REMINDER).delete()
    wave.state, wave.key_lost, wave.ballots_lost = WaveState.ABANDONED, False, sealed
    # The same passphrase may protect the waves to come.
    wave.passphrase_box = None
    wave.save(update_fields=["state", "key_lost", "ballots_lost", "passphrase_box"])
