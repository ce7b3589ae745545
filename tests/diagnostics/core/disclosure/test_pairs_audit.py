"""On random companies nothing of the pair map leaks by arithmetic; by the minimum size alone most of them leak."""

import numpy as np

from diagnostics.core.disclosure.pairs import Atom, CrossingCell, suppress_crossing_cells
from diagnostics.core.disclosure.pairs_audit import leaks
from surveys.rules.limits import MIN_GROUP_SIZE
from tests.diagnostics.core.disclosure.decisions import by_size_alone, shown
from tests.diagnostics.core.pair_maps import random_map
from tests.tiers import LONG

COMPANIES = 1_000 if LONG else 300


def test_no_company_leaks_and_most_of_what_has_the_minimum_is_shown():
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
    leaking = [bool(leaks(*company, **by_size_alone(*company), min_group_size=MIN_GROUP_SIZE)) for company in companies]
    assert 0.85 < np.mean(leaking) < 0.95


def ratings(raters, *, scores, contact):
    return Atom(raters, 1, scores, scores, contact)


def test_a_share_is_computed_where_both_of_its_numbers_are():
    """Of more people the same number without contact is another share, though those people gave no score."""
    atoms = [ratings("a", scores=(8, 3), contact=(10, 1)), ratings("blank", scores=(0, 0), contact=(2, 0))]
    inner, same, wider = (
        CrossingCell(name, 0, frozenset((raters, 1) for raters in members))
        for name, members in (("inner", ["a"]), ("same", ["a"]), ("wider", ["a", "blank"]))
    )
    everything = {"figures": {"inner", "same", "wider"}, "min_group_size": MIN_GROUP_SIZE}
    assert leaks(atoms, [inner, same], **everything, shares={"same"}) == ["share inner"]
    assert leaks(atoms, [inner, wider], **everything, shares={"wider"}) == []
