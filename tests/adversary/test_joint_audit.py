"""Index, signs and pairs of a wave as one system of equations: published figures give no suppressed one.

The tree and the pair map have unknowns of their own, answers and ratings. A figure that mixed both would show here.
"""

from dataclasses import dataclass

import numpy as np
import pytest

from diagnostics.core.disclosure.composite import suppress_composite
from diagnostics.core.disclosure.pairs import suppress_crossing_cells
from diagnostics.core.disclosure.pairs_audit import WIDTH, computable, published_rows, small_rows, suppressed_rows
from surveys.rules.limits import MIN_GROUP_SIZE
from tests.diagnostics.core.disclosure.decisions import by_size_alone, shown, tree_rows
from tests.diagnostics.core.disclosure.random_trees import by_chance, random_wave
from tests.diagnostics.core.pair_maps import random_map
from tests.tiers import LONG

COMPANIES = 1_000 if LONG else 200


@dataclass
class Company:
    """`wave` are the cells of the index and of the signs, `pair_map` the atoms and crossing cells of the pairs.

    `sign_order` says which sign of a node goes along.
    """

    wave: tuple
    pair_map: tuple
    sign_order: object

    def by_rule(self):
        suppressed = suppress_composite(*self.wave, sign_order=self.sign_order)
        return system(self, suppressed, shown(self.pair_map[1], suppress_crossing_cells(*self.pair_map)))

    def by_size_alone(self):
        index, signs = self.wave
        suppressed = too_few(index), {sign: too_few(cells) for sign, cells in signs.items()}
        return system(self, suppressed, by_size_alone(*self.pair_map))


def too_few(cells):
    return {cell.id for cell in cells if cell.respondents < MIN_GROUP_SIZE}


def company(seed):
    rng = np.random.default_rng(seed)
    index, signs, sign_order = by_chance(seed, *random_wave(rng))
    return Company((index, signs), random_map(rng), sign_order)


def system(company, suppressed, cells):
    """(rows that are published, rows by name that may not be computed): the unknowns of the tree, then of the pairs."""
    known, wanted = tree_rows(*company.wave, *suppressed)
    pair_known = published_rows(*company.pair_map, **cells)
    pair_wanted = suppressed_rows(*company.pair_map, **cells) | small_rows(*company.pair_map, MIN_GROUP_SIZE)
    left, right = (
        np.zeros(len(known[0]) if known else len(next(iter(wanted.values())))),
        np.zeros(WIDTH * len(company.pair_map[0])),
    )
    rows = [np.concatenate([row, right]) for row in known] + [np.concatenate([left, row]) for row in pair_known]
    names = {name: np.concatenate([row, right]) for name, row in wanted.items()}
    return rows, names | {name: np.concatenate([left, row]) for name, row in pair_wanted.items()}


def test_no_company_leaks_by_the_rule_and_most_by_the_minimum_alone():
    by_size_alone = by_rule = trees = pairs = 0
    for seed in range(COMPANIES):
        made_up = company(seed)
        known, wanted = made_up.by_rule()
        by_rule += bool(computable(known, wanted))
        trees += any(" of n" in name for name in wanted)
        pairs += any("figure " in name for name in wanted)
        by_size_alone += bool(computable(*made_up.by_size_alone()))
    print(
        f"\nof {COMPANIES} companies with pairs leak {by_size_alone} by the minimum group size alone, "
        f"{by_rule} by the rule; it suppresses something of the tree in {trees}, of the pairs in {pairs}"
    )
    assert by_rule == 0
    assert by_size_alone > 0.9 * COMPANIES
    assert min(trees, pairs) > 0.8 * COMPANIES


@pytest.mark.parametrize("seed", range(5))
def test_a_figure_that_mixed_answers_and_ratings_would_be_found(seed):
    """Negative control: a suppressed sign of the tree, published together with a figure of the pairs."""
    known, wanted = company(seed).by_rule()
    name = next(name for name, row in wanted.items() if " of n" in name and row.any())
    of_pairs = known[-1]
    assert of_pairs.any()
    assert name in computable([*known, wanted[name] + of_pairs], wanted)
