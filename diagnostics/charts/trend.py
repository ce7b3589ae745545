"""One measure over the waves: a line inside the band of its 90 % intervals, with a gap where a wave is suppressed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils import timezone

from diagnostics.charts.scales import TICKS, Linear, points, runs
from diagnostics.core.alerts.stage import MIDDLE
from diagnostics.report.report import TrendPoint
from diagnostics.wording.suppression import gap_words, why_suppressed

_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 14, 12, 34
_LABELS_APART = 66


@dataclass(frozen=True)
class Size:
    """A canvas, in units of its own."""

    # From left to right.
    width: int
    # From top to bottom.
    height: int


WIDE = Size(1100, 280)
NARROW = Size(340, 230)


@dataclass(frozen=True)
class Mark:
    """One wave of the trend."""

    # Of the point.
    x: float
    # Of the point; None where the figure is suppressed.
    y: float | None
    # The low end of the interval of a wave between two gaps, where no band is drawn; else None.
    low: float | None
    # The high end, likewise.
    high: float | None
    # What is written under the wave; empty where there is no space.
    label: str
    # The wave and its figure in words.
    title: str
    # A diagnostics.choices Level; "" where there is none.
    level: str
    # What is written in place of a point; empty where there is one.
    gap: str


@dataclass(frozen=True)
class Flag:
    """Something that began between the waves."""

    # Where it began.
    x: float
    # Counts the flags from 1.
    number: int
    # The day and what began.
    title: str


@dataclass(frozen=True)
class Trend:
    """One measure over the waves: places in units of the canvas."""

    # The canvas.
    size: Size
    # The scale: (place, figure).
    ticks: tuple[tuple[float, int], ...]
    # The middle of the scale.
    middle: float
    # Of the plot.
    left: float
    # Of the plot.
    right: float
    # Of the plot.
    bottom: float
    # Attributes `points` of the intervals, one for each stretch of waves without a gap.
    bands: tuple[str, ...]
    # Attributes `points` of the figures, likewise.
    lines: tuple[str, ...]
    # The waves.
    marks: tuple[Mark, ...]
    # What began between them.
    flags: tuple[Flag, ...]
    # Of the plot.
    top: float
    # The whole trend in words.
    title: str


def trend(waves: Sequence[TrendPoint], size: Size = WIDE, begun: Sequence[tuple[dt.date, str]] = ()) -> Trend:
    """`begun` is what is marked on the trend, by the day it began: remedies."""
    x = Linear(0, max(len(waves) - 1, 0), _LEFT + 28, size.width - _RIGHT - 24)
    y = Linear(0, 100, size.height - _BOTTOM, _TOP)
    stretches = runs([wave.cell.value for wave in waves])
    return Trend(
        size=size,
        ticks=tuple((y(tick), tick) for tick in TICKS),
        middle=y(MIDDLE),
        left=_LEFT,
        right=size.width - _RIGHT,
        bottom=size.height - _BOTTOM,
        bands=tuple(_band(waves, stretch, x, y) for stretch in stretches if len(stretch) > 1),
        lines=tuple(
            points([(x(place), y(waves[place].cell.value or 0)) for place in stretch])
            for stretch in stretches
            if len(stretch) > 1
        ),
        marks=tuple(_mark(waves, place, x, y, alone=[place] in stretches) for place in range(len(waves))),
        flags=_flags(waves, begun, x, size.width - _RIGHT - 4),
        top=_TOP,
        title="; ".join(
            [*(_point_text(wave) for wave in waves), *(f"{day.isoformat()}: {what}" for day, what in begun)]
        ),
    )


def _flags(
    waves: Sequence[TrendPoint], begun: Sequence[tuple[dt.date, str]], x: Linear, right: float
) -> tuple[Flag, ...]:
    """Each between two waves, by its day; what began before the first wave or after the last is beside it."""
    days = [timezone.localdate(wave.opens_at) for wave in waves]
    return tuple(
        Flag(min(max(x(_place(days, day)), _LEFT + 12), right), number, f"{day.day} {day:%b %Y}: {what}")
        for number, (day, what) in enumerate(begun, start=1)
    )


def _place(days: Sequence[dt.date], day: dt.date) -> float:
    if day < days[0]:
        return -0.3
    for place, (start, end) in enumerate(pairwise(days)):
        if start <= day < end:
            return place + (day - start) / (end - start)
    return len(days) - 1 if day == days[-1] else len(days) - 1 + 0.3


def _band(waves: Sequence[TrendPoint], stretch: Sequence[int], x: Linear, y: Linear) -> str:
    upper = [(x(place), y(waves[place].cell.high or 0)) for place in stretch]
    lower = [(x(place), y(waves[place].cell.low or 0)) for place in reversed(stretch)]
    return points([*upper, *lower])


def _mark(waves: Sequence[TrendPoint], place: int, x: Linear, y: Linear, *, alone: bool) -> Mark:
    wave = waves[place]
    space = x(1) - x(0) if len(waves) > 1 else x.end
    # Counted from the last wave, so that the newest always has its label.
    every = max(1, round(_LABELS_APART / space + 0.49))
    labelled = (len(waves) - 1 - place) % every == 0
    cell, opens = wave.cell, timezone.localtime(wave.opens_at)
    return Mark(
        x=x(place),
        y=None if cell.value is None else y(cell.value),
        low=y(cell.low) if alone and cell.low is not None else None,
        high=y(cell.high) if alone and cell.high is not None else None,
        label=f"{opens.day} {opens:%b} ’{opens:%y}" if labelled else "",
        title=_point_text(wave),
        level=cell.level,
        gap="" if cell.shown else gap_words(cell),
    )


def _point_text(wave: TrendPoint) -> str:
    cell = wave.cell
    figure = f"{cell.text}, 90 % interval {cell.span}" if cell.shown else why_suppressed(cell)
    return f"wave {wave.wave_number}: {figure}"
