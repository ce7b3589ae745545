"""Answers too alike to be shown."""

import pytest

from diagnostics.core.disclosure.tree import homogeneous


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 0, 7), True),
        ((0, 7, 0), True),
        ((1, 0, 6), True),
        ((0, 1, 6), True),
        ((2, 0, 5), False),
        ((0, 2, 5), False),
        ((7, 0, 0), False),  # an all-clear is no secret
        ((6, 0, 1), False),
        ((0, 1), True),
        ((1, 0), False),
        ((2,), False),
        ((0, 0, 0), False),
        ((), False),
    ],
)
def test_all_or_all_but_one_at_the_same_risky_option_is_too_alike(counts, expected):
    assert homogeneous(counts) == expected
