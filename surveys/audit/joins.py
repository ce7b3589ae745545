"""From what each source says of two kinds of rows to guesses which belong together. Pure: no database, no file.

The attacker holds marks: numbers that a source gives to voters and to rows of answers. Rows of one cell (a reporting
group, say) look alike by themselves, so every guess stays inside a cell or ignores cells.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import NamedTuple, TypeVar

from surveys.audit.chance import ceiling, expected
from surveys.audit.codes import AttackGoal, MarkPlace, RowKind

Guess = Mapping[str, str]
K = TypeVar("K", bound=Hashable)


class SourceName(NamedTuple):
    """Where marks are from."""

    # What was read.
    place: MarkPlace
    # Which of its numbers.
    detail: str = ""
    # Of what kind of rows; None where the numbers are of no rows, or are still to be told apart.
    rows: RowKind | None = None


@dataclass(frozen=True)
class Marks:
    """What one source says of rows."""

    # Where the numbers are from.
    source: SourceName
    # What the numbers count (transactions, places in the log ...). Those of one unit can be compared between tables;
    # others only by order.
    unit: str
    # A number by the row's id; the higher, the later.
    of: Mapping[str, int]


@dataclass(frozen=True)
class Electorate:
    """The judge's knowledge. Attackers see the cells alone."""

    # What an attacker wants to find out.
    goal: AttackGoal
    # Each voter's row.
    row_of: Mapping[str, str]
    # The cell in which each row hides.
    cell_of_row: Mapping[str, str]

    def cell_of(self, voter: str) -> str:
        return self.cell_of_row[self.row_of[voter]]

    def hits(self, guess: Guess) -> int:
        return len(guess.items() & self.row_of.items())


@dataclass(frozen=True)
class Attack:
    """One join of one source with another."""

    # What it wants to find out.
    goal: AttackGoal
    # The source of marks of the voters.
    voters: SourceName
    # The source of marks of the rows.
    rows: SourceName
    # How the two are joined.
    join: str
    guesses: int
    # How many of the guesses are right.
    hits: int
    # How many right ones somebody expects who knows nothing.
    chance: float
    # The ceiling of chance for the best of all attacks tried.
    most: int

    @property
    def linked(self) -> bool:
        return self.hits > self.most

    @property
    def name(self) -> tuple[AttackGoal, SourceName, SourceName, str]:
        return self.goal, self.voters, self.rows, self.join


def attack(electorate: Electorate, voters: Iterable[Marks], rows: Iterable[Marks]) -> list[Attack]:
    """Every join of every source's marks of voters with every source's marks of rows."""
    people = [_Ranked(marks, electorate.row_of, electorate.cell_of) for marks in voters]
    papers = [_Ranked(marks, electorate.cell_of_row, electorate.cell_of_row.__getitem__) for marks in rows]
    tried = [
        (ranked_people.marks, ranked_papers.marks, *joined)
        for ranked_people, ranked_papers in product(people, papers)
        if ranked_people.all and ranked_papers.all
        for joined in _joined(ranked_people, ranked_papers)
    ]
    return [
        Attack(
            goal=electorate.goal,
            voters=voter_marks.source,
            rows=row_marks.source,
            join=join,
            guesses=len(guess),
            hits=electorate.hits(guess),
            chance=expected(draws),
            most=ceiling(draws, attacks=len(tried)),
        )
        for voter_marks, row_marks, join, guess, draws in tried
    ]


class _Ranked:
    """The voters, or the rows, of which one source says something, in its order: all of them, and cell by cell.

    Ranked once for each source, since each is joined with every other.
    """

    def __init__(self, marks: Marks, ids: Iterable[str], cell_of: Callable[[str], str]) -> None:
        self.marks = marks
        self.all = sorted((pk for pk in ids if pk in marks.of), key=lambda pk: (marks.of[pk], pk))
        self.by_cell = _grouped(self.all, cell_of)


def _joined(voters: _Ranked, rows: _Ranked) -> Iterator[tuple[str, Guess, list[tuple[int, int]]]]:
    """(join, guess, draws) for each join that the two sources allow."""
    cells = [(people, rows.by_cell.get(cell, [])) for cell, people in voters.by_cell.items()]
    for scope, parts in (("within each group", cells), ("over everybody", [(voters.all, rows.all)])):
        yield f"in order {scope}", *_guessed(parts, _in_order)
        yield f"in reverse order {scope}", *_guessed(parts, _in_reverse_order)
    if voters.marks.unit == rows.marks.unit:
        for join, match in (("the same number", _same), ("the nearest number", _nearest)):
            yield join, *_guessed(cells, partial(match, of=voters.marks.of, of_row=rows.marks.of))


def _guessed(
    parts: Iterable[tuple[list[str], list[str]]], match: Callable[[list[str], list[str]], Iterable[tuple[str, str]]]
) -> tuple[Guess, list[tuple[int, int]]]:
    """Of parts in each of which people and papers are in the order of their marks."""
    whole: dict[str, str] = {}
    draws = []
    for people, papers in parts:
        if guess := dict(match(people, papers)):
            whole |= guess
            draws.append((min(len(guess), len(papers)), len(papers)))
    return whole, draws


def _in_order(people: list[str], papers: list[str]) -> Iterator[tuple[str, str]]:
    return zip(people, papers, strict=False)


def _in_reverse_order(people: list[str], papers: list[str]) -> Iterator[tuple[str, str]]:
    return zip(people, reversed(papers), strict=False)


def _same(
    people: list[str], papers: list[str], of: Mapping[str, int], of_row: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    by_mark = _grouped(papers, of_row.__getitem__)
    for mark, people_of_mark in _grouped(people, of.__getitem__).items():
        yield from zip(people_of_mark, by_mark.get(mark, []), strict=False)


def _nearest(
    people: list[str], papers: list[str], of: Mapping[str, int], of_row: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    marks = [of_row[paper] for paper in papers]

    def near(mark: int) -> str:
        after = bisect_left(marks, mark)
        around = [place for place in (after, after - 1) if 0 <= place < len(marks)]
        return papers[min(around, key=lambda place: abs(marks[place] - mark))]

    return ((person, near(of[person])) for person in people if papers)


def _grouped(ids: Iterable[str], key: Callable[[str], K]) -> dict[K, list[str]]:
    grouped: dict[K, list[str]] = defaultdict(list)
    for pk in ids:
        grouped[key(pk)].append(pk)
    return grouped
