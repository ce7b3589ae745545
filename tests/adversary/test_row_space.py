"""No suppressed cell is a linear combination of published ones: of random trees, and of what is really published."""

import numpy as np
import pytest

from diagnostics.core.disclosure.audit import derivable
from diagnostics.core.disclosure.pairs_audit import computable
from diagnostics.core.disclosure.tree import TreeCell, suppress
from surveys.rules.limits import MIN_GROUP_SIZE
from tests.adversary.published import (
    ANSWERING,
    demo_company,
    respondents_of,
    small_company,
    snapshots,
    suppressed_of,
    wave,
)
from tests.diagnostics.core.disclosure.decisions import tree_rows
from tests.diagnostics.core.disclosure.random_trees import SIGNS, published, random_tree
from tests.diagnostics.waves import CORE
from tests.tiers import LONG

TREES = 1_000 if LONG else 300


def company_tree(rng):
    """Divisions of departments, from nobody's answers to 30: what a company of some hundred people looks like."""
    cells, whole = [], 0
    for division in range(rng.integers(3, 8)):
        answers = rng.integers(0, 30, size=rng.integers(2, 9))
        name, whole = f"d{division}", whole + int(answers.sum())
        cells += [TreeCell(f"{name}.{number}", name, int(count)) for number, count in enumerate(answers)]
        cells.append(TreeCell(name, "company", int(answers.sum())))
    return [TreeCell("company", None, whole), *cells]


@pytest.mark.parametrize(("grow", "leaking_by_size"), [(random_tree, 0.5), (company_tree, 0.8)])
def test_no_tree_leaks_by_the_rule_and_most_by_the_minimum_alone(grow, leaking_by_size):
    rng = np.random.default_rng(20_260_301)
    by_size_alone = by_rule = 0
    for _ in range(TREES):
        cells = grow(rng)
        small = {cell.id for cell in cells if cell.respondents < MIN_GROUP_SIZE}
        by_size_alone += bool(derivable(cells, published(cells, small), min_group_size=MIN_GROUP_SIZE))
        by_rule += bool(derivable(cells, published(cells, suppress(cells)), min_group_size=MIN_GROUP_SIZE))
    print(
        f"\nof {TREES} trees ({grow.__name__}) leak {by_size_alone} by the minimum group size alone, "
        f"{by_rule} by the rule"
    )
    assert by_rule == 0
    assert by_size_alone > leaking_by_size * TREES


def cells_of(nodes):
    return [TreeCell(node.key, node.parent.key if node.parent else None, respondents_of(node)) for node in nodes]


def leaks_of(nodes, suppressed):
    """Of each measure by itself, and of the index beside its signs."""
    cells = cells_of(nodes)
    keys = {cell.id for cell in cells}
    found = {
        measure: derivable(cells, keys - those, min_group_size=MIN_GROUP_SIZE) for measure, those in suppressed.items()
    }
    signs = dict.fromkeys(SIGNS, cells)
    of_signs = {name: suppressed[code] for name, code in zip(SIGNS, CORE, strict=True)}
    found["index and signs"] = computable(*tree_rows(cells, signs, suppressed["index"], of_signs))
    return {measure: those for measure, those in found.items() if those}


def audited():
    """(cells in all, suppressed cells, leaks) of everything that was published."""
    total = suppressed_in_all = 0
    leaks = []
    for snapshot, nodes in snapshots():
        suppressed = suppressed_of(snapshot)
        total += len(nodes) * len(suppressed)
        suppressed_in_all += sum(map(len, suppressed.values()))
        leaks.append(leaks_of(nodes, suppressed))
    print(f"\n{total} cells, {suppressed_in_all} suppressed, leaks: {leaks}")
    return total, suppressed_in_all, leaks


@pytest.mark.django_db(transaction=True)
def test_what_the_demo_company_publishes_leaks_nothing(tmp_path):
    demo_company(tmp_path, waves=2)
    total, suppressed, leaks = audited()
    assert (total > 100, suppressed > 0, leaks) == (True, True, [{}, {}])


@pytest.mark.django_db(transaction=True)
def test_a_company_of_small_groups_leaks_only_with_one_cell_more(tmp_path):
    survey = small_company()
    for seed, more in enumerate(({}, {"Care": 6}, {"Buying": 8, "Events": 8, "Solo": 7})):
        wave(survey, tmp_path, answering=ANSWERING | more, blank=["Care", "Events"], seed=seed)
    assert audited()[2] == [{}, {}, {}]
    careless = [
        leaks_of(nodes, {measure: set(sorted(those)[1:]) for measure, those in suppressed_of(snapshot).items()})
        for snapshot, nodes in snapshots()
    ]
    print(f"with one cell more: {careless}")
    assert any(careless), "the audit finds nothing where there is something to be found"
