"""On any tree, nothing suppressed can be computed from what is published: checked by linear algebra."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.core.disclosure.audit import derivable
from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.core.disclosure.tree import homogeneous, suppress
from surveys.rules.limits import MIN_GROUP_SIZE
from tests.diagnostics.core.disclosure.random_trees import build, published, random_tree


@st.composite
def trees(draw, withholding):
    size = draw(st.integers(1, 14))
    parents = [0] + [draw(st.integers(0, node - 1)) for node in range(1, size)]
    own = [draw(st.lists(st.integers(0, 7), min_size=3, max_size=3)) for _ in range(size)]
    flags = draw(st.lists(withholding, min_size=size, max_size=size))
    return build(parents, own, flags)


@settings(max_examples=300)
@given(trees(withholding=st.booleans()))
def test_nothing_suppressed_can_be_computed(cells):
    assert derivable(cells, published(cells, suppress(cells)), min_group_size=MIN_GROUP_SIZE) == []


@settings(max_examples=200)
@given(trees(withholding=st.booleans()))
def test_what_is_published_may_be_published(cells):
    suppressed = suppress(cells)
    for cell in cells:
        if cell.id not in suppressed:
            assert cell.respondents >= MIN_GROUP_SIZE
            assert not homogeneous(cell.counts)
            assert not cell.imposed


@settings(max_examples=200)
@given(trees(withholding=st.just(False)), st.randoms(use_true_random=False))
def test_the_order_of_cells_does_not_matter(cells, random):
    assert suppress(random.sample(cells, len(cells))) == suppress(cells)


def test_by_the_minimum_alone_most_companies_leak_and_by_the_rule_none():
    rng = np.random.default_rng(20_260_101)
    companies = [random_tree(rng) for _ in range(400)]
    by_size_alone = [[cell.id for cell in cells if cell.respondents < MIN_GROUP_SIZE] for cells in companies]
    by_rule = [suppress(cells) for cells in companies]
    leaks = [
        sum(
            bool(derivable(cells, published(cells, suppressed), min_group_size=MIN_GROUP_SIZE))
            for cells, suppressed in zip(companies, all_suppressed, strict=True)
        )
        for all_suppressed in (by_size_alone, by_rule)
    ]
    assert leaks[0] > 0.5 * len(companies)
    assert leaks[1] == 0
    large_enough = sum(len(cells) - len(suppressed) for cells, suppressed in zip(companies, by_size_alone, strict=True))
    shown = sum(len(cells) - len(suppressed) for cells, suppressed in zip(companies, by_rule, strict=True))
    assert shown > 0.7 * large_enough
    assert all(
        reason == SuppressionRule.TOO_FEW
        for suppressed, small in zip(by_rule, by_size_alone, strict=True)
        for reason in map(suppressed.get, small)
    )
