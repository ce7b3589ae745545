"""Bands of raters on the pair map: those of a whole and of its groups, added up, leave three counts of each."""

import numpy as np

from diagnostics.choices import RaterKind
from diagnostics.core.disclosure.bands import plain_band
from diagnostics.scoring.pairs.ratings import rater_bands
from surveys.rules.limits import LEAST_COUNTS, MIN_GROUP_SIZE
from tests.diagnostics.scoring.pair_maps import pair_map

MAPS = 60


def plain_bands(cells, table):
    """The negative control: each band by itself."""
    return {
        cell.id: plain_band(table.raters_of(cell), table.people_of(cell), min_group_size=MIN_GROUP_SIZE)
        for cell in cells
    }


def counts_left(cells, table, bands):
    """How many counts are left of each group's raters, and of how many its band holds, by the bands of its wholes."""
    for whole in (cell for cell in cells if cell.rater_kind == RaterKind.EVERYBODY):
        parts = [cell for cell in cells if cell.rater_kind == RaterKind.GROUP and cell.members <= whole.members]
        low, high = (sum(bands[part.id][end] for part in parts) for end in (0, 1))
        for part in parts:
            band = bands[part.id]
            least = max(band.low, bands[whole.id].low - (high - band.high))
            most = min(band.high, bands[whole.id].high - (low - band.low))
            yield most - least + 1, band.high - band.low + 1


def narrowed(bands_of):
    """Of all groups in random maps: (how many keep fewer than three of their counts, all)."""
    found = [
        left < min(LEAST_COUNTS, counts)
        for seed in range(MAPS)
        for table, cells, _ in [pair_map(np.random.default_rng(seed))]
        for left, counts in counts_left(cells, table, bands_of(cells, table))
    ]
    return sum(found), len(found)


def test_sums_of_bands_leave_three_counts_of_each_group():
    joined, plain = narrowed(rater_bands), narrowed(plain_bands)
    print(f"\nfewer than three counts are left of {joined[0]} of {joined[1]} groups; with bands of five of {plain[0]}")
    assert joined[0] == 0
    assert plain[0] > 0


def test_a_direction_of_one_group_keeps_its_own_band():
    table, cells, _ = pair_map(np.random.default_rng(1))
    joined, plain = rater_bands(cells, table), plain_bands(cells, table)
    changed = {cell.rater_kind for cell in cells if joined[cell.id] != plain[cell.id]}
    assert RaterKind.GROUP not in changed
