"""Signing a row's public keys where they are made, and looking at the proof wherever something is sealed for them."""

import hmac

from django.conf import settings

from surveys.ballot import authenticity, keys
from surveys.models import TrusteeKey, Wave


class ForgedKeyError(keys.KeyLostError):
    """The public keys on a row are not those that the product put there, or `LINK_KEY` is another than then."""


def proof_of(wave: Wave) -> bytes:
    """The proof of the keys that the wave has now. `trustee_key` is read where it is not loaded."""
    trustee_key = wave.trustee_key.public_key if wave.trustee_key else b""
    public_keys = (wave.public_key or b"", wave.release_key or b"", trustee_key)
    return authenticity.of_wave(settings.LINK_KEY, wave.id, *map(bytes, public_keys))


def is_authentic(wave: Wave) -> bool:
    return hmac.compare_digest(bytes(wave.key_proof or b""), proof_of(wave))


def check_authenticity(wave: Wave) -> None:
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
