"""Ballot keys on disk: two copies, one of them is enough, none is a loud error."""

import stat
import uuid

import pytest

from surveys import keys, sealing

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
    assert keys.held(tmp_path) == {WAVE}


@pytest.mark.parametrize("suffix", ["key", "copy"])
@pytest.mark.parametrize("damage", [b"", b"short", bytes(32)])
def test_one_damaged_copy_costs_nothing(tmp_path, suffix, damage):
    public = keys.create(tmp_path, WAVE)
    private = keys.load(tmp_path, WAVE, public)
    (tmp_path / f"{WAVE}.{suffix}").write_bytes(damage)
    assert keys.load(tmp_path, WAVE, public) == private


def test_a_lost_key_is_an_error_that_says_what_to_do(tmp_path):
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


def test_destroying_leaves_nothing_and_may_be_done_twice(tmp_path):
    keys.create(tmp_path, WAVE)
    other = uuid.uuid4()
    keys.create(tmp_path, other)
    assert keys.held(tmp_path) == {WAVE, other}
    keys.destroy(tmp_path, WAVE)
    keys.destroy(tmp_path, WAVE)
    assert keys.held(tmp_path) == {other}
