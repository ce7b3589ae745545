"""Signing a row's public keys where they are made, and looking at the proof wherever something is sealed for them."""

import hmac
import uuid
from typing import NamedTuple

from django.conf import settings

from surveys.ballot import authenticity, keys
from surveys.models import TrusteeKey, Wave


class ForgedKeyError(keys.KeyLostError):
    """The public keys on a row are not those that the product put there, or `LINK_KEY` is another than then."""


class WaveKeys(NamedTuple):
    """A wave's public keys and their proof, as they are on its row, each None where it has none."""

    id: uuid.UUID
    public_key: bytes | memoryview | None
    release_key: bytes | memoryview | None
    # Of the trustee.
    trustee_key: bytes | memoryview | None
    key_proof: bytes | memoryview | None


def keys_of(wave: Wave) -> WaveKeys:
    """`trustee_key` is read where it is not loaded."""
    trustee_key = wave.trustee_key.public_key if wave.trustee_key else None
    return WaveKeys(wave.id, wave.public_key, wave.release_key, trustee_key, wave.key_proof)


def proof_of(wave: Wave) -> bytes:
    """The proof of the keys that the wave has now."""
    return _proof(keys_of(wave))


def is_authentic(wave: Wave | WaveKeys) -> bool:
    keys = keys_of(wave) if isinstance(wave, Wave) else wave
    return hmac.compare_digest(bytes(keys.key_proof or b""), _proof(keys))


def _proof(keys: WaveKeys) -> bytes:
    public_keys = (keys.public_key or b"", keys.release_key or b"", keys.trustee_key or b"")
    return authenticity.of_wave(settings.LINK_KEY, keys.id, *map(bytes, public_keys))


def check_authenticity(wave: Wave | WaveKeys) -> None:
    """Raises ForgedKeyError unless the wave's proof is that of its keys."""
    if not is_authentic(wave):
        raise ForgedKeyError(
            f"The keys of wave {wave.id} are not those that it was opened with: they were changed in the database, or "
            "LINK_KEY was. Nothing is sealed for them until they are back."
        )


def proof_of_trustee(survey_id: int, public_key: bytes) -> bytes:
    return authenticity.of_trustee(settings.LINK_KEY, survey_id, public_key)


def trustee_is_authentic(trustee_key: TrusteeKey, survey_id: int) -> bool:
    proof = proof_of_trustee(survey_id, bytes(trustee_key.public_key))
    return hmac.compare_digest(bytes(trustee_key.key_proof), proof)
