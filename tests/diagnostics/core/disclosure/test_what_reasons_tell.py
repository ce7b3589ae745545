"""What somebody learns who knows the rules, all sizes, and of each cell only what is stored of its reason."""

from itertools import permutations

import pytest

from diagnostics.core.disclosure.reasons import stored_reason
from diagnostics.core.disclosure.tree import TreeCell, suppress

DIFFERENT = {"small": 6, "middle": 12, "large": 20}
ALIKE = {"first": 12, "second": 13, "third": 14}


def stored(sizes, uniform, order):
    """What is stored of a company whose department `uniform` gave one risky answer."""
    counts = {name: (0, size) if name == uniform else (size - 4, 4) for name, size in sizes.items()}
    whole = tuple(map(sum, zip(*counts.values(), strict=True)))
    cells = [TreeCell("company", None, sum(whole), whole)]
    cells += [TreeCell(name, "company", sum(count), count, order=order[name]) for name, count in counts.items()]
    return {name: stored_reason(rule) for name, rule in suppress(cells).items()}


def orders(sizes):
    """All orders that there can be, each by name: by bands, then by chance."""
    for drawn in permutations(sizes):
        listed = sorted(drawn, key=lambda name: sizes[name] // 5)
        yield {name: place for place, name in enumerate(listed)}


def suspects(sizes, seen, known):
    """The departments of which each, with one risky answer, would explain what is stored by an order of `known`."""
    return {name for name in sizes if any(stored(sizes, name, order) == seen for order in known)}


def test_no_reason_names_the_uniform_department():
    for uniform in DIFFERENT:
        for order in orders(DIFFERENT):
            assert set(stored(DIFFERENT, uniform, order).values()) == {"protected"}


@pytest.mark.parametrize(
    ("uniform", "left"), [("small", {"small", "middle"}), ("middle", {"small", "middle"}), ("large", {"large"})]
)
def test_the_band_that_goes_along_can_still_name_it(uniform, left):
    """The smallest other band goes along: so a cause that is neither smallest nor second is found by its band.

    docs/anonymity.md says so. A change that closes this gap changes this test.
    """
    known = list(orders(DIFFERENT))
    assert [suspects(DIFFERENT, stored(DIFFERENT, uniform, order), known) for order in known] == [left] * len(known)


@pytest.mark.parametrize("uniform", ALIKE)
def test_within_a_band_either_of_the_two_may_be_the_cause(uniform):
    known = list(orders(ALIKE))
    for order in known:
        seen = stored(ALIKE, uniform, order)
        assert suspects(ALIKE, seen, known) == set(seen)


def test_an_order_that_everybody_knows_would_name_it():
    """Negative control: by the names the first goes along with the third, and nobody else would take the third."""
    by_name = {name: place for place, name in enumerate(sorted(ALIKE))}
    assert suspects(ALIKE, stored(ALIKE, "third", by_name), [by_name]) == {"third"}
