"""Answer tokens: derived from the link key and the invitation, never stored; only their hash is."""

import base64
import hashlib
import hmac
import uuid

TOKEN_LETTERS = 26
_TOKEN_BYTES = 16


def derive(link_key: bytes, invitation_id: uuid.UUID) -> str:
    """The first 16 bytes of HMAC-SHA256(link key, invitation id) as 26 lower-case base32 letters."""
    digest = hmac.digest(link_key, invitation_id.bytes, hashlib.sha256)
    return base64.b32encode(digest[:_TOKEN_BYTES]).decode().rstrip("=").lower()


def fingerprint(token: str) -> bytes:
    """SHA-256 of the token, 32 bytes: all that the database keeps of it. Letter case does not matter."""
    return hashlib.sha256(token.lower().encode()).digest()
