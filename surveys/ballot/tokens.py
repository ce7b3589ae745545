"""Answer tokens: derived from the link key and the invitation, never stored; only their hash is."""

import base64
import hashlib
import hmac
import re
import uuid

TOKEN_LETTERS = 26
_TOKEN_BYTES = 16
# The two letters are what is left of an equals sign before it.
_TOKEN = re.compile(r"(?<![a-z0-9])(?:3d)?([a-z2-7]{26})(?![a-z0-9])")
# Where lines were broken: white space, the equals sign at the end of a line, letters that nobody sees.
_BREAKS = re.compile("[\\s=\u00ad\u200b-\u200d\u2060\ufeff]+")
# An address has one; more are no mistake of a program.
_MOST = 4


def derive(link_key: bytes, invitation_id: uuid.UUID) -> str:
    """The first 16 bytes of HMAC-SHA256(link key, invitation id) as 26 lower-case base32 letters."""
    digest = hmac.digest(link_key, invitation_id.bytes, hashlib.sha256)
    return base64.b32encode(digest[:_TOKEN_BYTES]).decode().rstrip("=").lower()


def possible_tokens(address: str) -> list[str]:
    """What may be the token in the end of an address that a mail program, a filter or a person has changed.

    They add a full stop, a bracket, a slash or parameters, encode it, or break the line. A letter more or less is
    another token.
    """
    text = address.lower()
    found = [token for part in (text, _BREAKS.sub("", text)) for token in _TOKEN.findall(part)]
    return list(dict.fromkeys(found))[:_MOST]


def fingerprint(token: str) -> bytes:
    """SHA-256 of the token, 32 bytes: all that the database keeps of it. Letter case does not matter."""
    return hashlib.sha256(token.lower().encode()).digest()
