"""Celery's door to the services. Only workers load this module: it brings numpy along."""

import uuid

from celery import shared_task

from diagnostics.services import scoring


@shared_task
def score_wave(wave_id: str) -> None:
    scoring.score(wave_id=uuid.UUID(wave_id))
