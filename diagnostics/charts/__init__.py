"""Figures: each function turns readable figures into places on a canvas, and a template of the same name draws them.

Nothing here knows a request or a row of the database, so that pages and mails draw from the same functions.
"""

from diagnostics.charts.heatmap import HeatMap, heat_map
from diagnostics.charts.interval import Axis, IntervalBar, axis, interval
from diagnostics.charts.network import RINGS, Network, network
from diagnostics.charts.sparkline import Sparkline, sparkline, sparkline_png
from diagnostics.charts.trend import NARROW, WIDE, Trend, trend

__all__ = [
    "NARROW",
    "RINGS",
    "WIDE",
    "Axis",
    "HeatMap",
    "IntervalBar",
    "Network",
    "Sparkline",
    "Trend",
    "axis",
    "heat_map",
    "interval",
    "network",
    "sparkline",
    "sparkline_png",
    "trend",
]
