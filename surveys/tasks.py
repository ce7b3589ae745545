"""The services as tasks of Celery. Every task may run twice or late: the services' compare-and-set decides."""

import datetime as dt
import logging
import uuid
from collections.abc import Iterable
from pathlib import Path

from celery import current_app, shared_task
from django.conf import settings
from django.utils import timezone

from surveys import signals
from surveys.mails import sending
from surveys.selectors.obstacles import CannotOpenError
from surveys.services import closing, key_custody, opening, purging, scheduling, shuffling

logger = logging.getLogger(__name__)
# Longer than from one tick to the next, so that a due step is never without a task.
EXPIRES_SECONDS = 90
# A hundred thousand ballots take minutes; a limit that ends the counting would end it again each time.
_counting_task = shared_task(soft_time_limit=3300, time_limit=3600)


@shared_task
def tick() -> None:
    run_tick(timezone.now())


def run_tick(now: dt.datetime) -> None:
    """Starts whatever is due at `now`, here and in the apps above."""
    start(scheduling.due(now))
    signals.ticked.send_robust(sender=None, now=now)


def start(steps: Iterable[scheduling.Step]) -> None:
    """A task that waits longer than to the next tick is dropped: that one starts it again, if it is still due."""
    for step in steps:
        current_app.send_task(step.task, args=step.args, expires=EXPIRES_SECONDS)


@_counting_task
def open_wave(wave_id: str) -> None:
    try:
        opening.open_wave(wave_id=uuid.UUID(wave_id), key_directory=_key_directory())
    except CannotOpenError as error:
        logger.warning("%s", error)
    start([scheduling.Step("surveys.tasks.send_mail")])


@_counting_task
def shuffle_wave(wave_id: str, night: str) -> None:
    key_custody.key_of(wave_id=uuid.UUID(wave_id), key_directory=_key_directory())
    shuffling.shuffle(wave_id=uuid.UUID(wave_id), night=dt.date.fromisoformat(night))


@_counting_task
def check_key(wave_id: str) -> None:
    key_custody.key_of(wave_id=uuid.UUID(wave_id), key_directory=_key_directory())


@_counting_task
def close_wave(wave_id: str) -> None:
    closing.close_wave(wave_id=uuid.UUID(wave_id), key_directory=_key_directory())


@shared_task
def purge_invitations(wave_id: str) -> None:
    purging.purge_invitations(wave_id=uuid.UUID(wave_id))


@shared_task
def purge_answers(wave_id: str) -> None:
    purging.purge_answers(wave_id=uuid.UUID(wave_id))


@shared_task
def purge_upload(upload_id: str) -> None:
    purging.purge_upload(upload_id=uuid.UUID(upload_id))


@shared_task(soft_time_limit=3600, time_limit=3660)
def send_mail() -> None:
    """One batch; the next one is a task of its own. A server that takes half an hour over a mail is not cut short."""
    if sending.send_pending():
        start([scheduling.Step("surveys.tasks.send_mail")])


def _key_directory() -> Path:
    if not settings.BALLOT_KEY_DIR:
        raise RuntimeError("This task belongs to the counting worker, the one process with BALLOT_KEY_DIR.")
    return Path(settings.BALLOT_KEY_DIR)
