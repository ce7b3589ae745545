"""One figure with its 90 % interval on the scale from 0 to 100."""

from dataclasses import dataclass

from diagnostics.charts.scales import TICKS, Linear
from diagnostics.report.report import Cell
from diagnostics.wording.certainty import MIDDLE

WIDTH, HEIGHT, MARGIN = 240, 24, 14
_SCALE = Linear(0, 100, MARGIN, WIDTH - MARGIN)


@dataclass(frozen=True)
class IntervalBar:
    """Places from the left. The outer band is None where it is not known."""

    value: float
    low: float
    bar: float
    outer_low: float | None
    outer_high: float | None
    left: float
    right: float
    middle: float
    level: str
    title: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Axis:
    """`ticks` are (place, figure)."""

    ticks: tuple[tuple[float, int], ...]
    width: int = WIDTH
    height: int = HEIGHT


def interval(cell: Cell) -> IntervalBar | None:
    """None for a suppressed cell."""
    if cell.value is None or cell.low is None or cell.high is None:
        return None
    low, high = _SCALE(cell.low), _SCALE(cell.high)
    return IntervalBar(
        value=_SCALE(cell.value),
        low=low,
        bar=round(high - low, 1),
        outer_low=None if cell.outer_low is None else _SCALE(cell.outer_low),
        outer_high=None if cell.outer_high is None else _SCALE(cell.outer_high),
        left=_SCALE(0),
        right=_SCALE(100),
        middle=_SCALE(MIDDLE),
        level=cell.level,
        title=f"{cell.text} on a scale from 0 to 100, 90 % interval {cell.span}",
    )


def axis() -> Axis:
    """The scale that every interval is drawn on."""
    return Axis(tuple((_SCALE(tick), tick) for tick in TICKS))
