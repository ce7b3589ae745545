"""A tick at a moment, with its steps carried out by the real services instead of workers; mail stays in the outbox."""

import datetime as dt
import uuid
from functools import partial

from surveys.models import Mail
from surveys.services import closing, key_custody, opening, purging, scheduling, shuffling

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)
SEND = scheduling.Step("surveys.tasks.send_mail")


def ticking(key_directory):
    """A function of a moment: ticks then, carries out the steps and tells their names."""
    return partial(_tick, key_directory)


def name(step):
    return step.task.removeprefix("surveys.tasks.")


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def waves(survey):
    return [(wave.number, wave.state, wave.opens_at) for wave in survey.waves.order_by("number")]


def reminders():
    """How many reminders are in the outbox, by their number."""
    numbers = [key.rpartition(":")[2] for key in Mail.objects.filter(kind="reminder").values_list("key", flat=True)]
    return {number: numbers.count(number) for number in set(numbers)}


def _tick(key_directory, now):
    steps = [step for step in scheduling.due(now) if step != SEND]
    for step in steps:
        row_id, *more = step.args
        if name(step) == "open_wave":
            opening.open_wave(wave_id=uuid.UUID(row_id), key_directory=key_directory)
        elif name(step) == "close_wave":
            closing.close_wave(wave_id=uuid.UUID(row_id), key_directory=key_directory)
        elif name(step) == "check_key":
            key_custody.key_of(wave_id=uuid.UUID(row_id), key_directory=key_directory)
        elif name(step) == "purge_invitations":
            purging.purge_invitations(wave_id=uuid.UUID(row_id))
        elif name(step) == "purge_upload":
            purging.purge_upload(upload_id=uuid.UUID(row_id))
        else:
            shuffling.shuffle(wave_id=uuid.UUID(row_id), night=dt.date.fromisoformat(*more))
    return [name(step) for step in steps]
