"""Costly hashes are made one at a time per core of this machine, whichever process does it; a few wait for their turn.

A hash is meant to cost a core a part of a second. Without turns a crowd at the sign-in page takes every core and
every thread of the web server from the respondents.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.conf import settings

# How many of this process may hash or wait for it, and for how many seconds.
MOST_WAITING = 3
WAIT_SECONDS = 5.0
_POLL_SECONDS = 0.02
waiting = threading.BoundedSemaphore(MOST_WAITING)


class BusyError(Exception):
    """Too many hashes are being made now; `RETRY_SECONDS` later there may be a turn."""

    RETRY_SECONDS = 5


@contextmanager
def turn() -> Iterator[None]:
    """Holds one of as many turns as the machine has cores. Raises BusyError where there will be none soon."""
    if not waiting.acquire(blocking=False):
        raise BusyError
    try:
        with _lock():
            yield
    finally:
        waiting.release()


@contextmanager
def _lock() -> Iterator[None]:
    """A lock that ends with its process, however that ends."""
    folder = settings.VAR_DIR / "turns"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        for core in range(os.cpu_count() or 1):
            with (folder / str(core)).open("w") as file:
                if _locked(file):
                    yield
                    return
        time.sleep(_POLL_SECONDS)
    raise BusyError


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
