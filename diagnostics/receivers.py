"""What happens here when a wave has closed. Tasks are named, not imported, so that the sender loads no numpy."""

import datetime as dt
import uuid
from typing import Any

from celery import current_app
from django.dispatch import receiver

from diagnostics.report import selectors
from surveys.services import purging
from surveys.signals import ticked, wave_closed
from surveys.tasks import EXPIRES_SECONDS

SCORE_WAVE = "diagnostics.tasks.score_wave"
PURGE_ANSWERS = "surveys.tasks.purge_answers"


@receiver(wave_closed, dispatch_uid="score_closed_wave")
def score_closed_wave(wave_id: uuid.UUID, **_kwargs: Any) -> None:
    _start(SCORE_WAVE, wave_id)


@receiver(ticked, dispatch_uid="score_what_was_left_out")
def score_what_was_left_out(now: dt.datetime, **_kwargs: Any) -> None:
    """Makes good a lost signal. Scoring a wave twice changes nothing, so a task that is still queued does no harm.

    What cannot be scored is tried each hour.
    """
    faulty = selectors.faulty_waves() if now.minute else frozenset()
    for wave_id in selectors.unscored_waves():
        if wave_id not in faulty:
            _start(SCORE_WAVE, wave_id)


@receiver(ticked, dispatch_uid="purge_scored_answers")
def purge_scored_answers(now: dt.datetime, **_kwargs: Any) -> None:
    """Of waves whose figures are stored: answers that are not scored yet are kept, however old."""
    scored = selectors.scored_wave_ids()
    for wave_id in purging.answers_due(now):
        if wave_id in scored:
            _start(PURGE_ANSWERS, wave_id)


def _start(task: str, wave_id: uuid.UUID) -> None:
    """The next tick starts it again, if it is still due."""
    current_app.send_task(task, args=[str(wave_id)], expires=EXPIRES_SECONDS)
