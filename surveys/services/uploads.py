"""Files that HR has uploaded wait here between preview and decision: one for each member of staff, a day at most."""

import datetime as dt
import os
import uuid
from pathlib import Path

from django.conf import settings

# A file of people whose upload nobody came back to is not to lie about.
_KEPT = dt.timedelta(days=1)


def keep(data: bytes, *, owner: int, now: dt.datetime) -> str:
    """Stores the file of the member of staff `owner`, readable by this account only; returns the name to read it by.

    Forgets the owner's file before, and whatever is older than a day.
    """
    discard(owner)
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _discard_old((now - _KEPT).timestamp())
    name = f"{owner}-{uuid.uuid4().hex}"
    descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    return name


def read(name: str) -> bytes | None:
    """None once the file is forgotten."""
    try:
        return (_folder() / name).read_bytes() if name else None
    except FileNotFoundError:
        return None


def discard(owner: int) -> None:
    """Forgets the owner's file; those of others stay."""
    for path in _folder().glob(f"{owner}-*"):
        path.unlink(missing_ok=True)


def _discard_old(before: float) -> None:
    for path in _folder().glob("*"):
        try:
            old = path.stat().st_mtime < before
        except FileNotFoundError:
            continue
        if old:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return settings.VAR_DIR / "uploads"
