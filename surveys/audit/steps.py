"""The steps of a wave by the real services, in this process: for a rehearsal that has no workers of its own."""

from dataclasses import dataclass
from pathlib import Path

from surveys.audit.site import RehearsalError
from surveys.choices import WaveState
from surveys.mails import sending
from surveys.models import Survey, Wave
from surveys.services import closing, inviting, opening, outbox, scheduling, shuffling


@dataclass(frozen=True)
class ServiceSteps:
    """The steps of a wave, each by a call of its service."""

    # The folder of the ballot keys.
    keys: Path

    def open(self, survey: Survey) -> Wave:
        if not survey.waves.filter(state=WaveState.PLANNED).exists():
            scheduling.plan_next(survey=survey)
        wave = survey.waves.get(state=WaveState.PLANNED)
        opening.open_wave(wave_id=wave.id, key_directory=self.keys)
        _send_mails()
        wave.refresh_from_db()
        return wave

    def remind(self, wave: Wave) -> None:
        inviting.remind(wave_id=wave.id, number=1)
        _send_mails()

    def shuffle(self, wave: Wave) -> None:
        shuffling.shuffle(wave_id=wave.id, night=wave.opens_at.date())

    def close(self, wave: Wave) -> None:
        if not closing.close_wave(wave_id=wave.id, key_directory=self.keys):
            raise RehearsalError("The wave could not be closed.")


def _send_mails() -> None:
    while sending.send_pending():
        pass
    if outbox.pending(1):
        raise RehearsalError("The mails of the rehearsal could not be written to its mailbox.")
