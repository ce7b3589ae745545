"""The ballot keys on disk, in two copies. Only the counting worker has the directory."""

import os
import re
import uuid
from pathlib import Path

from surveys import sealing

_COPIES = ("key", "copy")
# An operator's own copy beside them must not keep the keys of other waves from being destroyed.
_WAVE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class KeyLostError(Exception):
    """No whole copy of a wave's key is left, so its ballots cannot be opened."""


def create(directory: Path, wave_id: uuid.UUID) -> bytes:
    """The public key of the wave; its private key is on disk, twice and fsynced, when this returns.

    After a crash it goes on with the key it finds, so that no second pair is made.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    private = _read(directory, wave_id) or sealing.new_private_key()
    for suffix in _COPIES:
        _write(directory / f"{wave_id}.{suffix}", private)
    return sealing.public_of(private)


def load(directory: Path, wave_id: uuid.UUID, public_key: bytes) -> bytes:
    """The private key that belongs to `public_key`. Raises KeyLostError if neither copy does."""
    for suffix in _COPIES:
        private = _bytes(directory / f"{wave_id}.{suffix}")
        if len(private) == sealing.KEY_BYTES and sealing.public_of(private) == public_key:
            return private
    raise KeyLostError(f"The key of wave {wave_id} is lost or damaged. Restore BALLOT_KEY_DIR from your backup.")


def destroy(directory: Path, wave_id: uuid.UUID) -> None:
    """Removes both copies for good. Nothing happens if they are gone already."""
    for suffix in _COPIES:
        path = directory / f"{wave_id}.{suffix}"
        if path.exists():
            _write(path, bytes(sealing.KEY_BYTES))
            path.unlink(missing_ok=True)  # another worker may have been faster
            _sync(directory)


def held(directory: Path) -> set[uuid.UUID]:
    """The waves of which a key is on disk."""
    names = {path.stem for suffix in _COPIES for path in directory.glob(f"*.{suffix}")}
    return {uuid.UUID(name) for name in names if _WAVE.fullmatch(name)}


def _read(directory: Path, wave_id: uuid.UUID) -> bytes | None:
    for suffix in _COPIES:
        private = _bytes(directory / f"{wave_id}.{suffix}")
        # Nothing but zeros is what a power cut leaves of a file that was being written, and what anybody would try.
        if len(private) == sealing.KEY_BYTES and any(private):
            return private
    return None


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _write(path: Path, content: bytes) -> None:
    """In place for an existing file, so that the old key's bytes are overwritten rather than left on the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)
    _sync(path.parent)


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
