"""What is sealed to a trustee opens with the passphrase, whole, and with nothing else."""

import os
import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import nacl.pwhash
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.ballot import sealing, trustee
from surveys.ballot.trustee import TrusteeError, WrongPassphraseError

PRIVATE, RELEASE, WAVE = (sealing.new_private_key() for _ in range(3))
passphrases = st.text(st.characters(exclude_categories=["Cs"]), max_size=trustee.MOST_LETTERS)


@pytest.fixture(autouse=True)
def _cheap_guesses(cheap_passphrases):
    pass


def spoilt(content, place):
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_a_guess_costs_what_libsodium_calls_moderate(monkeypatch):
    monkeypatch.undo()
    assert trustee.OPSLIMIT == nacl.pwhash.argon2id.OPSLIMIT_MODERATE
    assert trustee.MEMLIMIT == nacl.pwhash.argon2id.MEMLIMIT_MODERATE == 256 * 2**20
    locked = trustee.lock("correct horse battery staple")
    assert (locked.opslimit, locked.memlimit) == (trustee.OPSLIMIT, trustee.MEMLIMIT)
    assert sealing.public_of(trustee.unlock(locked, "correct horse battery staple")) == locked.public_key


def test_a_key_keeps_the_limits_that_it_was_locked_with(monkeypatch):
    locked = trustee.lock("correct horse battery staple")
    monkeypatch.setattr(trustee, "OPSLIMIT", 5)
    assert sealing.public_of(trustee.unlock(locked, "correct horse battery staple")) == locked.public_key


@given(passphrases, passphrases)
def test_the_passphrase_opens_the_key_and_another_one_does_not(right, wrong):
    locked = trustee.lock(right)
    assert sealing.public_of(trustee.unlock(locked, right)) == locked.public_key
    if unicodedata.normalize("NFKC", wrong) != unicodedata.normalize("NFKC", right):
        with pytest.raises(WrongPassphraseError):
            trustee.unlock(locked, wrong)


def test_the_same_passphrase_never_gives_the_same_key():
    one, other = trustee.lock("the same words twice"), trustee.lock("the same words twice")
    assert (one.salt != other.salt, one.secret != other.secret, one.public_key != other.public_key) == (True,) * 3


def test_a_letter_that_keyboards_write_in_two_ways_is_one_letter():
    assert trustee.unlock(trustee.lock("caf\u00e9 au lait noir"), "cafe\u0301 au lait noir")


def test_however_many_try_at_once_a_process_has_the_memory_of_one_try(monkeypatch):
    inside, most, two = [], [], threading.Event()

    def kdf(size, *_arguments, **_limits):
        inside.append(1)
        most.append(len(inside))
        if len(inside) > 1:
            two.set()
        two.wait(0.1)
        inside.pop()
        return bytes(size)

    monkeypatch.setattr(nacl.pwhash.argon2id, "kdf", kdf)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(trustee.lock, ["correct horse battery staple"] * 3))
    assert most == [1, 1, 1]


@pytest.mark.parametrize("place", [0, 24, trustee.SECRET_BYTES - 1])
def test_a_secret_that_was_tampered_with_does_not_open(place):
    locked = trustee.lock("correct horse battery staple")
    with pytest.raises(WrongPassphraseError):
        trustee.unlock(replace(locked, secret=spoilt(locked.secret, place)), "correct horse battery staple")


@pytest.mark.parametrize("length", [0, 10, 24, 40, trustee.SECRET_BYTES - 1])
def test_a_secret_that_was_cut_short_does_not_open(length):
    locked = trustee.lock("correct horse battery staple")
    with pytest.raises(WrongPassphraseError):
        trustee.unlock(replace(locked, secret=locked.secret[:length]), "correct horse battery staple")


def test_a_public_key_that_was_put_in_its_place_is_found_out():
    foreign = replace(trustee.lock("correct horse battery staple"), public_key=sealing.public_of(PRIVATE))
    with pytest.raises(WrongPassphraseError, match="public key belongs to another"):
        trustee.unlock(foreign, "correct horse battery staple")


@given(st.binary(min_size=32, max_size=32))
def test_a_waves_key_comes_back_as_it_was(private_key):
    sealed_key = trustee.seal_key(private_key, sealing.public_of(PRIVATE))
    public_key = sealing.public_of(private_key)
    assert (len(sealed_key), private_key in sealed_key) == (trustee.SEALED_KEY_BYTES, False)
    assert trustee.is_whole(sealed_key, public_key)
    assert trustee.open_key(sealed_key, PRIVATE, public_key) == private_key


@pytest.mark.parametrize("place", range(0, trustee.SEALED_KEY_BYTES, 9))
def test_a_sealed_key_with_one_changed_bit_is_not_whole_and_does_not_open(place):
    sealed_key = spoilt(trustee.seal_key(WAVE, sealing.public_of(PRIVATE)), place)
    assert not trustee.is_whole(sealed_key, sealing.public_of(WAVE))
    with pytest.raises(TrusteeError):
        trustee.open_key(sealed_key, PRIVATE, sealing.public_of(WAVE))


@pytest.mark.parametrize("length", [0, 31, 32, 80, trustee.SEALED_KEY_BYTES - 1])
def test_a_sealed_key_that_was_cut_short_is_not_whole_and_does_not_open(length):
    sealed_key = trustee.seal_key(WAVE, sealing.public_of(PRIVATE))[:length]
    assert not trustee.is_whole(sealed_key, sealing.public_of(WAVE))
    with pytest.raises(TrusteeError):
        trustee.open_key(sealed_key, PRIVATE, sealing.public_of(WAVE))


def test_the_key_of_another_wave_and_another_trustee_are_refused():
    sealed_key = trustee.seal_key(WAVE, sealing.public_of(PRIVATE))
    assert not trustee.is_whole(sealed_key, sealing.public_of(RELEASE))
    with pytest.raises(TrusteeError, match="not the key of the wave"):
        trustee.open_key(sealed_key, PRIVATE, sealing.public_of(RELEASE))
    with pytest.raises(TrusteeError, match="not sealed to this trustee"):
        trustee.open_key(sealed_key, RELEASE, sealing.public_of(WAVE))


@given(passphrases)
def test_a_passphrase_comes_back_as_it_was_from_a_box_of_one_size(passphrase):
    box = trustee.seal_passphrase(passphrase, sealing.public_of(RELEASE))
    assert len(box) == trustee.PASSPHRASE_BOX_BYTES == 1072
    assert trustee.open_passphrase(box, RELEASE) == passphrase
    with pytest.raises(TrusteeError):
        trustee.open_passphrase(box, PRIVATE)


def test_the_longest_passphrase_fits_and_a_longer_one_is_refused():
    widest = "\U0001f600" * trustee.MOST_LETTERS
    assert trustee.open_passphrase(trustee.seal_passphrase(widest, sealing.public_of(RELEASE)), RELEASE) == widest
    with pytest.raises(ValueError, match="at most 200 letters"):
        trustee.seal_passphrase(widest + "x", sealing.public_of(RELEASE))


@pytest.mark.parametrize(
    "spoil", [lambda box: b"", lambda box: box[:40], lambda box: box[:-1], lambda box: spoilt(box, 60)]
)
def test_a_damaged_box_holds_no_passphrase(spoil):
    box = trustee.seal_passphrase("correct horse battery staple", sealing.public_of(RELEASE))
    with pytest.raises(TrusteeError):
        trustee.open_passphrase(spoil(box), RELEASE)


def test_random_bytes_are_nothing():
    assert not trustee.is_whole(os.urandom(trustee.SEALED_KEY_BYTES), sealing.public_of(WAVE))
