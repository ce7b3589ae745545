"""A canary is found however it was written down, and only where it is."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.audit.canaries import Canary, search, written
from surveys.audit.codes import AuditSource, SourceCode

LOG = AuditSource(SourceCode.WRITE_AHEAD_LOG)
SECRET = b"a made-up comment"
CANARIES = [Canary("comment", SECRET), Canary("answers", bytes([4, 0, 3, 1, 2, 2, 4, 0]))]


@pytest.mark.parametrize(
    "write", [bytes, lambda value: value.hex().encode(), lambda value: value.hex().upper().encode()]
)
def test_it_is_found_as_it_is_and_in_hexadecimal(write):
    found = search(LOG, "open", [b"line\n", b"..." + write(SECRET) + b"..."], canaries=CANARIES, allowed=())
    assert (found.found, found.leaking) == (("comment",), ("comment",))


@given(st.binary(max_size=12), st.binary(max_size=12))
def test_it_is_found_in_base64_at_any_offset(before, after):
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        encoded = encode(before + SECRET + after)
        assert search(LOG, "open", [encoded], canaries=CANARIES, allowed=()).found == ("comment",)


@given(st.binary(min_size=8, max_size=20))
def test_no_form_is_so_short_that_chance_would_find_it(value):
    assert min(map(len, written(value))) >= 8


FEW_BYTES = st.lists(st.sampled_from([0, 0, 0, 1]), max_size=40).map(bytes)


@given(FEW_BYTES, st.lists(st.sampled_from([0, 1]), min_size=8, max_size=12).map(bytes))
def test_long_runs_of_zeros_neither_hide_nor_make_one(heap, value):
    found = search(LOG, "open", [heap], canaries=[Canary("answers", value)], allowed=()).found
    assert found == (("answers",) if any(form in heap for form in written(value)) else ())


@pytest.mark.parametrize("gap", [7, 8, 100, 101, 5000])
def test_one_at_the_edge_of_a_run_of_zeros_is_found(gap):
    known = [Canary("answers", bytes([0, 0, 4, 3, 2, 1, 0, 0]))]
    for heap in (known[0].value + bytes(gap), bytes(gap) + known[0].value, bytes(gap) + known[0].value + bytes(gap)):
        assert search(LOG, "open", [heap], canaries=known, allowed=()).found == ("answers",)
    for heap in (known[0].value[2:] + bytes(gap), bytes(gap) + known[0].value[:-2]):
        assert search(LOG, "open", [heap], canaries=known, allowed=()).found == ()


def test_what_may_be_there_is_no_leak_and_every_byte_counts():
    found = search(LOG, "closed", [SECRET, b"more"], canaries=CANARIES, allowed=("comment", "address"))
    assert (found.found, found.leaking, found.size) == (("comment",), (), len(SECRET) + 4)


def test_a_word_that_any_heap_may_hold_is_no_canary():
    with pytest.raises(ValueError, match="proves nothing"):
        Canary("comment", b"ok")
