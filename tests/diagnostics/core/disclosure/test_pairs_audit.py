"""On random companies nothing of the pair map leaks by arithmetic; by the minimum size alone most of them leak."""

import numpy as np

from diagnostics.core.disclosure.pairs import Atom, CrossingCell, raters_at_least, suppress_crossing_cells
from diagnostics.core.disclosure.pairs_audit import leaks
from surveys.rules.limits import MIN_GROUP_SIZE
from tests.diagnostics.core.disclosure.test_composite import SIGNS
from tests.diagnostics.core.disclosure.test_pairs import shown
from tests.diagnostics.core.pair_maps import random_map

COMPANIES = 1_000


def by_size_alone(atoms, cells):
    by_key = {atom.key: atom for atom in atoms}

    def raters(cell, counts):
        return raters_at_least((key[1], sum(counts(by_key[key]))) for key in cell.members)

    figures = {cell.id for cell in cells if raters(cell, lambda atom: atom.scores) >= MIN_GROUP_SIZE}
    shares = {cell.id for cell in cells if cell.id in figures and raters(cell, lambda atom: atom.contact) >= 10}
    return {"figures": figures, "shares": shares}


def test_of_a_thousand_companies_none_leaks_and_most_of_what_has_the_minimum_is_shown():
    by_rule = large_enough = 0
    for seed in range(COMPANIES):
        atoms, cells = random_map(np.random.default_rng(seed))
        decision = shown(cells, suppress_crossing_cells(atoms, cells))
        assert leaks(atoms, cells, **decision, min_group_size=MIN_GROUP_SIZE) == [], seed
        by_rule += len(decision["figures"])
        large_enough += len(by_size_alone(atoms, cells)["figures"])
    assert by_rule > 0.6 * large_enough


def test_with_the_minimum_alone_nine_companies_in_ten_leak():
    """Negative control: the audit finds what the rule is there for."""
    companies = [random_map(np.random.default_rng(seed)) for seed in range(COMPANIES // 5)]
    leaking = [bool(leaks(*one, **by_size_alone(*one), min_group_size=MIN_GROUP_SIZE)) for one in companies]
    assert 0.85 < np.mean(leaking) < 0.95


def tree_rows(index, signs, index_suppressed, suppressed):
    """(rows that are published, rows by name that are suppressed), over unknowns (sign, people of a node alone)."""
    parents = {cell.id: cell.parent for cell in index}
    nodes = sorted(parents)
    own = {cell.id: cell.respondents for cell in index}
    for cell in index:
        if cell.parent:
            own[cell.parent] -= cell.respondents
    inside = {}
    for node in nodes:
        row = np.zeros(len(nodes))
        for place, other in enumerate(nodes):
            above = other
            while above and above != node:
                above = parents[above]
            row[place] = float(above == node and own[other] > 0)
        inside[node] = row
    rows = {
        (sign, node): np.kron(np.eye(len(SIGNS))[k], inside[node]) for k, sign in enumerate(SIGNS) for node in nodes
    }
    known = [row for (sign, node), row in rows.items() if node not in suppressed[sign]]
    known += [sum(rows[sign, node] for sign in SIGNS) for node in nodes if node not in index_suppressed]
    return known, {f"{sign} of {node}": row for (sign, node), row in rows.items() if node in suppressed[sign]}


def ratings(raters, *, scores, contact):
    return Atom(raters, 1, scores, scores, contact)


def test_a_share_is_computed_where_both_of_its_numbers_are():
    """Told of more people the same number without contact is another share, though those people gave no score."""
    atoms = [ratings("a", scores=(8, 3), contact=(10, 1)), ratings("blank", scores=(0, 0), contact=(2, 0))]
    inner, same, wider = (
        CrossingCell(name, 0, frozenset((raters, 1) for raters in members))
        for name, members in (("inner", ["a"]), ("same", ["a"]), ("wider", ["a", "blank"]))
    )
    everything = {"figures": {"inner", "same", "wider"}, "min_group_size": MIN_GROUP_SIZE}
    assert leaks(atoms, [inner, same], **everything, shares={"same"}) == ["share inner"]
    assert leaks(atoms, [inner, wider], **everything, shares={"wider"}) == []
