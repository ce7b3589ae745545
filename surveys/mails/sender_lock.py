"""So many senders at a time: more would go faster than the server wants, and keep workers from other tasks."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from surveys.services.advisory import AdvisoryLock

# PostgreSQL needs a moment to see that the sender before has been killed.
_TRIES, _SECONDS = 4, 0.1


@contextmanager
def sender_lock(senders: int = 1) -> Iterator[int | None]:
    """Yields this process's place among the senders, from 0; None where all are taken.

    A crash frees the place, which goes with connection or file.
    """
    with _database_lock(senders) if connection.vendor == "postgresql" else _file_lock(senders) as place:
        yield place


@contextmanager
def _database_lock(senders: int) -> Iterator[int | None]:
    place = _try_places(senders)
    for _ in range(_TRIES):
        if place is not None:
            break
        time.sleep(_SECONDS)
        place = _try_places(senders)
    try:
        yield place
    finally:
        if place is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [AdvisoryLock.SENDING + place])


def _try_places(senders: int) -> int | None:
    with connection.cursor() as cursor:
        for place in range(senders):
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [AdvisoryLock.SENDING + place])
            if cursor.fetchone()[0]:
                return place
    return None


@contextmanager
def _file_lock(senders: int) -> Iterator[int | None]:
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    for place in range(senders):
        with (settings.VAR_DIR / (f"mail{place}.lock" if place else "mail.lock")).open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield place
            return
    yield None
