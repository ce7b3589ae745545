"""What may be shown, on trees small enough to be worked by hand."""

import pytest

from diagnostics.core.disclosure.audit import derivable
from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.core.disclosure.tree import TreeCell, suppress
from surveys.rules.limits import MIN_SHARE_SIZE


def table(**sizes):
    """Cells from parent_child=respondents; "a" is the root, "ab" a child of "a", and so on."""
    return [TreeCell(name, name[:-1] or None, size) for name, size in sizes.items()]


def leaking(cells, suppressed):
    return derivable(cells, {cell.id for cell in cells} - set(suppressed), min_group_size=5)


def test_groups_of_five_are_shown_and_groups_of_four_are_not():
    assert suppress(table(a=13, ab=4, ac=4, ad=5)) == {"ab": SuppressionRule.TOO_FEW, "ac": SuppressionRule.TOO_FEW}


def test_the_minimum_may_be_raised():
    assert suppress(table(a=13, ab=6, ac=7), min_group_size=7) == {
        "ab": SuppressionRule.TOO_FEW,
        "ac": SuppressionRule.COMPLEMENTARY,
    }


def test_the_minimum_may_not_be_lowered():
    with pytest.raises(ValueError, match="may be raised, never lowered"):
        suppress(table(a=9), min_group_size=4)


def test_a_suppressed_group_takes_the_first_sibling_in_the_order_along():
    def cells(first, second):
        counts = [("ab", 3, 0), ("ac", 12, first), ("ad", 15, second)]
        return [TreeCell("a", None, 30), *(TreeCell(name, "a", count, order=order) for name, count, order in counts)]

    assert suppress(cells(1, 2)) == {"ab": SuppressionRule.TOO_FEW, "ac": SuppressionRule.COMPLEMENTARY}
    assert suppress(cells(2, 1)) == {"ab": SuppressionRule.TOO_FEW, "ad": SuppressionRule.COMPLEMENTARY}


def test_the_minimum_alone_lets_the_small_group_be_computed():
    cells = table(a=30, ab=3, ac=12, ad=15)
    assert leaking(cells, ["ab"]) == ["ab"]
    assert leaking(cells, ["ab", "ac"]) == []


def test_ties_go_by_name_whatever_the_order_of_the_cells():
    cells = table(a=27, ab=3, ac=12, ad=12)
    assert (
        suppress(cells) == suppress(cells[::-1]) == {"ab": SuppressionRule.TOO_FEW, "ac": SuppressionRule.COMPLEMENTARY}
    )


def test_two_small_groups_that_cover_each_other_need_no_other():
    assert suppress(table(a=30, ab=3, ac=4, ad=23)) == {"ab": SuppressionRule.TOO_FEW, "ac": SuppressionRule.TOO_FEW}


def test_the_heads_own_people_are_protected_although_they_have_no_cell():
    # 2 people of "a" belong to neither "ab" nor "ac".
    cells = table(a=20, ab=8, ac=10)
    assert leaking(cells, []) == ["a"]
    assert suppress(cells) == {"ab": SuppressionRule.COMPLEMENTARY}


def test_a_small_group_costs_its_neighbour_and_that_ones_smallest_group():
    cells = table(a=40, ab=3, ac=37, acd=6, ace=11, acf=20)
    assert suppress(cells) == {
        "ab": SuppressionRule.TOO_FEW,
        "ac": SuppressionRule.COMPLEMENTARY,
        "acd": SuppressionRule.COMPLEMENTARY,
    }


def test_a_group_is_shown_again_once_a_later_decision_made_it_harmless():
    # Within "ab", "abc" is suppressed with "abd"; then "ab" itself has to be, and "abd" might as well be published.
    cells = table(a=20, ab=9, abc=3, abd=6, ae=2, af=9)
    suppressed = suppress(cells)
    assert suppressed == {
        "abc": SuppressionRule.TOO_FEW,
        "ae": SuppressionRule.TOO_FEW,
        "ab": SuppressionRule.COMPLEMENTARY,
    }
    assert leaking(cells, suppressed) == []


def test_nodes_without_respondents_are_suppressed_and_reveal_nothing():
    assert suppress(table(a=12, ab=0, ac=12)) == {"ab": SuppressionRule.TOO_FEW}


def alike(respondents, *counts, name, parent="a"):
    return TreeCell(name, parent, respondents, counts)


def test_a_group_that_answered_alike_cannot_be_computed_from_the_others():
    cells = [
        alike(28, 10, 10, 8, name="a", parent=None),
        alike(8, 0, 0, 8, name="ab"),
        alike(8, 4, 4, 0, name="ac"),
        alike(12, 6, 6, 0, name="ad"),
    ]
    assert suppress(cells) == {"ab": SuppressionRule.HOMOGENEOUS, "ac": SuppressionRule.COMPLEMENTARY}
    assert leaking(cells, ["ab"]) == ["ab"]


def test_people_without_a_cell_who_answered_alike_are_protected_too():
    cells = [
        alike(28, 10, 10, 8, name="a", parent=None),
        alike(8, 4, 4, 0, name="ac"),
        alike(12, 6, 6, 0, name="ad"),
    ]
    assert suppress(cells) == {"ac": SuppressionRule.COMPLEMENTARY}


def test_an_imposed_group_cannot_be_computed_from_what_is_around_it():
    cells = [
        TreeCell("a", None, 40),
        TreeCell("ab", "a", 10, imposed=SuppressionRule.COMPLEMENTARY),
        TreeCell("ac", "a", 12),
        TreeCell("ad", "a", 18),
    ]
    assert leaking(cells, ["ab"]) == ["ab"]
    assert suppress(cells) == {"ab": SuppressionRule.COMPLEMENTARY, "ac": SuppressionRule.COMPLEMENTARY}


def test_nor_a_large_one_whatever_copies_of_its_name_there_are():
    def named(*letters):
        return "".join(letters)

    cells = [
        TreeCell(named("a", "ll"), None, 900),
        TreeCell("sales", named("a", "ll"), 300, imposed=SuppressionRule.COMPLEMENTARY),
        TreeCell("plant", named("a", "ll"), 310, order=2),
        TreeCell("shops", named("a", "ll"), 290, order=1),
    ]
    assert suppress(cells) == {"sales": SuppressionRule.COMPLEMENTARY, "shops": SuppressionRule.COMPLEMENTARY}


def test_an_imposed_division_cannot_be_summed_from_its_groups():
    cells = [
        TreeCell("a", None, 40),
        TreeCell("ab", "a", 20, imposed=SuppressionRule.COMPLEMENTARY),
        TreeCell("abc", "ab", 8),
        TreeCell("abd", "ab", 12),
    ]
    assert leaking(cells, ["ab"]) == ["ab"]
    suppressed = suppress(cells)
    assert suppressed == {"ab": SuppressionRule.COMPLEMENTARY, "abc": SuppressionRule.COMPLEMENTARY}
    assert leaking(cells, suppressed) == []


def test_a_company_that_is_one_imposed_group_is_suppressed_too():
    assert suppress([TreeCell("a", None, 10), TreeCell("ab", "a", 10, imposed=SuppressionRule.COMPLEMENTARY)]) == {
        "a": SuppressionRule.COMPLEMENTARY,
        "ab": SuppressionRule.COMPLEMENTARY,
    }


def test_an_imposed_group_that_another_one_covers_costs_no_third():
    cells = [
        TreeCell("a", None, 40),
        TreeCell("ab", "a", 10, imposed=SuppressionRule.COMPLEMENTARY),
        TreeCell("ac", "a", 3),
        TreeCell("ad", "a", 27),
    ]
    assert suppress(cells) == {"ab": SuppressionRule.COMPLEMENTARY, "ac": SuppressionRule.TOO_FEW}
    assert leaking(cells, ["ab", "ac"]) == []


def test_a_share_needs_ten_answers():
    assert [suppress(table(a=people), min_group_size=MIN_SHARE_SIZE) for people in (9, 10)] == [
        {"a": SuppressionRule.TOO_FEW},
        {},
    ]


def test_a_company_of_many_groups_is_shown_whole():
    groups = [TreeCell(f"a{number}", "a", 5, (3, 2)) for number in range(300)]
    assert suppress([TreeCell("a", None, 1500, (900, 600)), *groups]) == {}


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([TreeCell("a", None, 5), TreeCell("a", None, 6)], "same id"),
        ([TreeCell("a", "z", 5)], "parent z, which is no cell"),
        ([TreeCell("a", "b", 5), TreeCell("b", "a", 5)], "a cycle"),
        (table(a=9, ab=5, ac=5), "fewer respondents than its children"),
        ([TreeCell("a", None, 5, (1, 2))], "do not add up"),
        ([TreeCell("a", None, 5, (3, 3))], "do not add up"),
        ([TreeCell("a", None, 5, (2, 3)), TreeCell("ab", "a", 5)], "count the same score values"),
        ([TreeCell("a", None, 5, (2, 3)), TreeCell("ab", "a", 5, (1, 2, 2))], "count the same score values"),
    ],
)
def test_cells_that_make_no_tree_are_refused(cells, message):
    with pytest.raises(ValueError, match=message):
        suppress(cells)
