"""Which shares of a wave are published: none that tells a count, and no suppressed one is a sum of others."""

import numpy as np
import pytest

from diagnostics.choices import GroupKind
from diagnostics.core.disclosure.audit import derivable
from diagnostics.core.disclosure.bands import CountNode, published_bands
from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.core.disclosure.shares import published_share
from diagnostics.core.disclosure.tree import TreeCell
from diagnostics.scoring.disclosing import suppress_share, suppression_order
from diagnostics.scoring.measures import NodeEstimate, NodeMeasure
from diagnostics.scoring.tree import Node
from tests.adversary.inversion import holds_three, share_fits

LEAST = 5


def company(departments):
    """`departments` are {division: [(people, answers, those who agree)]}: (table, nodes)."""
    counts = {"company": (None, GroupKind.COMPANY, np.zeros(3, dtype=int))}
    for division, rows in departments.items():
        counts[division] = "company", GroupKind.DIVISION, np.sum(rows, axis=0)
        counts["company"][2][:] += counts[division][2]
        counts |= {f"{division}.{n}": (division, GroupKind.GROUP, np.array(row)) for n, row in enumerate(rows)}
    nodes = [Node(key, key, kind, parent, (), (), int(row[0])) for key, (parent, kind, row) in counts.items()]
    counted = [CountNode(node.key, node.parent, int(counts[node.key][2][1]), node.people) for node in nodes]
    bands = published_bands(counted, min_group_size=LEAST)
    return {key: measured(*map(int, row[1:]), bands[key]) for key, (_, _, row) in counts.items()}, nodes


def measured(answers, agree, band):
    share = published_share(agree, answers, band) if answers else None
    estimate = NodeEstimate(share.percent, share.low, share.high) if share else None
    return NodeMeasure(answers, (answers - agree, agree), estimate, band)


def drawn(rng):
    made = {}
    for number in range(rng.integers(2, 5)):
        sizes = rng.integers(8, 40, size=rng.integers(2, 5))
        answers = rng.binomial(sizes, rng.choice([0.6, 0.8, 0.95]))
        agree = rng.binomial(answers, rng.choice([0.1, 0.4, 0.9]))
        made[f"d{number}"] = list(zip(sizes.tolist(), answers.tolist(), agree.tolist(), strict=True))
    return company(made)


def judged(table, nodes):
    order = suppression_order(nodes, {key: measure.band for key, measure in table.items()})
    return suppress_share(table, nodes, {}, LEAST, order)


@pytest.mark.parametrize("seed", range(60))
def test_no_suppressed_share_can_be_computed_and_no_published_one_tells(seed):
    table, nodes = drawn(np.random.default_rng(seed))
    rules = judged(table, nodes)
    cells = [TreeCell(node.key, node.parent, table[node.key].respondents) for node in nodes]
    published = {node.key for node in nodes} - set(rules)
    assert derivable(cells, published, min_group_size=10) == []
    for node in (node for node in nodes if node.key in published):
        share, band = table[node.key].estimate, table[node.key].band
        triple = tuple(round(end) for end in (share.value, max(share.low, 5), min(share.high, 95)))
        assert (band.low >= 10, holds_three(band)) == (True, True)
        assert len(share_fits(triple, band, people=node.people)) >= 3


def test_the_rules_go_by_bands():
    table, nodes = company({"a": [(10, 10, 4), (40, 20, 8), (40, 23, 9)], "b": [(16, 15, 6), (40, 30, 9), (40, 31, 9)]})
    rules = judged(table, nodes)
    # Of ten people the last band is 5-10, of sixteen 15-16; beside each, another goes along.
    assert rules["a.0"] == SuppressionRule.TOO_FEW_FOR_SHARE
    assert rules["b.0"] == SuppressionRule.NARROW_BAND
    assert {key for key, rule in rules.items() if rule == SuppressionRule.COMPLEMENTARY} == {"a.1", "b.1"}


def test_too_few_for_any_figure_is_named_so():
    table, nodes = company({"a": [(10, 4, 1), (40, 20, 8)], "b": [(40, 20, 9), (40, 30, 9)]})
    assert judged(table, nodes)["a.0"] == SuppressionRule.TOO_FEW
