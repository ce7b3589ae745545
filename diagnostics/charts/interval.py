"""One figure with its 90 % interval on the scale from 0 to 100."""

from dataclasses import dataclass

from diagnostics.charts.scales import TICKS, Linear
from diagnostics.core.alerts.stage import MIDDLE
from diagnostics.report.cell import Cell

WIDTH, HEIGHT, MARGIN = 240, 24, 14
_SCALE = Linear(0, 100, MARGIN, WIDTH - MARGIN)


@dataclass(frozen=True)
class IntervalBar:
    """A figure with its interval: places in units of the canvas, from its left edge."""

    # The figure.
    value: float
    # Where the bar of the 90 % interval begins.
    low: float
    # How long the bar is.
    bar: float
    # Where the non-response band begins; None where it is not known.
    outer_low: float | None
    # Where the non-response band ends; None where it is not known.
    outer_high: float | None
    # 0 of the scale.
    left: float
    # 100 of the scale.
    right: float
    # The middle of the scale.
    middle: float
    # A diagnostics.choices Level; "" where there is none.
    level: str
    # The figure and its interval in words.
    title: str
    # Of the canvas.
    width: int = WIDTH
    # Of the canvas.
    height: int = HEIGHT


@dataclass(frozen=True)
class Axis:
    """The scale above the bars of a table."""

    # (place, figure).
    ticks: tuple[tuple[float, int], ...]
    # Of the canvas.
    width: int = WIDTH
    # Of the canvas.
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
