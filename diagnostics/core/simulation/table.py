"""The figures of a simulation as Markdown."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from diagnostics.core.simulation.checks import CheckedFigure


def table(sections: Mapping[str, Sequence[CheckedFigure]]) -> str:
    """A heading and a table for each section; a condition has one line, its figures the columns."""
    return "\n\n".join(f"### {title}\n\n{_section(rows)}" for title, rows in sections.items())


def _section(rows: Sequence[CheckedFigure]) -> str:
    figures = list(dict.fromkeys(row.figure for row in rows))
    lines = [["", *figures], ["---"] * (len(figures) + 1)]
    for condition, found in groupby(rows, key=lambda row: row.condition):
        by_figure = {row.figure: row for row in found}
        lines.append([condition, *(_cell(by_figure.get(figure)) for figure in figures)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(row: CheckedFigure | None) -> str:
    if row is None:
        return ""
    digits = 1 if row.value > 1 else 4 if row.value < 0.05 else 3
    least = 10.0**-digits
    error = f"{row.error:.{digits}f}" if row.error >= least / 2 else f"<{least:.{digits}f}"
    text = f"{row.value:.{digits}f} ± {error}"
    return text if row.kept else f"**{text}, missed: {_limit(row)}**"


def _limit(row: CheckedFigure) -> str:
    if row.low is not None and row.high is not None:
        return f"{row.low:g} to {row.high:g}"
    return f"{row.low:g} or more" if row.low is not None else f"{row.high:g} or less"
