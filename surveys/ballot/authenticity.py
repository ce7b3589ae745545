"""Proof that public keys in the database are those that were put there by the product.

What is sealed for a public key is open to the maker of the pair. So a row's keys are signed by a key that is derived
from the link key, which is not in the database: who can only write the database can put another key there, no proof.
"""

import hashlib
import hmac
import uuid

PROOF_BYTES = 32


def of_wave(link_key: bytes, wave_id: uuid.UUID, *public_keys: bytes) -> bytes:
    """HMAC-SHA256 over the wave and its public keys in this order, each of 32 bytes, or empty where it has none."""
    return _sign(link_key, b"wave", wave_id.bytes, *public_keys)


def of_trustee(link_key: bytes, survey_id: int, public_key: bytes) -> bytes:
    """HMAC-SHA256 over the survey and the public key of its trustee."""
    return _sign(link_key, b"trustee", str(survey_id).encode(), public_key)


def _sign(link_key: bytes, *parts: bytes) -> bytes:
    own_key = hmac.digest(link_key, b"faultline key proof", hashlib.sha256)
    # With their lengths, or two lists of parts could make the same text.
    message = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return hmac.digest(own_key, message, hashlib.sha256)
