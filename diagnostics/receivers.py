"""What happens here when a wave has closed. Tasks are named, not imported, so that the sender loads no numpy."""

import datetime as dt
import uuid
from typing import Any

from celery import current_app
from django.dispatch import receiver

from diagnostics.report import selectors
from surveys.services import purging
from surveys.signals import ticked, wave_closed

SCORE_WAVE = "diagnostics.tasks.score_wave"
PURGE_ANSWERS = "surveys.tasks.purge_answers"


@receiver(wave_closed, dispatch_uid="score_closed_wave")
def score_closed_wave(wave_id: uuid.UUID, **_kwargs: Any) -> None:
    current_app.send_task(SCORE_WAVE, args=[str(wave_id)])


@receiver(ticked, dispatch_uid="score_what_was_left_out")
def score_what_was_left_out(**_kwargs: Any) -> None:
    """Makes good a lost signal. Scoring a wave twice changes nothing, so a task that is still queued does no harm."""
    for wave_id in selectors.unscored_waves():
        current_app.send_task(SCORE_WAVE, args=[str(wave_id)])


@receiver(ticked, dispatch_uid="purge_scored_answers")
def purge_scored_answers(now: dt.datetime, **_kwargs: Any) -> None:
    """Of waves whose figures are stored: answers that are not scored yet are kept, however old."""
    scored = selectors.scored_wave_ids()
    for wave_id in purging.answers_due(now):
        if wave_id in scored:
            current_app.send_task(PURGE_ANSWERS, args=[str(wave_id)])
