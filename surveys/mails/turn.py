"""One sender at a time: two would go twice as fast as the server wants, and keep two workers from other tasks."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

# Any number that no other program takes for its lock in this database.
_LOCK = 0x4661756C74
# PostgreSQL needs a moment to see that the sender before has been killed.
_TRIES, _SECONDS = 4, 0.1


@contextmanager
def turn() -> Iterator[bool]:
    """Yields whether this process may send now. A crash ends its turn: the lock goes with connection or file."""
    with _database_lock() if connection.vendor == "postgresql" else _file_lock() as mine:
        yield mine


@contextmanager
def _database_lock() -> Iterator[bool]:
    mine = _lock()
    for _ in range(_TRIES):
        if mine:
            break
        time.sleep(_SECONDS)
        mine = _lock()
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
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
