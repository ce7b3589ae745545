"""Secrets are judged by how many guesses find them."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.ballot.strength import LEAST_BITS, guess_bits, is_guessable, share_a_secret

RANDOM = "0b1c7f5e92a84d36be0f7a1359c2d4e8776fa01b3c5d9e2480ab6713f4d5c9e2"


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "x",
        "a" * 32,
        "a" * 500,
        "ab" * 20,
        "x" * 31 + "y",
        "0123456789" * 4,
        "0123456789abcdef" * 2,
        "abcdefghijklmnopqrstuvwxyz012345",
        "qwertyuiopasdfghjklzxcvbnm1234567890",
        "password" * 5,
        "ChangeMe-ChangeMe-ChangeMe-ChangeMe!",
        "please-change-this-link-key-before-production",
        "put-your-secret-key-here-Zk39dJw81pQx7",
        "my-super-secret-key-for-faultline-2026",
        "correct horse battery staple correct horse",
        "The quick brown fox jumps over the lazy dog",
        "Lorem ipsum dolor sit amet, consectetur adipiscing",
        "d41d8cd98f00b204e9800998ecf8427e",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "00000000-0000-0000-0000-000000000000",
        "2026-01-01 2026-01-01 2026-01-01",
        "пароль" * 6,
        RANDOM[:31],
    ],
)
def test_what_programs_guess_first_is_refused_however_long(secret):
    assert is_guessable(secret)


@pytest.mark.parametrize("secret", [RANDOM, RANDOM[:32], "vRDHnqXdl2K30-P6Ek0oPYalNtBSsptoNz5E8zMWH3Ps"])
def test_random_texts_of_32_letters_are_taken(secret):
    assert not is_guessable(secret)


@settings(max_examples=30)
@given(st.binary(min_size=1, max_size=3), st.integers(32, 200))
def test_no_length_makes_a_repeated_text_strong(part, length):
    secret = (part.hex() * length)[:length]
    assert guess_bits(secret) < LEAST_BITS
    assert is_guessable(secret)


@settings(max_examples=30)
@given(st.integers(0, 2**32))
def test_whatever_openssl_makes_is_taken(seed):
    assert not is_guessable(random.Random(seed).randbytes(32).hex())


@settings(max_examples=30)
@given(st.text(max_size=100))
def test_any_text_has_an_estimate(secret):
    assert 0 <= guess_bits(secret) < float("inf")


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [("abc", "abc", True), ("abc", "xabcx", True), ("xabcx", "abc", True), ("abc", "abd", False), ("", "abc", False)],
)
def test_secrets_that_contain_each_other_are_no_two_secrets(first, second, shared):
    assert share_a_secret(first, second) is shared
