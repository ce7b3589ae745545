import base64
import hashlib
import hmac
import uuid

from surveys.ballot import tokens

INVITATION = uuid.UUID("12345678-1234-4678-9234-567812345678")


def test_a_token_is_the_first_sixteen_bytes_of_the_mac_in_base32():
    mac = hmac.new(b"link key", INVITATION.bytes, hashlib.sha256).digest()
    token = tokens.derive(b"link key", INVITATION)
    assert base64.b32decode(token.upper() + "======") == mac[:16]
    assert len(token) == tokens.TOKEN_LETTERS == 26


def test_a_token_is_derived_from_the_key_and_the_invitation_alone():
    token = tokens.derive(b"link key", INVITATION)
    assert tokens.derive(b"link key", INVITATION) == token
    assert tokens.derive(b"another key", INVITATION) != token
    assert tokens.derive(b"link key", uuid.uuid4()) != token


def test_a_mail_program_that_changes_the_case_of_the_link_does_no_harm():
    token = tokens.derive(b"link key", INVITATION)
    assert tokens.fingerprint(token.upper()) == tokens.fingerprint(token) == hashlib.sha256(token.encode()).digest()
