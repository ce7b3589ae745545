"""Addresses are compared as they are delivered."""

import pytest

from surveys.files.addresses import delivered, mailbox


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("Ann@Northwind.Example", "ann@northwind.example"),
        ("bob@exam\u200bple.com", "bob@example.com"),
        ("bob@example.com\u2060", "bob@example.com"),
        ("b\u00adob@example.com", "bob@example.com"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("ann@BÜCHER.example", "ann@xn--bcher-kva.example"),
        ("ann@xn--bcher-kva.example", "ann@xn--bcher-kva.example"),
        ("ann@straße.example", "ann@xn--strae-oqa.example"),
        ("ann＠example．com", "ann@example.com"),
        ("ann@example。com", "ann@example.com"),
        ("ann@example.com.", "ann@example.com"),
        ("иван@почта.рф", None),
        ("ivan@почта.рф", "ivan@xn--80a1acny.xn--p1ai"),
        ("ann", None),
        ("ann@", None),
        ("ann@exa mple.com", None),
        ("ann@xn--a.example", None),
        ("a@b@example.com", None),
    ],
)
def test_an_address_is_read_as_its_domain_is_looked_up(address, expected):
    if expected is None:
        with pytest.raises(ValueError, match=r"@|ann"):
            delivered(address)
    else:
        assert delivered(address) == expected


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("ann@x.example", "ann+1@x.example", True),
        ("ann.lee@gmail.com", "annlee+x@googlemail.com", True),
        ("ann.lee@x.example", "annlee@x.example", False),
        ("ann@x.example", "ann@y.example", False),
    ],
)
def test_addresses_of_one_mailbox_are_known(one, other, is_same):
    assert (mailbox(one) == mailbox(other)) is is_same
