"""Shares "needed, but no contact" that tell no count, and are no sum of others."""

import numpy as np
import pytest

from diagnostics.choices import RaterKind
from diagnostics.core.disclosure.pairs_audit import leaks
from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.scoring.pairs.shares import suppress_contact_shares
from surveys.rules.limits import MIN_GROUP_SIZE
from tests.adversary.inversion import bands
from tests.diagnostics.scoring.pair_maps import pair_map


@pytest.mark.parametrize("seed", range(8))
def test_no_suppressed_share_is_a_sum_of_published_ones(seed):
    table, cells, suppression = pair_map(np.random.default_rng(seed))
    rules = suppress_contact_shares(cells, table, suppression)
    found = leaks(
        table.atoms,
        [cell.crossing_cell for cell in cells],
        figures={cell.id for cell in cells} - set(suppression.figures),
        shares={cell.id for cell in cells} - set(rules),
        min_group_size=MIN_GROUP_SIZE,
    )
    assert [name for name in found if name.startswith("share")] == []
    own = {SuppressionRule.NARROW_BAND, SuppressionRule.TOO_FEW_FOR_SHARE, SuppressionRule.HOMOGENEOUS}
    assert own & set(rules.values())


def test_each_published_share_has_a_band_from_ten_on_that_holds_three():
    published = 0
    for seed in range(8):
        table, cells, suppression = pair_map(np.random.default_rng(seed))
        rules = suppress_contact_shares(cells, table, suppression)
        for cell in cells:
            if cell.id not in rules:
                count, people = table.contact_raters_of(cell), table.contact_people_of(cell)
                low, high = next(band for band in bands(people) if band[0] <= count <= band[1])
                assert (low >= 10, high - low >= 2) == (True, True)
                published += cell.rater_kind == RaterKind.GROUP
    assert published > 20
