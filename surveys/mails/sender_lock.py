"""One sender at a time: two would go twice as fast as the server wants, and keep two workers from other tasks."""

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
def sender_lock() -> Iterator[bool]:
    """Yields whether this process may send now. A crash frees the lock, which goes with connection or file."""
    with _database_lock() if connection.vendor == "postgresql" else _file_lock() as is_locked:
        yield is_locked


@contextmanager
def _database_lock() -> Iterator[bool]:
    is_locked = _try_lock()
    for _ in range(_TRIES):
        if is_locked:
            break
        time.sleep(_SECONDS)
        is_locked = _try_lock()
    try:
        yield is_locked
    finally:
        if is_locked:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [int(AdvisoryLock.SENDING)])


def _try_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [int(AdvisoryLock.SENDING)])
        return bool(cursor.fetchone()[0])


@contextmanager
def _file_lock() -> Iterator[bool]:
    path = settings.VAR_DIR / "mail.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
