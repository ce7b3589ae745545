"""What happens here when a wave has closed. Tasks are named, not imported: whoever sends a signal loads no numpy."""

import uuid
from typing import Any

from celery import current_app
from django.dispatch import receiver

from diagnostics import selectors
from surveys.signals import ticked, wave_closed

SCORE_WAVE = "diagnostics.tasks.score_wave"


@receiver(wave_closed, dispatch_uid="score_closed_wave")
def score_closed_wave(wave_id: uuid.UUID, **_kwargs: Any) -> None:
    current_app.send_task(SCORE_WAVE, args=[str(wave_id)])


@receiver(ticked, dispatch_uid="score_what_was_left_out")
def score_what_was_left_out(**_kwargs: Any) -> None:
    """Makes good a lost signal. Scoring a wave twice changes nothing, so a task that is still queued does no harm."""
    for wave_id in selectors.unscored_waves():
        current_app.send_task(SCORE_WAVE, args=[str(wave_id)])
