"""Shares "needed, but no contact" that tell no count, and are no sum of others."""

import numpy as np
import pytest

from diagnostics.choices import PairLevel
from diagnostics.core.disclosure.pairs import suppress_crossing_cells
from diagnostics.core.disclosure.pairs_audit import leaks
from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.scoring.key import NEEDED, WORKED, PairScoringKey
from diagnostics.scoring.pairs.ends import pair_ends
from diagnostics.scoring.pairs.ratings import RatingTable, rated_directions
from diagnostics.scoring.pairs.shares import suppress_contact_shares
from surveys.roster.tree import CompanyDepartments, DepartmentTree, group_key
from surveys.rules.limits import MIN_GROUP_SIZE
from surveys.selectors.results import FinalGroup, RatingBlock
from tests.adversary.inversion import bands

KEY = PairScoringKey(option_values=((0.0, 25.0, 50.0, 75.0, 100.0),), without_contact=100.0)
DIVISIONS = {1: None, 2: None} | {number: 1 + number % 2 for number in range(3, 11)}


def pair_map(rng):
    """Eight departments in two divisions, of which many rate each other: (table, cells, suppression)."""
    names = {number: f"D{number}" for number in DIVISIONS}
    groups = [
        FinalGroup(
            id=f"g{number}",
            key=group_key([number]),
            name=names[number],
            departments=(number,),
            parent=DIVISIONS[number],
            division=DIVISIONS[number],
            people=int(rng.integers(25, 60)),
        )
        for number in range(3, 11)
    ]
    blocks = [
        RatingBlock(group=group.id, division=None, counterpart=rated, answers=ratings(rng))
        for group in groups
        for rated in range(3, 11)
        if rated not in group.departments and rng.random() < 0.6
    ]
    departments = CompanyDepartments(names, DepartmentTree(DIVISIONS))
    ends = pair_ends(groups, departments, set(range(3, 11)), company="Northwind")
    table = RatingTable(KEY, ends, blocks)
    cells = rated_directions(table)
    suppression = suppress_crossing_cells(table.atoms, [cell.crossing_cell for cell in cells])
    return table, cells, suppression


def ratings(rng):
    count, avoided = int(rng.integers(5, 25)), rng.choice([0.1, 0.4, 0.7])
    worked = [bytes([WORKED, int(rng.integers(0, 5))]) for _ in range(count)]
    return b"".join(bytes([NEEDED, 255]) if rng.random() < avoided else rating for rating in worked)


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
                published += cell.level == PairLevel.GROUP
    assert published > 20
