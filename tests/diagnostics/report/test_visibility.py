"""The rule of who may see what: a reader sees a figure only where all its people are the reader's."""

import pytest

from diagnostics.choices import RaterKind
from diagnostics.report.visibility import may_see, may_see_direction, may_see_pair, may_see_reason, may_see_remedy

SALES, MARKETING, LOGISTICS = 1, 2, 3
HR = None
LEADER = frozenset({SALES, MARKETING})
COMPANY = [SALES, MARKETING, LOGISTICS]


@pytest.mark.parametrize(
    ("departments", "within", "seen"),
    [
        ([SALES], LEADER, True),
        ([SALES, MARKETING], LEADER, True),
        ([LOGISTICS], LEADER, False),
        # A pooled group of which a part is the leader's.
        ([MARKETING, LOGISTICS], LEADER, False),
        # The row of the whole company.
        (COMPANY, LEADER, False),
        (COMPANY, frozenset(COMPANY), True),
        # A leader without departments, and a row that names none.
        ([SALES], frozenset(), False),
        ([], LEADER, False),
        ([], frozenset(), False),
        ([], HR, True),
        (COMPANY, HR, True),
    ],
)
def test_a_group_is_seen_where_all_its_people_are_the_readers(departments, within, seen):
    assert may_see(departments, within) is seen


@pytest.mark.parametrize(
    ("rater_kind", "rater", "rated", "within", "seen"),
    [
        (RaterKind.GROUP, [SALES], [LOGISTICS], LEADER, True),
        (RaterKind.GROUP, [LOGISTICS], [SALES], LEADER, False),
        (RaterKind.GROUP, [SALES, LOGISTICS], [MARKETING], LEADER, False),
        (RaterKind.DIVISION, [SALES, MARKETING], [LOGISTICS], LEADER, True),
        (RaterKind.DIVISION, [LOGISTICS], [SALES, MARKETING], LEADER, False),
        (RaterKind.EVERYBODY, COMPANY, [SALES], LEADER, True),
        (RaterKind.EVERYBODY, COMPANY, [LOGISTICS], LEADER, False),
        (RaterKind.EVERYBODY, COMPANY, [SALES, LOGISTICS], LEADER, False),
        (RaterKind.GROUP, [LOGISTICS], [SALES], HR, True),
    ],
)
def test_a_direction_is_seen_by_its_raters_side(rater_kind, rater, rated, within, seen):
    assert may_see_direction(rater_kind, rater, rated, within) is seen


@pytest.mark.parametrize(
    ("first", "second", "within", "seen"),
    [
        ([SALES], [MARKETING], LEADER, True),
        ([SALES], [LOGISTICS], LEADER, False),
        ([LOGISTICS], [SALES], LEADER, False),
        ([SALES], [MARKETING, LOGISTICS], LEADER, False),
        ([SALES], [LOGISTICS], HR, True),
    ],
)
def test_a_pair_is_seen_where_both_sides_are(first, second, within, seen):
    assert may_see_pair(first, second, within) is seen


@pytest.mark.parametrize(
    ("sides", "within", "remedy", "reason"),
    [
        ([[SALES], [MARKETING]], LEADER, True, True),
        ([[SALES], [LOGISTICS]], LEADER, True, False),
        ([[LOGISTICS], [SALES]], LEADER, True, False),
        ([[LOGISTICS], [4]], LEADER, False, False),
        ([[SALES, LOGISTICS], [4]], LEADER, False, False),
        # With the whole company there is one side.
        ([[SALES]], LEADER, True, True),
        ([[LOGISTICS]], LEADER, False, False),
        ([[LOGISTICS], [4]], HR, True, True),
    ],
)
def test_a_remedy_is_seen_by_either_side_and_its_reason_by_both(sides, within, remedy, reason):
    assert (may_see_remedy(sides, within), may_see_reason(sides, within)) == (remedy, reason)
