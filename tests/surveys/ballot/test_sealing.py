"""What the seal promises: one size, opened by one key, and nothing else is a ballot."""

import uuid

import nacl.bindings
import nacl.public
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.ballot import sealing
from surveys.ballot.sealing import Ballot, Rating, SealError

PRIVATE = sealing.new_private_key()
PUBLIC = sealing.public_of(PRIVATE)

ballots = st.builds(
    Ballot,
    group=st.uuids(),
    answers=st.binary(max_size=40),
    ratings=st.lists(
        st.builds(Rating, counterpart=st.integers(1, 2**40), answers=st.binary(min_size=4, max_size=4)), max_size=3
    ).map(tuple),
    comment=st.text(st.characters(exclude_categories=["Cs"]), max_size=sealing.COMMENT_CHARACTERS),
)


@given(ballots)
def test_a_ballot_comes_back_as_it_was(ballot):
    assert sealing.unseal(sealing.seal(ballot, PUBLIC), PRIVATE) == ballot


@given(ballots)
def test_every_box_has_the_same_size(ballot):
    assert len(sealing.seal(ballot, PUBLIC)) == sealing.BOX_BYTES == 4656


def test_the_longest_comment_in_the_widest_letters_fits():
    ratings = tuple(Rating(2**40, b"\xff" * 4) for _ in range(3))
    ballot = Ballot(uuid.uuid4(), b"\xff" * 40, ratings, "\U0001f600" * 1000)
    assert len(ballot.comment) == sealing.COMMENT_CHARACTERS
    assert sealing.unseal(sealing.seal(ballot, PUBLIC), PRIVATE) == ballot


def test_a_ballot_that_is_too_large_is_refused_and_not_cut():
    padded = nacl.public.SealedBox(nacl.public.PrivateKey(PRIVATE)).decrypt(
        sealing.seal(Ballot(uuid.uuid4(), b""), PUBLIC)
    )
    header = len(nacl.bindings.sodium_unpad(padded, sealing.PADDED_BYTES))
    fits = Ballot(uuid.uuid4(), b"", comment="x" * (sealing.PADDED_BYTES - 1 - header))
    assert len(sealing.seal(fits, PUBLIC)) == sealing.BOX_BYTES
    for more in ("x", "x" * 500):
        with pytest.raises(ValueError, match="at most 4607 fit"):
            sealing.seal(Ballot(fits.group, b"", comment=fits.comment + more), PUBLIC)


def test_keys_have_the_size_that_the_rest_relies_on():
    assert len(PRIVATE) == len(PUBLIC) == sealing.KEY_BYTES


def test_the_same_ballot_never_gives_the_same_box():
    ballot = Ballot(uuid.uuid4(), b"\x01\x02")
    assert sealing.seal(ballot, PUBLIC) != sealing.seal(ballot, PUBLIC)


def test_another_key_opens_nothing():
    box = sealing.seal(Ballot(uuid.uuid4(), b"\x01"), PUBLIC)
    with pytest.raises(SealError):
        sealing.unseal(box, sealing.new_private_key())


@pytest.mark.parametrize(
    "spoil", [lambda box: box[:-1], lambda box: box[:40], lambda box: b"", lambda box: bytes([box[0] ^ 1]) + box[1:]]
)
def test_a_damaged_box_is_no_ballot(spoil):
    box = sealing.seal(Ballot(uuid.uuid4(), b"\x01"), PUBLIC)
    with pytest.raises(SealError):
        sealing.unseal(spoil(box), PRIVATE)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[1]\n",
        b'{"group":"x","answers":"","ratings":[]}\n',
        b'{"group":5,"answers":"","ratings":[]}\n',
        b'{"group":"00000000000000000000000000000000","answers":"","ratings":[[Infinity,""]]}\n',
        b"[" * 4600 + b"\n",
        b"\xff\n",
    ],
)
def test_a_box_with_something_else_in_it_is_no_ballot(content):
    padded = content + b"\x80" + bytes(sealing.PADDED_BYTES - len(content) - 1)
    box = nacl.public.SealedBox(nacl.public.PublicKey(PUBLIC)).encrypt(padded)
    with pytest.raises(SealError):
        sealing.unseal(box, PRIVATE)
