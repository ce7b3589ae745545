"""A trustee's key pair, its private half under a passphrase, and what is sealed to it. Pure bytes: no Django, no disk.

A wave's private key is sealed to the trustee's public key when the wave opens. The passphrase comes back to the
counting worker in a box for a key pair of this wave only, so that no backup of the database gives it away later.
"""

import hashlib
import threading
import unicodedata
from dataclasses import dataclass

import nacl.bindings
import nacl.exceptions
import nacl.public
import nacl.pwhash
import nacl.secret
import nacl.utils

from surveys.ballot import sealing

LEAST_LETTERS = 12
MOST_LETTERS = 200
SALT_BYTES = nacl.pwhash.argon2id.SALTBYTES
SECRET_BYTES = sealing.KEY_BYTES + nacl.secret.SecretBox.NONCE_SIZE + nacl.secret.SecretBox.MACBYTES
# libsodium's "moderate" effort: 256 MiB of memory and about half a second for each guess.
OPSLIMIT = nacl.pwhash.argon2id.OPSLIMIT_MODERATE
MEMLIMIT = nacl.pwhash.argon2id.MEMLIMIT_MODERATE
# Enough for the longest passphrase in wide letters; one size for all, so that a box does not give the length away.
_PADDED_BYTES = 1024
PASSPHRASE_BOX_BYTES = _PADDED_BYTES + nacl.bindings.crypto_box_SEALBYTES
_DIGEST_BYTES = 32
# A web server has many threads: if each could hash at the same time, a few impatient clicks would fill its memory.
_ONE_AT_A_TIME = threading.Lock()
SEALED_KEY_BYTES = sealing.KEY_BYTES + nacl.bindings.crypto_box_SEALBYTES + _DIGEST_BYTES


class TrusteeError(Exception):
    """What was sealed cannot be opened."""


class WrongPassphraseError(TrusteeError):
    """The passphrase is not the one that the key was locked with, or the locked key was changed since."""


@dataclass(frozen=True)
class LockedKey:
    """An X25519 key pair whose private half only a passphrase opens."""

    # 32 bytes.
    public_key: bytes
    # The private half, encrypted under the passphrase by Argon2id.
    secret: bytes
    # Of the passphrase's hash, 16 bytes.
    salt: bytes
    # How many rounds the hash takes.
    opslimit: int
    # How much memory the hash takes, in bytes.
    memlimit: int


def lock(passphrase: str) -> LockedKey:
    """A new key pair that only this passphrase opens. Takes about half a second, on purpose."""
    private_key, salt = sealing.new_private_key(), nacl.utils.random(SALT_BYTES)
    secret = nacl.secret.SecretBox(_derive(passphrase, salt, OPSLIMIT, MEMLIMIT)).encrypt(private_key)
    return LockedKey(sealing.public_of(private_key), bytes(secret), salt, OPSLIMIT, MEMLIMIT)


def unlock(locked: LockedKey, passphrase: str) -> bytes:
    """The private key. Raises WrongPassphraseError; takes as long as locking did."""
    try:
        key = _derive(passphrase, locked.salt, locked.opslimit, locked.memlimit)
        private_key = nacl.secret.SecretBox(key).decrypt(locked.secret)
    except nacl.exceptions.CryptoError as error:
        raise WrongPassphraseError("This is not the passphrase.") from error
    if sealing.public_of(private_key) != locked.public_key:
        raise WrongPassphraseError("The public key belongs to another passphrase.")
    return private_key


def seal_key(private_key: bytes, trustee_public_key: bytes) -> bytes:
    """A wave's private key for the trustee alone, SEALED_KEY_BYTES long.

    It ends with a digest, so that somebody who cannot open it still sees that it is whole and of which wave.
    """
    box = nacl.public.SealedBox(nacl.public.PublicKey(trustee_public_key)).encrypt(private_key)
    return box + _digest(box, sealing.public_of(private_key))


def is_whole(sealed_key: bytes, public_key: bytes) -> bool:
    """Whether this is the sealed key of the wave with this public key, undamaged."""
    box, digest = sealed_key[:-_DIGEST_BYTES], sealed_key[-_DIGEST_BYTES:]
    return len(sealed_key) == SEALED_KEY_BYTES and digest == _digest(box, public_key)


def open_key(sealed_key: bytes, trustee_private_key: bytes, public_key: bytes) -> bytes:
    """The wave's private key. Raises TrusteeError if it was sealed to somebody else, is damaged, or of another wave."""
    try:
        private_key = _opened(sealed_key[:-_DIGEST_BYTES], trustee_private_key)
    except nacl.exceptions.CryptoError as error:
        raise TrusteeError("The wave's key is not sealed to this trustee.") from error
    if not is_whole(sealed_key, public_key) or sealing.public_of(private_key) != public_key:
        raise TrusteeError("This is not the key of the wave.")
    return private_key


def seal_passphrase(passphrase: str, release_key: bytes) -> bytes:
    """The passphrase for the holder of the private half of `release_key`, always PASSPHRASE_BOX_BYTES long.

    Raises ValueError for more than MOST_LETTERS letters.
    """
    if len(passphrase) > MOST_LETTERS:
        raise ValueError(f"A passphrase has at most {MOST_LETTERS} letters.")
    padded = nacl.bindings.sodium_pad(passphrase.encode(), _PADDED_BYTES)
    return nacl.public.SealedBox(nacl.public.PublicKey(release_key)).encrypt(padded)


def open_passphrase(box: bytes, release_private_key: bytes) -> str:
    """Raises TrusteeError if the box is damaged or for another key."""
    try:
        return nacl.bindings.sodium_unpad(_opened(box, release_private_key), _PADDED_BYTES).decode()
    except (nacl.exceptions.CryptoError, UnicodeDecodeError) as error:
        raise TrusteeError("The passphrase's box cannot be opened.") from error


def _opened(box: bytes, private_key: bytes) -> bytes:
    return nacl.public.SealedBox(nacl.public.PrivateKey(private_key)).decrypt(box)


def _derive(passphrase: str, salt: bytes, opslimit: int, memlimit: int) -> bytes:
    # Keyboards write one and the same letter in several ways.
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    size = nacl.secret.SecretBox.KEY_SIZE
    with _ONE_AT_A_TIME:
        return nacl.pwhash.argon2id.kdf(size, typed, salt, opslimit=opslimit, memlimit=memlimit)


def _digest(box: bytes, public_key: bytes) -> bytes:
    return hashlib.blake2b(box + public_key, digest_size=_DIGEST_BYTES).digest()
