"""Celery tasks that call the services. Only workers load this module, because it loads numpy."""

import uuid

from celery import shared_task

from diagnostics.services import scoring


@shared_task
def score_wave(wave_id: str) -> None:
    scoring.score(wave_id=uuid.UUID(wave_id))
