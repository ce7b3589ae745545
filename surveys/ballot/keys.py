"""The ballot keys on disk, each file in two copies. Only the counting worker has the directory.

A wave's private key lies here as it is, or, where the survey has a trustee, sealed to the trustee; beside it then the
private half of the wave's release key, for which the trustee's passphrase is sealed.
"""

import contextlib
import fcntl
import os
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

from surveys.ballot import sealing, trustee

_KEY = ("key", "copy")
_RELEASE = ("release", "release-copy")
_ALL = (*_KEY, *_RELEASE)
# An operator's own copy beside them must not keep the keys of other waves from being destroyed.
_WAVE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class KeyLostError(Exception):
    """No whole copy of a wave's key is left, so its ballots cannot be opened."""


def create(directory: Path, wave_id: uuid.UUID) -> bytes:
    """The public key of the wave; its private key is on disk, twice and fsynced, when this returns.

    After a crash it goes on with the key it finds, so that no second pair is made. Nor do two workers at once make one:
    the second finds the key of the first, also where it has lost its lock on the wave's row with the connection.
    """
    with alone(directory):
        private = _read(directory, wave_id) or sealing.new_private_key()
        _store(directory, wave_id, _KEY, private)
    return sealing.public_of(private)


def create_sealed(directory: Path, wave_id: uuid.UUID, trustee_public_key: bytes) -> bytes:
    """The public key of the wave; its private key is on disk for the trustee alone, and nowhere else.

    What a crash left behind cannot be read any more, so it is replaced. Call it inside `alone`, certain that
    no wave is open on it.
    """
    private = sealing.new_private_key()
    _store(directory, wave_id, _KEY, trustee.seal_key(private, trustee_public_key))
    return sealing.public_of(private)


def create_release(directory: Path, wave_id: uuid.UUID) -> bytes:
    """The public half of a new release key for the wave, in the place of any before."""
    private = sealing.new_private_key()
    _store(directory, wave_id, _RELEASE, private)
    return sealing.public_of(private)


@contextlib.contextmanager
def alone(directory: Path) -> Iterator[None]:
    """Waits until no other process or thread is making a key in the directory; a crash gives it free."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def load(directory: Path, wave_id: uuid.UUID, public_key: bytes) -> bytes:
    """The private key that belongs to `public_key`. Raises KeyLostError if neither copy does."""
    return _load(directory, wave_id, _KEY, public_key)


def load_sealed(directory: Path, wave_id: uuid.UUID, public_key: bytes) -> bytes:
    """The sealed private key that belongs to `public_key`. Raises KeyLostError if neither copy is whole."""
    for suffix in _KEY:
        sealed_key = _readable_bytes(directory / f"{wave_id}.{suffix}")
        if trustee.is_whole(sealed_key, public_key):
            return sealed_key
    raise lost(wave_id)


def load_release(directory: Path, wave_id: uuid.UUID, public_key: bytes) -> bytes:
    """The private half of the release key `public_key`. Raises KeyLostError if neither copy is."""
    return _load(directory, wave_id, _RELEASE, public_key)


def lost(wave_id: uuid.UUID) -> KeyLostError:
    return KeyLostError(f"The key of wave {wave_id} is lost or damaged. Restore BALLOT_KEY_DIR from your backup.")


def destroy(directory: Path, wave_id: uuid.UUID) -> None:
    """Removes all copies of all of the wave's keys for good. Nothing happens if they are gone already.

    Several workers may do so at once: a file that is missing at any step has been overwritten and removed by another.
    """
    for suffix in _ALL:
        path = directory / f"{wave_id}.{suffix}"
        with contextlib.suppress(FileNotFoundError):
            overwrite(path)
            path.unlink()
            _sync(directory)


def wave_ids(directory: Path) -> set[uuid.UUID]:
    """The waves of which a key is on disk."""
    names = {path.stem for suffix in _ALL for path in directory.glob(f"*.{suffix}")}
    return {uuid.UUID(name) for name in names if _WAVE.fullmatch(name)}


def _load(directory: Path, wave_id: uuid.UUID, suffixes: tuple[str, ...], public_key: bytes) -> bytes:
    for suffix in suffixes:
        private = _readable_bytes(directory / f"{wave_id}.{suffix}")
        if len(private) == sealing.KEY_BYTES and sealing.public_of(private) == public_key:
            return private
    raise lost(wave_id)


def _store(directory: Path, wave_id: uuid.UUID, suffixes: tuple[str, ...], content: bytes) -> None:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    for suffix in suffixes:
        write_whole(directory / f"{wave_id}.{suffix}", content)


def _read(directory: Path, wave_id: uuid.UUID) -> bytes | None:
    for suffix in _KEY:
        private = _bytes(directory / f"{wave_id}.{suffix}")
        # Nothing but zeros is what a power cut leaves of a file that was being written, and what anybody would try.
        if len(private) == sealing.KEY_BYTES and any(private):
            return private
    return None


def _bytes(path: Path) -> bytes:
    """What is in the file; nothing if it is missing, for another worker may remove it at any moment."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _readable_bytes(path: Path) -> bytes:
    """As `_bytes`; nothing also where the file cannot be read, by a fault of the disk or for want of a permission.

    For reading only, where the other copy may be whole. Who makes a key must not overwrite what cannot be read.
    """
    try:
        return _bytes(path)
    except OSError:
        return b""


def overwrite(path: Path) -> None:
    """Fills a file with zeros. Raises FileNotFoundError where there is none, and never makes one."""
    handle = os.open(path, os.O_WRONLY)
    try:
        os.write(handle, bytes(os.fstat(handle).st_size))
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, content: bytes) -> None:
    """Writes the file in place, so that the bytes of an old key are overwritten rather than left on the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.write(handle, content)
        os.ftruncate(handle, len(content))
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
