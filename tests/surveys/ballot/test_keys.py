"""Ballot keys on disk: two copies, one of them is enough, none is a loud error."""

import os
import stat
import uuid
from pathlib import Path

import pytest

from surveys.ballot import keys, sealing, trustee
from tests.interleaving import at_each_step
from tests.threads import at_once

WAVE = uuid.uuid4()


def test_a_key_is_written_twice_and_for_its_owner_only(tmp_path):
    public = keys.create(tmp_path / "keys", WAVE)
    files = sorted((tmp_path / "keys").iterdir())
    assert [file.name for file in files] == [f"{WAVE}.copy", f"{WAVE}.key"]
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600, 0o600]
    assert {sealing.public_of(file.read_bytes()) for file in files} == {public}
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_after_a_crash_in_between_the_same_key_is_used_again(tmp_path):
    public = keys.create(tmp_path, WAVE)
    (tmp_path / f"{WAVE}.copy").unlink()
    assert keys.create(tmp_path, WAVE) == public
    assert (tmp_path / f"{WAVE}.copy").read_bytes() == (tmp_path / f"{WAVE}.key").read_bytes()


def test_a_file_of_zeros_that_a_power_cut_left_is_no_key(tmp_path):
    for suffix in ("key", "copy"):
        (tmp_path / f"{WAVE}.{suffix}").write_bytes(bytes(32))
    assert keys.create(tmp_path, WAVE) != sealing.public_of(bytes(32))


def test_a_foreign_file_among_the_keys_is_none_of_them(tmp_path):
    keys.create(tmp_path, WAVE)
    (tmp_path / f"{WAVE} (old).key").write_bytes(b"")
    (tmp_path / "notes.copy").write_bytes(b"")
    assert keys.wave_ids(tmp_path) == {WAVE}


@pytest.mark.parametrize("suffix", ["key", "copy"])
@pytest.mark.parametrize("damage", [b"", b"short", bytes(32)])
def test_one_damaged_copy_costs_nothing(tmp_path, suffix, damage):
    public = keys.create(tmp_path, WAVE)
    private = keys.load(tmp_path, WAVE, public)
    (tmp_path / f"{WAVE}.{suffix}").write_bytes(damage)
    assert keys.load(tmp_path, WAVE, public) == private


def test_a_copy_that_cannot_be_read_costs_nothing_two_are_a_loss(tmp_path):
    public = keys.create(tmp_path, WAVE)
    private = keys.load(tmp_path, WAVE, public)
    make_unreadable(tmp_path / f"{WAVE}.key")
    assert keys.load(tmp_path, WAVE, public) == private
    make_unreadable(tmp_path / f"{WAVE}.copy")
    with pytest.raises(keys.KeyLostError):
        keys.load(tmp_path, WAVE, public)
    with pytest.raises(IsADirectoryError):
        keys.create(tmp_path, WAVE)


def make_unreadable(file):
    """Whoever reads it, root too."""
    file.unlink()
    file.mkdir()


def test_a_lost_key_is_an_error_that_explains_what_to_do(tmp_path):
    public = keys.create(tmp_path, WAVE)
    for file in tmp_path.iterdir():
        file.unlink()
    with pytest.raises(keys.KeyLostError, match="Restore BALLOT_KEY_DIR from your backup"):
        keys.load(tmp_path, WAVE, public)


def test_the_key_of_another_wave_in_its_place_is_not_taken(tmp_path):
    public = keys.create(tmp_path, WAVE)
    for file in tmp_path.iterdir():
        file.write_bytes(sealing.new_private_key())
    with pytest.raises(keys.KeyLostError):
        keys.load(tmp_path, WAVE, public)


# Sealed to a trustee

TRUSTEE = sealing.new_private_key()


def make_sealed(folder):
    return keys.create_sealed(folder, WAVE, sealing.public_of(TRUSTEE)), keys.create_release(folder, WAVE)


def test_with_a_trustee_each_file_has_a_copy_and_none_is_the_key(tmp_path):
    public, release = make_sealed(tmp_path / "keys")
    files = sorted((tmp_path / "keys").iterdir())
    assert [file.name for file in files] == [f"{WAVE}.{kind}" for kind in ("copy", "key", "release", "release-copy")]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    private = trustee.open_key(files[0].read_bytes(), TRUSTEE, public)
    assert sealing.public_of(private) == public
    assert [private in file.read_bytes() for file in files] == [False] * 4
    assert {sealing.public_of(file.read_bytes()) for file in files[2:]} == {release}
    with pytest.raises(keys.KeyLostError):
        keys.load(tmp_path / "keys", WAVE, public)


def test_every_file_is_on_the_disk_before_keys_are_returned(tmp_path, monkeypatch):
    synced = []
    real = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: (synced.append(str(Path(f"/proc/self/fd/{handle}").readlink())), real(handle))
    )
    make_sealed(tmp_path)
    names = [Path(path).name for path in synced if Path(path) != tmp_path]
    assert names == [f"{WAVE}.{kind}" for kind in ("key", "copy", "release", "release-copy")]
    assert synced.count(str(tmp_path)) == 4


@pytest.mark.parametrize("suffix", ["key", "copy"])
@pytest.mark.parametrize("damage", [b"", b"short", bytes(trustee.SEALED_KEY_BYTES)])
def test_of_a_sealed_key_one_damaged_copy_costs_nothing_two_are_a_loss(tmp_path, suffix, damage):
    public, _ = make_sealed(tmp_path)
    whole = keys.load_sealed(tmp_path, WAVE, public)
    (tmp_path / f"{WAVE}.{suffix}").write_bytes(damage)
    assert keys.load_sealed(tmp_path, WAVE, public) == whole
    for copy in ("key", "copy"):
        (tmp_path / f"{WAVE}.{copy}").write_bytes(damage)
    with pytest.raises(keys.KeyLostError):
        keys.load_sealed(tmp_path, WAVE, public)


@pytest.mark.parametrize("suffix", ["release", "release-copy"])
def test_one_damaged_copy_of_a_release_key_costs_nothing(tmp_path, suffix):
    _, release = make_sealed(tmp_path)
    (tmp_path / f"{WAVE}.{suffix}").write_bytes(bytes(32))
    assert sealing.public_of(keys.load_release(tmp_path, WAVE, release)) == release


def test_a_key_left_by_a_crash_is_overwritten_for_a_new_trustee(tmp_path):
    keys.create(tmp_path, WAVE)
    plain = (tmp_path / f"{WAVE}.key").read_bytes()
    public, _ = make_sealed(tmp_path)
    assert keys.load_sealed(tmp_path, WAVE, public)
    assert [plain in file.read_bytes() for file in tmp_path.iterdir()] == [False] * 4
    assert sealing.public_of(keys.load(tmp_path, WAVE, keys.create(tmp_path, WAVE)))


def test_destroying_overwrites_and_removes_its_four_files_only(tmp_path, monkeypatch):
    make_sealed(tmp_path)
    (tmp_path / f"{WAVE} (old).release").write_bytes(b"mine")
    (tmp_path / "notes.release-copy").write_bytes(b"mine")
    synced = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(content_of(handle)), real(handle)))
    assert keys.wave_ids(tmp_path) == {WAVE}
    keys.destroy(tmp_path, WAVE)
    sizes = [trustee.SEALED_KEY_BYTES] * 2 + [sealing.KEY_BYTES] * 2
    assert [content for content in synced if content is not None] == [bytes(size) for size in sizes]
    assert synced[-1] is None  # the folder, without them
    assert sorted(file.read_bytes() for file in tmp_path.iterdir()) == [b"mine", b"mine"]
    assert keys.wave_ids(tmp_path) == set()


def content_of(handle):
    """Of the file with this handle; None for a folder."""
    path = Path(f"/proc/self/fd/{handle}").readlink()
    return path.read_bytes() if path.is_file() else None


def test_destroying_leaves_nothing_and_may_be_done_twice(tmp_path):
    keys.create(tmp_path, WAVE)
    other = uuid.uuid4()
    keys.create(tmp_path, other)
    assert keys.wave_ids(tmp_path) == {WAVE, other}
    keys.destroy(tmp_path, WAVE)
    keys.destroy(tmp_path, WAVE)
    assert keys.wave_ids(tmp_path) == {other}


# Two workers at once: one does something, and before any step of it the other has destroyed the keys


def destroyed_at_each_step(folder, work, *, prepare):
    return at_each_step(work, lambda: keys.destroy(folder, WAVE), prepare=prepare)


def test_two_workers_may_destroy_the_same_keys(tmp_path):
    def destroy():
        keys.destroy(tmp_path, WAVE)
        assert list(tmp_path.iterdir()) == []

    steps = destroyed_at_each_step(tmp_path, destroy, prepare=lambda: make_sealed(tmp_path))
    # For each of the four files at least: open, write, close, remove.
    assert steps >= 16


def test_workers_that_make_a_key_at_once_make_one(tmp_path):
    """Without the row lock that opening takes: it ends with the connection, and the worker goes on."""
    for _ in range(10):
        wave_id = uuid.uuid4()
        made = set(at_once(4, lambda _, wave_id=wave_id: keys.create(tmp_path, wave_id)))
        assert len(made) == 1
        assert keys.load(tmp_path, wave_id, *made)


@pytest.mark.parametrize(
    ("create", "load"),
    [
        (keys.create, keys.load),
        (lambda *where: keys.create_sealed(*where, sealing.public_of(TRUSTEE)), keys.load_sealed),
        (keys.create_release, keys.load_release),
    ],
    ids=["plain", "sealed", "release"],
)
def test_a_key_that_is_destroyed_while_it_is_read_is_whole_or_lost(tmp_path, create, load):
    public, ends = [], set()

    def read():
        try:
            load(tmp_path, WAVE, public[-1])
            ends.add("whole")
        except keys.KeyLostError:
            ends.add("lost")

    destroyed_at_each_step(tmp_path, read, prepare=lambda: public.append(create(tmp_path, WAVE)))
    assert ends == {"whole", "lost"}


def test_keys_that_are_destroyed_while_they_are_listed_are_listed_or_not(tmp_path):
    found = set()
    destroyed_at_each_step(
        tmp_path, lambda: found.add(frozenset(keys.wave_ids(tmp_path))), prepare=lambda: make_sealed(tmp_path)
    )
    assert found == {frozenset(), frozenset({WAVE})}
