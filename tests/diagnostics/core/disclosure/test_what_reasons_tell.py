"""What somebody learns who knows the rules, all sizes, and of each cell only what is stored of its reason."""

import pytest

from diagnostics.core.disclosure.reasons import stored_reason
from diagnostics.core.disclosure.tree import TreeCell, suppress

SIZES = {"small": 6, "middle": 8, "large": 20}


def stored(uniform):
    """What is stored of a company whose department `uniform` gave one risky answer."""
    counts = {name: (0, size) if name == uniform else (size - 4, 4) for name, size in SIZES.items()}
    whole = tuple(map(sum, zip(*counts.values(), strict=True)))
    cells = [TreeCell("company", None, sum(whole), whole)]
    cells += [TreeCell(name, "company", sum(count), count) for name, count in counts.items()]
    return {name: stored_reason(rule) for name, rule in suppress(cells).items()}


def suspects(seen):
    """The departments of which each, with one risky answer, would explain what is stored."""
    return {name for name in SIZES if stored(name) == seen}


def test_no_reason_names_the_uniform_department():
    for uniform in SIZES:
        assert set(stored(uniform).values()) == {"protected"}


@pytest.mark.parametrize(
    ("uniform", "left"), [("small", {"small", "middle"}), ("middle", {"small", "middle"}), ("large", {"large"})]
)
def test_which_one_goes_along_can_still_name_it(uniform, left):
    """The smallest other department goes along: so a cause that is neither smallest nor second is found by its size.

    docs/anonymity.md says so. A change that closes this gap changes this test.
    """
    assert suspects(stored(uniform)) == left
