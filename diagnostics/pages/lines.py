"""A figure as the report's pages show it: its text, its drawing, and how sure it is in words."""

from dataclasses import dataclass

from diagnostics import charts
from diagnostics.report.cell import Cell
from diagnostics.wording.certainty import change_words, how_sure, how_sure_briefly


@dataclass(frozen=True)
class Line:
    """One figure. All texts are empty where it is suppressed."""

    # The figure with its label, level, and why it is suppressed.
    cell: Cell
    # The figure as it is read, like “47” or “≤ 5”.
    text: str
    # Its 90 % interval, like “41 to 53”.
    span: str
    # Its drawing; None where it is suppressed.
    figure: charts.IntervalBar | None
    # How sure it is, in whole sentences.
    sure: str
    # How sure it is, in a few words.
    sure_briefly: str
    # The change against the last published wave, like “up 3”; empty where there is none.
    change: str


def line_of(cell: Cell) -> Line:
    return Line(
        cell=cell,
        text=cell.text,
        span=cell.span,
        figure=charts.interval(cell),
        sure=how_sure(cell),
        sure_briefly=how_sure_briefly(cell),
        change=change_words(cell),
    )
