"""Which direction is suppressed with another one: by the bands of raters, then by chance, never by their number."""

from dataclasses import replace

import pytest

from diagnostics.core.disclosure.pairs import suppress_crossing_cells
from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.scoring.key import NEEDED, WORKED
from diagnostics.scoring.pairs.shares import suppress_contact_shares
from surveys.rules.limits import MISSING
from surveys.selectors.results import RatingBlock
from tests.diagnostics.scoring.pair_maps import judged_map, reporting_groups

# Who rates department 10: 3 and 5 in one band, 7 too few, so that one of the two goes along.
FIRST, SECOND, FEW, RATED = 3, 5, 7, 10
COUNTS = [(14, 10), (13, 11), (12, 12), (11, 13), (10, 14)]


def mapped(first, second, few):
    """(table, cells, suppression); a third of each needed contact and had none."""
    return map_of({rater: (count, count // 3) for rater, count in ((FIRST, first), (SECOND, second), (FEW, few))})


def map_of(raters):
    """(table, cells, suppression) of {group: (its raters of the department, those who needed contact and had none)}."""

    def answers(count, needed):
        worked = b"".join(bytes([WORKED, option % 5]) for option in range(count - needed))
        return worked + bytes([NEEDED, MISSING]) * needed

    blocks = [
        RatingBlock(group=f"g{rater}", division=None, counterpart=RATED, answers=answers(*counts))
        for rater, counts in raters.items()
    ]
    return judged_map(reporting_groups([30] * 8), blocks)


def suppressed_figures(table, cells, _):
    return frozenset(suppress_crossing_cells(table.atoms, [cell.crossing_cell for cell in cells]).figures)


def suppressed_shares(table, cells, suppression):
    return frozenset(suppress_contact_shares(cells, table, suppression))


def by_raters(table, cells, _):
    """Negative control: the direction with the most raters first."""
    listed = sorted(cells, key=lambda cell: (-table.raters_of(cell), cell.id))
    places = {cell.id: place for place, cell in enumerate(listed)}
    cells = [replace(cell, order=places[cell.id]) for cell in cells]
    return table, cells, suppress_crossing_cells(table.atoms, [cell.crossing_cell for cell in cells])


# Four raters; and eight, of whom no share is published.
@pytest.mark.parametrize(("few", "suppressed"), [(4, suppressed_figures), (8, suppressed_shares)])
def test_raters_within_a_band_do_not_change_which_direction_goes_along(few, suppressed):
    by_rule = {suppressed(*mapped(*counts, few)) for counts in COUNTS}
    by_number = {suppressed(*by_raters(*mapped(*counts, few))) for counts in COUNTS}
    assert {len(ids) for ids in by_rule} == {2}
    assert (len(by_rule), len(by_number)) == (1, 2)


def protecting_shares(table, cells, suppression):
    rules = suppress_contact_shares(cells, table, suppression)
    return frozenset(cell for cell, rule in rules.items() if rule == SuppressionRule.COMPLEMENTARY)


def test_raters_within_a_band_do_not_change_which_share_protects_a_sum():
    """25 % of 25-29 raters, and 30 % in each of two groups of 10-14: these can only be groups of 12 and 14.

    So the share of both together is suppressed. It is the sum of the two: so one of these is suppressed as well, which
    by the number would be that of the smaller group. Each may be published by the rules for single shares.
    """
    maps = [map_of({FIRST: (12, 3), SECOND: (14, 4)}), map_of({FIRST: (14, 4), SECOND: (12, 3)})]
    assert [suppression.shares for _, _, suppression in maps] == [{}, {}]
    by_rule = {protecting_shares(*judged) for judged in maps}
    by_number = {protecting_shares(*by_raters(*judged)) for judged in maps}
    assert {len(ids) for ids in by_rule | by_number} == {1}
    assert (len(by_rule), len(by_number)) == (1, 2)
