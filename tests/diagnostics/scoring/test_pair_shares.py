"""Shares "needed, but no contact" that tell no count, and are no sum of others."""

from dataclasses import replace

import numpy as np
import pytest

from diagnostics.choices import RaterKind
from diagnostics.core.disclosure.pairs_audit import leaks
from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.core.disclosure.share_sums import ShareNode, counts_left
from diagnostics.core.disclosure.shares import coarse_percent
from diagnostics.scoring.key import NEEDED, WORKED
from diagnostics.scoring.pairs.shares import suppress_contact_shares
from surveys.rules.limits import MIN_GROUP_SIZE, MISSING
from surveys.rules.rounding import Band, band_of
from tests.adversary.inversion import bands
from tests.diagnostics.scoring.pair_maps import pair_map

# A minimum group size above the one that is promised.
EIGHT = 8


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


def few_or_many(rng):
    """Ratings of one direction: under a minimum of eight often too few, else near the ends of bands."""
    count, avoided = int(rng.choice([3, 6, 7, 10, 11, 14, 14, 15, 19])), rng.choice([0.1, 0.4, 0.7])
    return b"".join(
        bytes([NEEDED, MISSING]) if rng.random() < avoided else bytes([WORKED, int(rng.integers(0, 5))])
        for _ in range(count)
    )


def share_nodes(whole, cells, table, rules):
    """What is published of a whole, of the groups' directions in it and of those stored by division, by own bands."""

    def node(name, parent, raters, people, percent=None):
        if raters < EIGHT:
            return ShareNode(name, parent, Band(0, EIGHT - 1), None)
        return ShareNode(name, parent, band_of(raters, people, min_group_size=EIGHT), percent)

    parts = [cell for cell in cells if cell.rater_kind == RaterKind.GROUP and cell.members <= whole.members]
    nodes = []
    for name, parent, cell in [("whole", None, whole), *((part.id, "whole", part) for part in parts)]:
        had, needed = table.contact_of(cell)
        made = node(name, parent, table.contact_raters_of(cell), table.contact_people_of(cell))
        percent = None if cell.id in rules else coarse_percent(needed, had + needed, made.band)
        nodes.append(replace(made, percent=percent))
    rest = sum(table.contact_of(whole)) - sum(sum(table.contact_of(part)) for part in parts)
    return [*nodes, node("rest", "whole", rest, None)] if rest else nodes


@pytest.mark.parametrize("few", [0, EIGHT], ids=["by group", "the few by division"])
def test_under_a_higher_minimum_sums_of_shares_leave_three_counts(few):
    """Of six raters under a minimum of eight all that is published is that they are fewer: not that they are 5 to 9."""
    judged = 0
    for seed in range(30):
        table, cells, suppression = pair_map(np.random.default_rng(seed), least=EIGHT, draw=few_or_many, few=few)
        rules = suppress_contact_shares(cells, table, suppression)
        for whole in cells:
            alone = sum(table.contact_of(whole)) == table.contact_raters_of(whole)
            if whole.rater_kind != RaterKind.GROUP and whole.id not in rules and alone:
                nodes = share_nodes(whole, cells, table, rules)
                parts = {made.id: [other.id for other in nodes if other.parent == made.id] for made in nodes}
                left = counts_left({made.id: made for made in nodes}, parts, "whole")
                assert min(len(left[made.id]) for made in nodes if made.counted) >= 3
                judged += any(made.band == (0, EIGHT - 1) for made in nodes)
    assert judged > 20
