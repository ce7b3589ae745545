"""The matrix of the pair map: rows are raters, columns are rated, with what replaces a suppressed direction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from diagnostics.charts.heatmap import ranges, shade
from diagnostics.choices import RaterKind
from diagnostics.core.disclosure.reasons import SuppressionReason
from diagnostics.report.pairs.model import Direction, End, PairMap
from diagnostics.wording.suppression import reason_words


class MatrixKind(StrEnum):
    """What a cell of the matrix shows."""

    DIRECT = "direct"
    # The direction of the two divisions is shown instead.
    BY_DIVISION = "division"
    SUPPRESSED = "suppressed"
    # A department about itself.
    SELF = "self"


@dataclass(frozen=True)
class MatrixCell:
    """One cell, as it is drawn and as it is read aloud."""

    # Whether there is a figure, and of what.
    kind: MatrixKind
    # The figure; empty where there is none.
    text: str = ""
    # 0 to 5, by the figure.
    shade: int = 0
    # All of it in words.
    words: str = ""
    # Why it is SUPPRESSED; None where it is not.
    reason: SuppressionReason | None = None


@dataclass(frozen=True)
class MatrixRow:
    """What one department says of the others."""

    # The department.
    end: End
    # One for each column.
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class Matrix:
    """The whole table. Only departments with a figure in their column or row have one."""

    # The departments that are rated, by name.
    columns: tuple[End, ...]
    # The departments that rate, by name.
    rows: tuple[MatrixRow, ...]
    # The last row: what all others say of each column.
    everybody: tuple[MatrixCell, ...]
    # The names of those that have no figure at all.
    left_out: tuple[str, ...]
    # For the key: each shade with its range.
    shades: tuple[tuple[int, str], ...]


def pair_matrix(pairs: PairMap) -> Matrix:
    """Rows and columns by name."""
    ends, directions = _groups(pairs), _Directions(pairs)
    columns = tuple(end for end in ends if end.key in directions.rated)
    rows = tuple(_rows(ends, directions))
    raters = {row.end.key for row in rows}
    return Matrix(
        columns=columns,
        rows=rows,
        everybody=tuple(directions.everybody_about(end) for end in columns),
        left_out=tuple(end.name for end in ends if end.key not in raters | directions.rated),
        shades=tuple(enumerate(ranges())),
    )


class _Directions:
    """Finds the directions of a cell: its own, and that of the two divisions."""

    def __init__(self, pairs: PairMap) -> None:
        self.own = _by_ends(pairs.directions_by(RaterKind.GROUP))
        self.everybody = {direction.rated.key: direction for direction in pairs.directions_by(RaterKind.EVERYBODY)}
        self.divisions = _by_ends(
            direction for direction in pairs.directions_by(RaterKind.DIVISION) if direction.cell.shown
        )
        # Divisions have no department in common.
        self.division_of = {
            department: end.key
            for direction in self.divisions.values()
            for end in (direction.rater, direction.rated)
            for department in end.departments
        }
        # The keys of departments with a figure of their own in their column.
        self.rated = {rated for (rater, rated), own in self.own.items() if rater != rated and own.cell.shown}
        self.rated |= {rated for rated, everybody in self.everybody.items() if everybody.cell.shown}

    def cell(self, rater: End, rated: End) -> MatrixCell:
        if rater.key == rated.key:
            return MatrixCell(MatrixKind.SELF, words="itself")
        own = self.own.get((rater.key, rated.key))
        if own and own.cell.shown:
            return _shown(own, MatrixKind.DIRECT)
        if instead := self._by_division(rater, rated):
            return _shown(instead, MatrixKind.BY_DIVISION, f"by division, {instead.cell.label}: ")
        # A direction that too few rated is not stored.
        reason = own.cell.reason if own else SuppressionReason.TOO_FEW
        return MatrixCell(MatrixKind.SUPPRESSED, words=reason_words(reason), reason=reason)

    def everybody_about(self, rated: End) -> MatrixCell:
        everybody = self.everybody.get(rated.key)
        if everybody and everybody.cell.shown:
            return _shown(everybody, MatrixKind.DIRECT)
        # What was rated at all has this direction: where it is not there, the reader may not see it.
        reason = everybody.cell.reason if everybody else SuppressionReason.OUTSIDE
        return MatrixCell(MatrixKind.SUPPRESSED, words=f"{rated.name}: {reason_words(reason)}", reason=reason)

    def _by_division(self, rater: End, rated: End) -> Direction | None:
        first, second = self._division(rater), self._division(rated)
        return self.divisions.get((first, second)) if first and second else None

    def _division(self, end: End) -> str:
        """The key of the division that has all departments of an end; empty where none has."""
        found = {self.division_of.get(department, "") for department in end.departments}
        return found.pop() if len(found) == 1 else ""


def _rows(ends: Sequence[End], directions: _Directions) -> Iterator[MatrixRow]:
    """The raters with any figure; of their cells only those in a column of the matrix."""
    for rater in ends:
        cells = {rated.key: directions.cell(rater, rated) for rated in ends}
        if any(cell.text for cell in cells.values()):
            yield MatrixRow(rater, tuple(cell for key, cell in cells.items() if key in directions.rated))


def _by_ends(directions: Iterable[Direction]) -> dict[tuple[str, str], Direction]:
    return {(direction.rater.key, direction.rated.key): direction for direction in directions}


def _groups(pairs: PairMap) -> list[End]:
    """Every group that rates or is rated, by name."""
    found: dict[str, End] = {}
    for direction in pairs.directions:
        for end in _groups_of(direction):
            found[end.key] = end
    return sorted(found.values(), key=lambda end: end.name)


def _groups_of(direction: Direction) -> Sequence[End]:
    if direction.rater_kind == RaterKind.GROUP:
        return direction.rater, direction.rated
    return (direction.rated,) if direction.rater_kind == RaterKind.EVERYBODY else ()


def _shown(direction: Direction, kind: MatrixKind, before: str = "") -> MatrixCell:
    cell = direction.cell
    return MatrixCell(kind, cell.text, shade(cell.value or 0), f"{before}likely {cell.span}")
