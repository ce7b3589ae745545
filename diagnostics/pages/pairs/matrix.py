"""The matrix of the pair map: rows say, columns are said of, with what stands in for a hidden direction."""

from collections.abc import Iterable
from dataclasses import dataclass

from diagnostics.charts.heatmap import ranges, shade
from diagnostics.choices import PairLevel
from diagnostics.core.disclosure.reasons import TOO_FEW
from diagnostics.report.pairs.model import Direction, End, PairMap

DIRECT, BY_DIVISION, HIDDEN, SELF = "direct", "division", "hidden", "self"
OUTSIDE = "outside your departments"


@dataclass(frozen=True)
class MatrixCell:
    """`kind` is DIRECT; BY_DIVISION, where the two divisions stand in; HIDDEN with its `reason`; or SELF.

    `words` say the whole of it for whoever hears the table.
    """

    kind: str
    text: str
    shade: int
    words: str


@dataclass(frozen=True)
class MatrixRow:
    end: End
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class Matrix:
    """`everybody` is the last row: what all others together say of each column. `left_out` have no figure at all."""

    columns: tuple[End, ...]
    rows: tuple[MatrixRow, ...]
    everybody: tuple[MatrixCell, ...]
    left_out: tuple[str, ...]
    shades: tuple[tuple[int, str], ...]


def matrix(pairs: PairMap) -> Matrix:
    ends = _groups(pairs)
    direct = {(one.rater.key, one.rated.key): one for one in pairs.at(PairLevel.GROUP)}
    everybody = {one.rated.key: one for one in pairs.at(PairLevel.EVERYBODY)}
    divisions = _Divisions(pairs.at(PairLevel.DIVISION))
    whole = {rater: {rated: _cell(ends[rater], ends[rated], direct, divisions) for rated in ends} for rater in ends}
    said = [key for key in ends if any(whole[key][other].kind in (DIRECT, BY_DIVISION) for other in ends)]
    heard = [
        key
        for key in ends
        if any(whole[other][key].kind == DIRECT for other in ends) or (key in everybody and everybody[key].cell.shown)
    ]
    return Matrix(
        columns=tuple(ends[key] for key in heard),
        rows=tuple(MatrixRow(ends[key], tuple(whole[key][other] for other in heard)) for key in said),
        everybody=tuple(_everybody(everybody.get(key), ends[key]) for key in heard),
        left_out=tuple(ends[key].name for key in ends if key not in said and key not in heard),
        shades=tuple(enumerate(ranges())),
    )


class _Divisions:
    """Finds what two departments' divisions say of each other."""

    def __init__(self, directions: Iterable[Direction]) -> None:
        self.shown = [one for one in directions if one.cell.shown]

    def between(self, rater: End, rated: End) -> Direction | None:
        return next(
            (
                one
                for one in self.shown
                if one.rater.departments >= rater.departments and one.rated.departments >= rated.departments
            ),
            None,
        )


def _groups(pairs: PairMap) -> dict[str, End]:
    """Every group that says or hears anything, by name."""
    found = {
        end.key: end
        for one in pairs.directions
        for level, end in ((PairLevel.GROUP, one.rater), (PairLevel.GROUP, one.rated), (PairLevel.EVERYBODY, one.rated))
        if one.level == level
    }
    return dict(sorted(found.items(), key=lambda pair: pair[1].name))


def _cell(rater: End, rated: End, direct: dict[tuple[str, str], Direction], divisions: _Divisions) -> MatrixCell:
    if rater.key == rated.key:
        return MatrixCell(SELF, "", 0, "itself")
    own = direct.get((rater.key, rated.key))
    if own and own.cell.shown:
        return _shown(own, DIRECT, "")
    instead = divisions.between(rater, rated)
    if instead:
        return _shown(instead, BY_DIVISION, f"by division, {instead.cell.label}: ")
    return MatrixCell(HIDDEN, "", 0, f"hidden to protect anonymity: {own.cell.reason if own else TOO_FEW}")


def _everybody(one: Direction | None, rated: End) -> MatrixCell:
    if one and one.cell.shown:
        return _shown(one, DIRECT, "")
    # Whatever was rated at all has this row: where it is not there, the reader may not see it.
    reason = f"hidden to protect anonymity: {one.cell.reason}" if one else OUTSIDE
    return MatrixCell(HIDDEN, "", 0, f"{rated.name}: {reason}")


def _shown(one: Direction, kind: str, before: str) -> MatrixCell:
    cell = one.cell
    return MatrixCell(kind, cell.text, shade(cell.value or 0), f"{before}likely {cell.span}")
