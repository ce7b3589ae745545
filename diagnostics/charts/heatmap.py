"""Departments × signs, as a table whose cells are shaded by their figure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_lowercase

from diagnostics.core.disclosure.reasons import SuppressionReason
from diagnostics.report.cell import Cell
from diagnostics.report.report import GroupRow
from diagnostics.wording.suppression import reason_words, why_suppressed

# A cell's shade is how many of these its figure reaches.
STEPS = (30, 40, 50, 60, 70)


@dataclass(frozen=True)
class HeatCell:
    """One figure of the heat map."""

    # The figure.
    cell: Cell
    # The figure as it is read; empty for a suppressed one.
    text: str
    # From 0 (lowest) to len(STEPS).
    shade: int
    # The mark of the reason, for a suppressed figure in a row that has others; else empty.
    mark: str


@dataclass(frozen=True)
class HeatRow:
    """The figures of one department."""

    # The department.
    group: GroupRow
    # One for each column.
    cells: tuple[HeatCell, ...]
    # Why the whole row is suppressed; else empty.
    suppressed: str


@dataclass(frozen=True)
class HeatMap:
    """The whole table."""

    # The names of the columns.
    columns: tuple[str, ...]
    # One for each department.
    rows: tuple[HeatRow, ...]
    # What the marks mean: (mark, reason in words).
    notes: tuple[tuple[str, str], ...]
    # What the shades mean: (shade, range of figures).
    shades: tuple[tuple[int, str], ...]


def heat_map(groups: Sequence[GroupRow]) -> HeatMap:
    """The groups in their order, with their index, if it was asked, and signs; causes are left out."""
    cells = [(*([group.index] if group.index.asked else []), *group.signs) for group in groups]
    marks = _marks(cell for row in cells if not _suppressed(row) for cell in row)
    return HeatMap(
        columns=tuple(cell.label for cell in cells[0]) if cells else (),
        rows=tuple(
            HeatRow(group, tuple(_heat_cell(cell, marks) for cell in row), _suppressed(row))
            for group, row in zip(groups, cells, strict=True)
        ),
        notes=tuple((mark, reason_words(reason)) for reason, mark in marks.items()),
        shades=tuple(enumerate(ranges())),
    )


def shade(value: int) -> int:
    return sum(value >= step for step in STEPS)


def _marks(cells: Iterable[Cell]) -> dict[SuppressionReason, str]:
    reasons = dict.fromkeys(cell.reason for cell in cells if cell.reason)
    return dict(zip(reasons, ascii_lowercase, strict=False))


def _heat_cell(cell: Cell, marks: dict[SuppressionReason, str]) -> HeatCell:
    if cell.value is None:
        return HeatCell(cell, "", 0, marks.get(cell.reason, "") if cell.reason else "")
    return HeatCell(cell, cell.text, shade(cell.value), "")


def _suppressed(cells: Sequence[Cell]) -> str:
    """All cells for one reason: then the row says it once."""
    reasons = {cell.reason for cell in cells}
    return why_suppressed(cells[0]) if len(reasons) == 1 and not any(cell.shown for cell in cells) else ""


def ranges() -> list[str]:
    inner = [f"{low}–{high - 1}" for low, high in pairwise(STEPS)]
    return [f"under {STEPS[0]}", *inner, f"{STEPS[-1]} and more"]
