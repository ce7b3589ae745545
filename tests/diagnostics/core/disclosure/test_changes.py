"""One to four who came, went or moved: their groups need twice the minimum, or one of them is suppressed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.core.disclosure.changes import (
    WaveBlocks,
    blocks_to_suppress,
    cohorts_between,
    compose,
    groups_of_a_few,
)
from diagnostics.core.disclosure.prediction import Cohort, TimedCell

K = 5


def blocks(**sizes):
    """Groups that are each published by themselves, and all of whose people answered."""
    return WaveBlocks(list(sizes), list(sizes.values()), list(sizes.values()))


def suppressed(before, now, moves, *, first=None, **named):
    """What is suppressed where the blocks of now have the order of their names, after `first`."""
    listed = sorted({block for block in now.blocks if block}, key=lambda block: (block != first, block))
    order = {block: place for place, block in enumerate(listed)}
    return blocks_to_suppress(before, now, moves, order=order, min_group_size=K, **named)


@pytest.mark.parametrize(("people", "found"), [(6, ["a"]), (7, ["a"]), (8, ["a"]), (9, []), (10, [])], ids=str)
def test_somebody_who_left_needs_some_nine_who_were_there(people, found):
    """1 / (n - .49 (n - 1)) is .219 of 8 and .197 of 9."""
    assert suppressed(blocks(a=people), blocks(a=people - 1), {(0, 0): people - 1}) == found


@pytest.mark.parametrize(("people", "found"), [(6, ["a"]), (8, ["a"]), (9, []), (10, [])])
def test_so_does_somebody_who_came(people, found):
    assert suppressed(blocks(a=people - 1), blocks(a=people), {(0, 0): people - 1}) == found


@pytest.mark.parametrize("changed", [1, 2, 3, 4])
def test_twice_the_minimum_is_enough_for_each_number_that_left(changed):
    for staying in range(10, 40):
        assert suppressed(blocks(a=staying + changed), blocks(a=staying), {(0, 0): staying}) == []


def test_without_changes_the_minimum_is_enough():
    assert suppressed(blocks(a=5, b=6), blocks(a=5, b=6), {(0, 0): 5, (1, 1): 6}) == []


def test_five_who_left_are_as_many_as_the_minimum():
    assert suppressed(blocks(a=11), blocks(a=6), {(0, 0): 6}) == []


@pytest.mark.parametrize("first", ["a", "b"])
def test_of_two_groups_of_a_move_the_first_in_order_is_suppressed(first):
    """Whichever has fewer people: by their number it would be the one that has."""
    for left, come in ((7, 8), (8, 7), (7, 21)):
        moves = {(0, 0): left, (0, 1): 1, (1, 1): come - 1}
        assert suppressed(blocks(a=left + 1, b=come - 1), blocks(a=left, b=come), moves, first=first) == [first]


def test_a_group_that_was_not_published_before_gives_nothing_away():
    before = WaveBlocks([None], [8], [8])
    assert suppressed(before, blocks(a=7), {(0, 0): 7}) == []


def test_answers_count_and_not_people():
    before, now = WaveBlocks(["a"], [7], [20]), WaveBlocks(["a"], [6], [19])
    assert suppressed(before, now, {(0, 0): 19}) == ["a"]


def test_suppression_between_two_waves_can_reveal_the_count():
    """Two came since 10 to 14 of 30 answered: docs/anonymity.md says so. A change that closes this changes the test."""
    for answered in range(10, 15):
        before = WaveBlocks(["a"], [answered], [30])
        found = {now: suppressed(before, WaveBlocks(["a"], [now], [32]), {(0, 0): 30}) for now in range(5, 10)}
        assert found == {5: ["a"], 6: [], 7: [], 8: [], 9: []}


def test_fewer_answers_can_reveal_less_of_somebody_who_left():
    before, moves = WaveBlocks(["a"], [8], [30]), {(0, 0): 29}
    found = {now: suppressed(before, WaveBlocks(["a"], [now], [29]), moves) for now in range(5, 10)}
    assert found == {5: [], 6: [], 7: ["a"], 8: ["a"], 9: []}


def test_who_answered_only_once_is_not_known():
    before, now = WaveBlocks(["a"], [9], [12]), WaveBlocks(["a"], [7], [12])
    cell = TimedCell("a", 0), TimedCell("a", 1)
    assert cohorts_between(before, now, {(0, 0): 12}, min_group_size=K) == [
        Cohort(7, frozenset(cell)),
        Cohort(2, frozenset(cell[:1]), known=False),
    ]
    assert suppressed(before, now, {(0, 0): 12}) == []


def test_what_is_left_of_a_division_is_a_block_like_any_other():
    """Two departments of four are published as their division only; one person left each."""
    before, now = WaveBlocks(["d", "d"], [4, 4], [4, 4]), WaveBlocks(["d", "d"], [3, 4], [3, 4])
    assert suppressed(before, now, {(0, 0): 3, (1, 1): 4}) == ["d"]


@pytest.mark.parametrize(("correlation", "found"), [(0.5, []), (0.7, ["a"]), (0.9, ["a"])])
def test_the_more_answers_stay_the_same_the_more_is_known(correlation, found):
    assert suppressed(blocks(a=8), blocks(a=7), {(0, 0): 7}, correlation=correlation) == found


@pytest.mark.parametrize(
    ("moves", "before", "now", "groups"),
    [
        ({(0, 0): 8, (1, 1): 9}, [8, 9], [8, 9], set()),
        ({(0, 0): 7, (1, 1): 9}, [8, 9], [7, 9], {0}),
        ({(0, 0): 8, (1, 1): 9}, [8, 9], [8, 10], {1}),
        ({(0, 0): 7, (0, 1): 1, (1, 1): 9}, [8, 9], [7, 10], {0, 1}),
        ({(0, 0): 8, (1, 1): 9}, [13, 9], [8, 14], set()),
    ],
    ids=["none", "left", "came", "moved", "five"],
)
def test_groups_that_a_few_came_to_or_left(moves, before, now, groups):
    assert groups_of_a_few(moves, before, now, min_group_size=K) == groups


def test_moves_of_two_steps_are_exact_where_groups_stay_whole():
    assert compose({(0, 0): 7, (1, 1): 9}, {(0, 0): 6, (1, 0): 1, (1, 1): 8}, [7, 9]) == {
        (0, 0): 6,
        (1, 0): 1,
        (1, 1): 8,
    }


ways = st.dictionaries(
    st.tuples(st.integers(0, 2), st.integers(0, 2)), st.integers(min_value=1, max_value=25), min_size=1
)


@given(ways, st.lists(st.integers(min_value=0, max_value=6), min_size=6, max_size=6))
def test_cohorts_add_up_to_the_respondents_of_every_block(moves, outside):
    """Where everybody answered; `outside` are those who went from and came to each of three groups."""
    went, came = outside[:3], outside[3:]
    before = [sum(count for (first, _), count in moves.items() if first == group) for group in range(3)]
    now = [sum(count for (_, last), count in moves.items() if last == group) for group in range(3)]
    first = blocks(**{name: count + more for name, count, more in zip("abc", before, went, strict=True)})
    last = blocks(**{name: count + more for name, count, more in zip("abc", now, came, strict=True)})
    found = cohorts_between(first, last, moves, min_group_size=K)
    assert all(cohort.known for cohort in found)
    for period, wave in enumerate((first, last)):
        for name, count in zip("abc", wave.respondents, strict=True):
            assert sum(cohort.people for cohort in found if TimedCell(name, period) in cohort.cells) == count
