"""What each cell of the matrix shows, and what replaces a suppressed direction."""

from diagnostics.core.disclosure.reasons import SuppressionReason
from diagnostics.pages.pairs.matrix import pair_matrix
from diagnostics.report.cell import Cell
from diagnostics.report.pairs.model import Direction, End, PairMap

SALES, SHOPS, PLANT, LAB = (
    End(name, name, "group", frozenset({number})) for number, name in enumerate(("Sales", "Shops", "Plant", "Lab"), 1)
)
# Two departments of different divisions that are pooled.
POOL = End("Pool", "Pool", "group", frozenset({5, 6}))
COMMERCIAL = End("Commercial", "Commercial", "division", frozenset({1, 2, 5}))
OPERATIONS = End("Operations", "Operations", "division", frozenset({3, 4, 6}))
COMPANY = End("company", "Company", "company", frozenset(range(1, 7)))
PROTECTED = SuppressionReason.PROTECTED


def direction(rater_kind, rater, rated, value=None, reason=PROTECTED):
    status, reason = ("published", None) if value else ("suppressed", reason)
    low, high = (value - 5, value + 5) if value else (None, None)
    cell = Cell("pair", f"{rater.name} about {rated.name}", status, reason, value, low, high)
    return Direction(rater_kind, rater, rated, cell, cell, None, "", None)


def drawn(*directions):
    """The cells by the names of row and column, and the matrix."""
    matrix = pair_matrix(PairMap(directions))
    columns = [end.name for end in matrix.columns]
    cells = {
        (row.end.name, column): cell for row in matrix.rows for column, cell in zip(columns, row.cells, strict=True)
    }
    return cells | {("Everybody", name): cell for name, cell in zip(columns, matrix.everybody, strict=True)}, matrix


def test_a_direction_is_shown_or_its_divisions_are_or_the_reason_is():
    cells, matrix = drawn(
        direction("group", SALES, PLANT, 60),
        direction("group", SHOPS, PLANT),
        direction("group", PLANT, SALES, 40),
        direction("division", COMMERCIAL, OPERATIONS, 55),
        direction("everybody", COMPANY, PLANT, 50),
        direction("everybody", COMPANY, SALES),
    )
    assert (cells["Sales", "Plant"].kind, cells["Sales", "Plant"].text) == ("direct", "60")
    assert (cells["Shops", "Plant"].kind, cells["Shops", "Plant"].text) == ("division", "55")
    assert (cells["Plant", "Plant"].kind, cells["Plant", "Plant"].text) == ("self", "")
    assert (cells["Everybody", "Plant"].kind, cells["Everybody", "Plant"].text) == ("direct", "50")
    assert (cells["Everybody", "Sales"].kind, cells["Everybody", "Sales"].reason) == ("suppressed", PROTECTED)
    assert [end.name for end in matrix.columns] == ["Plant", "Sales"]
    assert matrix.left_out == ()


def test_a_direction_that_is_not_stored_had_too_few_ratings():
    cells, _ = drawn(direction("group", SALES, PLANT, 60), direction("group", PLANT, LAB, 60))
    assert (cells["Sales", "Lab"].kind, cells["Sales", "Lab"].reason) == ("suppressed", "too_few")
    assert (cells["Plant", "Lab"].kind, cells["Plant", "Lab"].reason) == ("direct", None)


def test_what_everybody_rated_is_outside_for_readers_without_access():
    cells, _ = drawn(direction("group", SALES, PLANT, 60))
    assert (cells["Everybody", "Plant"].kind, cells["Everybody", "Plant"].reason) == ("suppressed", "outside")


def test_no_division_replaces_a_pool_of_two_divisions():
    cells, _ = drawn(
        direction("group", SALES, PLANT, 60),
        direction("group", POOL, SALES, 45),
        direction("group", POOL, PLANT),
        direction("division", COMMERCIAL, OPERATIONS, 55),
    )
    assert (cells["Pool", "Plant"].kind, cells["Pool", "Plant"].reason) == ("suppressed", PROTECTED)


def test_departments_without_any_figure_are_left_out():
    _, matrix = drawn(direction("group", SALES, PLANT, 60), direction("group", SHOPS, LAB))
    assert [row.end.name for row in matrix.rows] == ["Sales"]
    assert set(matrix.left_out) == {"Shops", "Lab"}
