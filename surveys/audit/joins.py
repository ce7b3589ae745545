"""From what each source says of two kinds of rows to guesses which belong together. Pure: no database, no file.

The attacker holds marks: numbers that a source gives to voters and to rows of answers. Rows of one cell (a reporting
group, say) cannot be told apart by what they say of themselves, so every guess stays inside a cell or ignores cells.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import TypeVar

from surveys.audit.chance import ceiling, expected

Guess = Mapping[str, str]
K = TypeVar("K", bound=Hashable)
_EVERYBODY = "everybody"


@dataclass(frozen=True)
class Marks:
    """What one source says of rows: a number by the row's id; the higher, the later.

    Marks of one `unit` (transaction, place in the log ...) can be compared between tables; others only by order.
    """

    source: str
    unit: str
    of: Mapping[str, int]


@dataclass(frozen=True)
class Electorate:
    """The judge's knowledge: whose row each one is, and the cell in which each row hides. Attackers see the cells."""

    what: str
    row_of: Mapping[str, str]
    cell_of_row: Mapping[str, str]

    def cell_of(self, voter: str) -> str:
        return self.cell_of_row[self.row_of[voter]]

    def hits(self, guess: Guess) -> int:
        return sum(self.row_of[voter] == row for voter, row in guess.items())


@dataclass(frozen=True)
class Attack:
    """One join of one source with another. `most` is the ceiling of chance for the best of all attacks tried."""

    what: str
    voters: str
    rows: str
    join: str
    guesses: int
    hits: int
    chance: float
    most: int

    @property
    def linked(self) -> bool:
        return self.hits > self.most

    @property
    def name(self) -> tuple[str, str, str, str]:
        return self.what, self.voters, self.rows, self.join


def attack(electorate: Electorate, voters: Iterable[Marks], rows: Iterable[Marks]) -> list[Attack]:
    """Every join of every source's marks of voters with every source's marks of rows."""
    tried = [
        (one, other, join, guess, draws)
        for one, other in product(list(voters), list(rows))
        for join, guess, draws in _joined(electorate, one, other)
    ]
    return [
        Attack(
            what=electorate.what,
            voters=one.source,
            rows=other.source,
            join=join,
            guesses=len(guess),
            hits=electorate.hits(guess),
            chance=expected(draws),
            most=ceiling(draws, attacks=len(tried)),
        )
        for one, other, join, guess, draws in tried
    ]


def _joined(electorate: Electorate, voters: Marks, rows: Marks) -> Iterator[tuple[str, Guess, list[tuple[int, int]]]]:
    """(join, guess, draws) for each join that the two sources allow."""
    people = [one for one in electorate.row_of if one in voters.of]
    papers = [one for one in electorate.cell_of_row if one in rows.of]
    if not people or not papers:
        return
    cells = _Cells(electorate.cell_of, people, electorate.cell_of_row.__getitem__, papers)
    whole = _Cells(lambda _: _EVERYBODY, people, lambda _: _EVERYBODY, papers)
    for scope, table in (("within each group", cells), ("over everybody", whole)):
        for direction, backwards in (("in order", False), ("in reverse order", True)):
            guess = table.guess(partial(_by_rank, of=voters.of, of_row=rows.of, backwards=backwards))
            yield f"{direction} {scope}", guess, table.draws(guess)
    if voters.unit == rows.unit:
        for join, match in (("the same number", _same), ("the nearest number", _nearest)):
            guess = cells.guess(partial(match, of=voters.of, of_row=rows.of))
            yield join, guess, cells.draws(guess)


class _Cells:
    """Voters and rows by cell."""

    def __init__(
        self,
        cell_of_voter: Callable[[str], str],
        voters: Iterable[str],
        cell_of_row: Callable[[str], str],
        rows: Iterable[str],
    ) -> None:
        self._voters, self._rows = _grouped(voters, cell_of_voter), _grouped(rows, cell_of_row)
        self._cell_of = cell_of_voter

    def guess(self, match: Callable[[list[str], list[str]], Guess]) -> dict[str, str]:
        whole: dict[str, str] = {}
        for cell, people in self._voters.items():
            whole |= match(people, self._rows.get(cell, []))
        return whole

    def draws(self, guess: Guess) -> list[tuple[int, int]]:
        made = _grouped(guess, self._cell_of)
        return [(min(len(people), len(self._rows[cell])), len(self._rows[cell])) for cell, people in made.items()]


def _by_rank(
    voters: list[str], rows: list[str], of: Mapping[str, int], of_row: Mapping[str, int], *, backwards: bool
) -> Guess:
    ordered = sorted(rows, key=lambda one: (of_row[one], one), reverse=backwards)
    return dict(zip(sorted(voters, key=lambda one: (of[one], one)), ordered, strict=False))


def _same(voters: list[str], rows: list[str], of: Mapping[str, int], of_row: Mapping[str, int]) -> Guess:
    by_mark = _grouped(sorted(rows), of_row.__getitem__)
    mine = _grouped(sorted(voters), of.__getitem__)
    return {one: row for mark, people in mine.items() for one, row in zip(people, by_mark.get(mark, []), strict=False)}


def _nearest(voters: list[str], rows: list[str], of: Mapping[str, int], of_row: Mapping[str, int]) -> Guess:
    ordered = sorted(rows, key=lambda one: (of_row[one], one))
    marks = [of_row[one] for one in ordered]

    def near(mark: int) -> str:
        after = bisect_left(marks, mark)
        around = [place for place in (after, after - 1) if 0 <= place < len(marks)]
        return ordered[min(around, key=lambda place: abs(marks[place] - mark))]

    return {one: near(of[one]) for one in voters} if rows else {}


def _grouped(ones: Iterable[str], key: Callable[[str], K]) -> dict[K, list[str]]:
    grouped: dict[K, list[str]] = defaultdict(list)
    for one in ones:
        grouped[key(one)].append(one)
    return grouped
