"""The ballot's seal: libsodium sealed boxes for a wave's X25519 key. Pure bytes; no Django, no disk.

A ballot is JSON, padded to one size, so that a box tells nothing of what was answered, not even how much.
"""

import json
import uuid
from dataclasses import dataclass

import nacl.bindings
import nacl.exceptions
import nacl.public

PADDED_BYTES = 4608
BOX_BYTES = PADDED_BYTES + nacl.bindings.crypto_box_SEALBYTES
KEY_BYTES = 32
COMMENT_CHARACTERS = 1000
# Whatever somebody may have sealed instead: one strange box must not stop the counting of all others.
_NO_BALLOT = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)


class SealError(Exception):
    """A box could not be opened, or what was in it is no ballot."""


@dataclass(frozen=True)
class Rating:
    """What a ballot says of one other department."""

    # The department's id.
    counterpart: int
    # The contact's number, then a byte an item; 255 is missing.
    answers: bytes


@dataclass(frozen=True)
class Ballot:
    """One person's answers."""

    # The reporting group at opening.
    group: uuid.UUID
    # A byte an item, the option's number from 0; 255 is missing.
    answers: bytes
    # What it says of other departments, each at most once.
    ratings: tuple[Rating, ...] = ()
    # Empty for none.
    comment: str = ""


def new_private_key() -> bytes:
    """A fresh X25519 private key, 32 bytes."""
    return bytes(nacl.public.PrivateKey.generate())


def public_of(private_key: bytes) -> bytes:
    """The public key that belongs to a private one, 32 bytes."""
    return bytes(nacl.public.PrivateKey(private_key).public_key)


def seal(ballot: Ballot, public_key: bytes) -> bytes:
    """The ballot in a box of exactly BOX_BYTES that only the private key opens.

    Raises ValueError if the ballot is larger than PADDED_BYTES - 1; 1,000 characters of comment always fit.
    """
    content = _encode(ballot)
    if len(content) >= PADDED_BYTES:
        raise ValueError(f"The ballot has {len(content)} bytes; at most {PADDED_BYTES - 1} fit.")
    padded = nacl.bindings.sodium_pad(content, PADDED_BYTES)
    return nacl.public.SealedBox(nacl.public.PublicKey(public_key)).encrypt(padded)


def unseal(box: bytes, private_key: bytes) -> Ballot:
    """The ballot in the box. Raises SealError if the box is damaged, foreign, or holds no ballot."""
    try:
        padded = nacl.public.SealedBox(nacl.public.PrivateKey(private_key)).decrypt(box)
        return _decode(nacl.bindings.sodium_unpad(padded, PADDED_BYTES))
    except (nacl.exceptions.CryptoError, *_NO_BALLOT) as error:
        raise SealError("A sealed ballot cannot be opened with this key.") from error


def _encode(ballot: Ballot) -> bytes:
    """A line of JSON, then the comment as it is: JSON would escape it to six times its size."""
    header = {
        "group": ballot.group.hex,
        "answers": ballot.answers.hex(),
        "ratings": [[rating.counterpart, rating.answers.hex()] for rating in ballot.ratings],
    }
    return json.dumps(header, separators=(",", ":")).encode() + b"\n" + ballot.comment.encode()


def _decode(content: bytes) -> Ballot:
    header_line, _, comment = content.partition(b"\n")
    header = json.loads(header_line)
    return Ballot(
        group=uuid.UUID(header["group"]),
        answers=bytes.fromhex(header["answers"]),
        ratings=tuple(Rating(int(who), bytes.fromhex(answers)) for who, answers in header["ratings"]),
        comment=comment.decode(),
    )
