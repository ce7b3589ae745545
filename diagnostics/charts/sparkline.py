"""A few waves in the size of a word, for the head of a page and, as a PNG, for mails."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from resvg_py import svg_to_bytes

from diagnostics.charts.scales import Linear, points, runs
from diagnostics.core.alerts.stage import MIDDLE

WIDTH, HEIGHT, MARGIN = 240, 60, 8
# Mail programs show the picture at half its size, so that it is sharp on dense screens.
ZOOM = 2


@dataclass(frozen=True)
class Sparkline:
    """A small line of figures over the waves."""

    # Attributes `points`, one for each stretch of waves without a gap.
    lines: tuple[str, ...]
    # Waves between two suppressed ones.
    dots: tuple[tuple[float, float], ...]
    # The newest figure; None where it is suppressed.
    last: tuple[float, float] | None
    # The middle of the scale.
    middle: float
    # Of the canvas.
    width: int = WIDTH
    # Of the canvas.
    height: int = HEIGHT


def sparkline(values: Sequence[int | None]) -> Sparkline:
    """`values` are 0-100, oldest first; None leaves a gap. All pictures have the same scale."""
    x = Linear(0, max(len(values) - 1, 0), MARGIN, WIDTH - MARGIN)
    y = Linear(0, 100, HEIGHT - MARGIN, MARGIN)
    places = [[(x(place), y(values[place] or 0)) for place in run] for run in runs(values)]
    ends_shown = bool(values) and values[-1] is not None
    return Sparkline(
        lines=tuple(points(run) for run in places if len(run) > 1),
        dots=tuple(run[0] for run in places if len(run) == 1),
        last=places[-1][-1] if ends_shown else None,
        middle=y(MIDDLE),
    )


def sparkline_png(values: Sequence[int | None]) -> bytes:
    """The sparkline as a picture without text on white, 480 × 120 pixels, to be shown at 240 × 60."""
    svg = render_to_string("diagnostics/figures/sparkline.svg", {"figure": sparkline(values)})
    return svg_to_bytes(svg_string=svg, background="#ffffff", zoom=ZOOM, skip_system_fonts=True)
