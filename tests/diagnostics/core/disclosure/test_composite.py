"""The index and its signs taken together: no sign can be computed as index minus the other signs."""

import random

import numpy as np
import pytest

from diagnostics.core.disclosure.composite import suppress_composite
from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.core.disclosure.tree import CellTree, TreeCell, suppress
from tests.diagnostics.core.disclosure.random_trees import SIGNS, by_chance, random_wave
from tests.entered import entered


def flat(sizes):
    """A company of groups named by letters, with their respondents."""
    return [
        TreeCell("company", None, sum(sizes.values())),
        *(TreeCell(name, "company", n) for name, n in sizes.items()),
    ]


def computable(index, signs, index_suppressed, suppressed):
    """Suppressed sign cells in the row space of all that is published, over unknowns (sign, people of a leaf)."""
    tree = CellTree(index)
    leaves = [node for node in tree.post_order if not tree.children[node] and tree.cells[node].respondents]
    inside = {node: [float(node in (leaf, *tree.ancestors(leaf))) for leaf in leaves] for node in tree.cells}
    indicator = {
        (sign, node): np.outer(np.eye(len(SIGNS))[k], inside[node]).ravel()
        for k, sign in enumerate(SIGNS)
        for node in inside
    }
    known = [indicator[sign, node] for sign, node in indicator if node not in suppressed[sign]]
    known += [sum(indicator[sign, node] for sign in SIGNS) for node in inside if node not in index_suppressed]
    if not known:
        return []
    _, strength, directions = np.linalg.svd(np.array(known), full_matrices=False)
    basis = directions[strength > 1e-9]
    return [
        (sign, node)
        for (sign, node), wanted in indicator.items()
        if node in suppressed[sign] and wanted.any() and np.abs(wanted - basis.T @ (basis @ wanted)).max() < 1e-8
    ]


def test_a_second_sign_goes_along_the_first_by_the_order_of_its_node():
    """Not the one with fewer answers, nor the first that everybody knows: that would name the other."""

    def sign_order(node, sign):
        return "1" if (node, sign) == ("a", "r") else "2" + sign

    index = flat({"a": 8, "b": 9, "c": 10})
    signs = {sign: flat({"a": 8, "b": 9, "c": 10}) for sign in SIGNS}
    signs["q"] = flat({"a": 4, "b": 9, "c": 10})
    signs["s"] = flat({"a": 7, "b": 9, "c": 10})
    index_suppressed, suppressed = suppress_composite(index, signs, sign_order=sign_order)
    assert index_suppressed == {}
    # Within q, "b" protects "a"; and in r as well, so that it has two.
    assert suppressed == {
        "p": {},
        "q": {"a": SuppressionRule.TOO_FEW, "b": SuppressionRule.COMPLEMENTARY},
        "r": {"a": SuppressionRule.COMPLEMENTARY, "b": SuppressionRule.COMPLEMENTARY},
        "s": {},
        "t": {},
    }


@pytest.mark.parametrize("seed", [59, 431])
def test_where_two_signs_each_are_not_enough_an_index_is_suppressed(seed):
    """Two of 1,500 random trees: with what other nodes publish, one of two suppressed signs could be computed."""
    index, signs, sign_order = by_chance(seed, *random_wave(np.random.default_rng(seed)))
    index_suppressed, suppressed = suppress_composite(index, signs, sign_order=sign_order)
    assert computable(index, signs, index_suppressed, suppressed) == []
    # Without these the signs would be computable.
    alone = set(index_suppressed) - set(suppress(index))
    assert alone
    without = {node: rule for node, rule in index_suppressed.items() if node not in alone}
    assert computable(index, signs, without, suppressed) != []


def test_where_the_index_is_suppressed_one_suppressed_sign_tells_nothing():
    index = flat({"a": 4, "b": 4, "c": 12})
    signs = {sign: flat({"a": 5, "b": 5, "c": 12}) for sign in SIGNS}
    signs["q"] = flat({"a": 4, "b": 4, "c": 12})
    _, suppressed = suppress_composite(index, signs)
    assert suppressed == {
        "p": {},
        "q": {"a": SuppressionRule.TOO_FEW, "b": SuppressionRule.TOO_FEW},
        "r": {},
        "s": {},
        "t": {},
    }


def test_a_sign_without_answers_does_not_count_as_the_second():
    index = flat({"a": 8, "b": 9})
    signs = {sign: flat({"a": 8, "b": 9}) for sign in SIGNS}
    signs["p"] = flat({"a": 0, "b": 9})
    signs["q"] = [
        TreeCell("company", None, 17, (5, 12)),
        TreeCell("a", "company", 8, (0, 8)),
        TreeCell("b", "company", 9, (5, 4)),
    ]
    _, suppressed = suppress_composite(index, signs)
    assert suppressed["q"] == {"a": SuppressionRule.HOMOGENEOUS, "b": SuppressionRule.COMPLEMENTARY}
    assert "a" in suppressed["r"]


@pytest.mark.parametrize("seed", range(4))
def test_tables_decided_apart_leak_a_sign_and_as_a_composite_none(seed):
    rng = np.random.default_rng(seed)
    leaks_apart = leaks_composite = 0
    for _ in range(40):
        index, signs = random_wave(rng)
        apart = {sign: suppress(cells) for sign, cells in signs.items()}
        leaks_apart += bool(computable(index, signs, suppress(index), apart))
        leaks_composite += bool(computable(index, signs, *suppress_composite(index, signs)))
    assert leaks_apart > 10
    assert leaks_composite == 0


def company_of(departments):
    """(index, signs) of departments in divisions of ten, some near the minimum, where a few leave out a sign."""
    chance = random.Random(departments)
    sizes = [chance.choice((3, 6, 8, 12, 20, 30)) for _ in range(departments)]

    def cells(left_out):
        answered = [max(0, size - chance.randint(0, left_out)) for size in sizes]
        divisions = range(0, departments, 10)
        return [
            TreeCell("company", None, sum(answered)),
            *(TreeCell(f"d{first}", "company", sum(answered[first : first + 10])) for first in divisions),
            *(TreeCell(f"g{place}", f"d{place // 10 * 10}", count) for place, count in enumerate(answered)),
        ]

    return cells(0), {sign: cells(2) for sign in SIGNS}


def calls_for(departments):
    index, signs = company_of(departments)
    with entered() as found:
        suppress_composite(index, signs)
    return found.total


def test_the_work_grows_little_faster_than_the_company():
    assert calls_for(400) / calls_for(100) < 4 * 1.5
