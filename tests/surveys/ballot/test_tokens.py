import base64
import hashlib
import hmac
import uuid

import pytest

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


TOKEN = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    "address",
    [
        TOKEN,
        *(f"{TOKEN}{end}" for end in (".", ")", ">", ",", "/", " ", "&utm=x", ".Open until", "\u200b", "%20")),
        *(f"{start}{TOKEN}" for start in ("/", "<", "=3D", " ")),
        f"{TOKEN[:9]}=\r\n{TOKEN[9:]}",
        TOKEN.upper() + ").",
    ],
)
def test_the_token_is_found_in_what_a_mail_program_made_of_it(address):
    assert TOKEN in tokens.possible_tokens(address)


@pytest.mark.parametrize(
    "address", ["", TOKEN[:-1], f"{TOKEN}a", f"a{TOKEN}", f"{TOKEN}8", f"{TOKEN[:9]}1{TOKEN[10:]}", "." * 99]
)
def test_where_no_token_is_none_is_found(address):
    assert tokens.possible_tokens(address) == []


def test_of_many_tokens_in_an_address_only_a_few_are_tried():
    many = [tokens.derive(b"link key", uuid.uuid4()) for _ in range(100)]
    assert tokens.possible_tokens("/".join(many)) == many[:4]


def test_a_mail_program_that_changes_the_case_of_the_link_does_no_harm():
    token = tokens.derive(b"link key", INVITATION)
    assert tokens.fingerprint(token.upper()) == tokens.fingerprint(token) == hashlib.sha256(token.encode()).digest()
