"""A file that HR has uploaded waits here between its preview and the decision. There is never more than one."""

import os
import uuid
from pathlib import Path

from django.conf import settings


def keep(data: bytes) -> str:
    """Stores the file, readable by this account only, and forgets any other; returns the name to read it by."""
    discard()
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = uuid.uuid4().hex
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


def discard() -> None:
    for path in _folder().glob("*"):
        path.unlink(missing_ok=True)


def _folder() -> Path:
    return settings.VAR_DIR / "uploads"
