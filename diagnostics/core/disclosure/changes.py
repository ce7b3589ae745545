"""Who came, went or moved between two waves, as cohorts of what both publish; and whose figures tell too much of them.

Published cells of a tree are as good as its residuals (core.disclosure.tree): each group lies in one block, that of the
lowest published node above it. So two publications are two partitions of people, and who moved links them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from diagnostics.core.disclosure.prediction import CORRELATION, Cohort, TimedCell, exposed

_BEFORE, _NOW = 0, 1
# In a block before and in a block now; None is outside of what is published.
_BlockMove = tuple[str | None, str | None]


@dataclass(frozen=True)
class WaveBlocks:
    """What one wave publishes of one measure, by group."""

    # The block of each group: the id of the lowest published node that it is in; None where there is none.
    blocks: Sequence[str | None]
    # How many people of each group have the measure's score.
    respondents: Sequence[int]
    # How many were asked.
    people: Sequence[int]

    def by_block(self, counts: Iterable[int]) -> Counter[str]:
        """Sums of the groups' counts."""
        found: Counter[str] = Counter()
        for block, count in zip(self.blocks, counts, strict=True):
            if block is not None:
                found[block] += count
        return found


def cohorts_between(
    before: WaveBlocks, now: WaveBlocks, moves: Mapping[tuple[int, int], int], *, min_group_size: int
) -> list[Cohort]:
    """The people whom nothing published sets apart; `moves` are those asked in both, by places of their groups.

    Who answered is not known. The worst is taken: all of the few who came, went or moved did; and of the many who
    stayed as many as can have answered both times. Those who are left answered once; nobody knows who they are.
    """
    asked = _asked_by_move(before, now, moves)
    few = {move: count for move, count in asked.items() if count < min_group_size}
    many = {move: count for move, count in asked.items() if count >= min_group_size}
    answered = [
        _answered_of_many(wave.by_block(wave.respondents), few, many, side) for side, wave in enumerate((before, now))
    ]
    people = Counter(few)
    for move in many:
        people[move] = min(answered[side][move] for side in (_BEFORE, _NOW) if move[side] is not None)
    known = [Cohort(count, _cells(move)) for move, count in sorted(people.items(), key=str) if count]
    return [*known, *_left_over(before, _BEFORE, people), *_left_over(now, _NOW, people)]


def blocks_to_suppress(  # noqa: PLR0913 - all but the first three are named where it is called
    before: WaveBlocks,
    now: WaveBlocks,
    moves: Mapping[tuple[int, int], int],
    *,
    order: Mapping[str, int],
    min_group_size: int,
    correlation: float = CORRELATION,
) -> list[str]:
    """The first block of now of each cohort of whom too much can be inferred. Several may be too many.

    `order` has the place of each block of now. Never by the count itself: of two blocks of one band it would say which
    has fewer respondents.
    """
    cohorts = cohorts_between(before, now, moves, min_group_size=min_group_size)
    found = set()
    for number in exposed(cohorts, min_group_size=min_group_size, correlation=correlation):
        cells = cohorts[number].cells
        linked = {cell for cohort in cohorts if cohort.cells & cells for cell in cohort.cells}
        blocks = {cell.id for cell in cells | linked if cell.period == _NOW}
        if blocks:
            found.add(min(blocks, key=lambda block: (order[block], block)))
    return sorted(found)


def groups_of_a_few(
    moves: Mapping[tuple[int, int], int], before: Sequence[int], now: Sequence[int], *, min_group_size: int
) -> set[int]:
    """The groups of now that a few have come to, or whose people a few have left; by the people asked in each group."""
    went, came = Counter(dict(enumerate(before))), Counter(dict(enumerate(now)))
    touched_before: set[int] = set()
    touched: set[int] = set()
    for (first, last), count in moves.items():
        went[first] -= count
        came[last] -= count
        if count < min_group_size:
            touched_before.add(first)
            touched.add(last)
    touched_before |= {group for group, count in went.items() if 0 < count < min_group_size}
    touched |= {group for group, count in came.items() if 0 < count < min_group_size}
    return touched | {last for first, last in moves if first in touched_before}


def compose(
    earlier: Mapping[tuple[int, int], int], later: Mapping[tuple[int, int], int], people: Sequence[int]
) -> dict[tuple[int, int], int]:
    """Moves over two steps, from the moves of each; `people` are those asked in the groups between.

    Exact where the groups between have people of one group before only. Else as if they moved on in proportion.
    """
    onward: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (middle, last), count in later.items():
        onward[middle].append((last, count))
    found: dict[tuple[int, int], float] = defaultdict(float)
    for (first, middle), count in earlier.items():
        for last, going in onward[middle]:
            found[first, last] += count * going / max(people[middle], 1)
    return {move: round(count) for move, count in found.items() if round(count)}


def _asked_by_move(before: WaveBlocks, now: WaveBlocks, moves: Mapping[tuple[int, int], int]) -> Counter[_BlockMove]:
    asked: Counter[_BlockMove] = Counter()
    for (first, last), count in moves.items():
        asked[before.blocks[first], now.blocks[last]] += count
    went, came = before.by_block(before.people), now.by_block(now.people)
    for (first, last), count in moves.items():
        if (block := before.blocks[first]) is not None:
            went[block] -= count
        if (block := now.blocks[last]) is not None:
            came[block] -= count
    for block, count in went.items():
        asked[block, None] += count
    for block, count in came.items():
        asked[None, block] += count
    del asked[None, None]
    return Counter({move: count for move, count in asked.items() if count > 0})


def _left_over(wave: WaveBlocks, side: int, people: Mapping[_BlockMove, int]) -> list[Cohort]:
    """Those of each block who are in no other cohort of that time."""
    left = wave.by_block(wave.respondents)
    for move, count in people.items():
        if (block := move[side]) is not None:
            left[block] -= count
    return [
        Cohort(count, frozenset({TimedCell(block, side)}), known=False)
        for block, count in sorted(left.items())
        if count > 0
    ]


def _answered_of_many(
    respondents: Mapping[str, int], few: Mapping[_BlockMove, int], many: Mapping[_BlockMove, int], side: int
) -> dict[_BlockMove, int]:
    """How many of the large cohorts answered at one time, if all of the small ones did and the rest in proportion."""
    left, all_of = Counter(dict(respondents)), Counter[str]()
    for move, count in few.items():
        if (block := move[side]) is not None:
            left[block] -= count
    for move, count in many.items():
        if (block := move[side]) is not None:
            all_of[block] += count
    answered = {}
    for move, count in many.items():
        if (block := move[side]) is not None:
            answered[move] = min(count, round(max(left[block], 0) * count / all_of[block]))
    return answered


def _cells(move: _BlockMove) -> frozenset[TimedCell]:
    return frozenset(TimedCell(block, side) for side, block in enumerate(move) if block is not None)
