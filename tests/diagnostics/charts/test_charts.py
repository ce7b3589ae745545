import datetime as dt
import struct
import uuid
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from diagnostics import charts
from diagnostics.charts.heatmap import shade
from diagnostics.charts.scales import Linear, runs
from diagnostics.core.disclosure.reasons import SuppressionReason
from diagnostics.report.cell import Cell
from diagnostics.report.report import GroupRow, TrendPoint
from tests.diagnostics.report_rows import RESPONSE

SVG = "{http://www.w3.org/2000/svg}"


def cell(value=None, *, margin=6, reason="", measure="index", **fields):
    if value is None:
        return Cell(measure, measure, "suppressed", reason or SuppressionReason.TOO_FEW)
    return Cell(measure, measure, "published", "", value, value - margin, value + margin, **fields)


def wave(number, value):
    opens = dt.datetime(2026, number, 5, 9, tzinfo=dt.UTC)
    return TrendPoint(uuid.UUID(int=number), number, opens, cell(value))


def group(name, *cells):
    return GroupRow(name, name, "group", None, 1, RESPONSE, False, cells[0], cells[1:])


def drawn(template, figure):
    return ET.fromstring(render_to_string(f"diagnostics/figures/{template}.svg", {"figure": figure}))  # noqa: S314


def elements(svg, name):
    return svg.findall(f".//{SVG}{name}") or svg.findall(f".//{name}")


def test_a_scale_maps_both_ways_and_a_single_place_to_the_middle():
    down = Linear(0, 100, 200, 0)
    assert [down(figure) for figure in (0, 25, 100)] == [200, 150, 0]
    assert Linear(0, 0, 10, 30)(0) == 20


def test_runs_end_at_every_gap():
    assert runs([3, 4, None, 5, None]) == [[0, 1], [3]]
    assert runs([None]) == []


def test_an_interval_is_where_its_figures_are():
    figure = charts.interval(cell(50, margin=10, outer_low=35, outer_high=65, level="at_risk"))
    assert (figure.value, figure.middle) == (120, 120)
    assert (figure.low, figure.low + figure.bar) == (98.8, 141.2)
    assert (figure.outer_low, figure.outer_high) == (88.2, 151.8)
    svg = drawn("interval", figure)
    assert svg.get("class") == "figure-interval level-at_risk"
    assert [title.text for title in elements(svg, "title")] == ["50 on a scale from 0 to 100, 90 % interval 40 to 60"]


def test_a_suppressed_cell_has_no_figure():
    assert charts.interval(cell()) is None


def test_the_axis_has_the_places_of_the_intervals():
    places = {figure: place for place, figure in charts.axis().ticks}
    assert places[50] == charts.interval(cell(50)).value


def test_a_trend_breaks_at_a_suppressed_wave_and_gives_the_reason():
    figure = charts.trend([wave(1, 40), wave(2, 44), wave(3, None), wave(4, 60)])
    assert (len(figure.lines), len(figure.bands)) == (1, 1)
    assert [mark.y is None for mark in figure.marks] == [False, False, True, False]
    assert figure.title == (
        "wave 1: 40, 90 % interval 34 to 46; wave 2: 44, 90 % interval 38 to 50; "
        "wave 3: Too few answers; wave 4: 60, 90 % interval 54 to 66"
    )
    svg = drawn("trend", figure)
    assert [text.text for text in elements(svg, "text") if text.get("class") == "fig-suppressed"] == ["suppressed"]
    assert len(elements(svg, "circle")) == 3


def test_a_wave_alone_keeps_its_interval():
    lone = charts.trend([wave(1, 40), wave(2, None), wave(3, 50)]).marks
    assert [(mark.low is not None, mark.high is not None) for mark in lone] == [
        (True, True),
        (False, False),
        (True, True),
    ]


def test_the_newest_wave_always_has_its_label_and_labels_never_touch():
    marks = charts.trend([wave(1 + number % 12, 40) for number in range(40)], charts.NARROW).marks
    places = [mark.x for mark in marks if mark.label]
    assert marks[-1].label
    assert min(later - earlier for earlier, later in pairwise(places)) >= 60


@pytest.mark.parametrize("size", [charts.WIDE, charts.NARROW])
@pytest.mark.parametrize("count", [1, 2, 60])
def test_a_trend_stays_inside_its_frame(size, count):
    figure = charts.trend([wave(1 + number % 12, 5 + 90 * (number % 2)) for number in range(count)], size)
    assert {figure.left <= mark.x <= figure.right and 0 <= mark.y <= figure.bottom for mark in figure.marks} == {True}


def test_a_sparkline_draws_lines_lone_dots_and_the_last():
    figure = charts.sparkline([40, 45, None, 52, None, 60, 66])
    assert (len(figure.lines), len(figure.dots)) == (2, 1)
    assert figure.last == (232, 23)
    assert charts.sparkline([40, None]).last is None


def test_the_picture_for_mails_is_a_png_of_twice_the_size():
    picture = charts.sparkline_png([40, None, 66])
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (480, 120)


@pytest.mark.parametrize("values", [[], [None], [50], [40, 60]])
def test_any_history_has_a_picture(values):
    assert charts.sparkline_png(values)[:4] == b"\x89PNG"


def test_pictures_of_different_histories_differ():
    assert charts.sparkline_png([40, 60]) != charts.sparkline_png([40, 61])


def test_figures_are_the_same_in_a_language_with_decimal_commas():
    figure = {"figure": charts.interval(cell(33))}
    with translation.override("en"):
        english = render_to_string("diagnostics/figures/interval.svg", figure)
    with translation.override("ru"):
        assert render_to_string("diagnostics/figures/interval.svg", figure) == english
    assert 'cx="84' in english


@pytest.mark.parametrize(("value", "expected"), [(5, 0), (29, 0), (30, 1), (49, 2), (50, 3), (69, 4), (70, 5), (95, 5)])
def test_a_shade_means_a_range(value, expected):
    assert shade(value) == expected


def test_the_heat_map_marks_each_reason_and_each_suppressed_row_once():
    heat = charts.heat_map(
        [
            group("A", cell(72), cell(40, measure="x"), cell(reason=SuppressionReason.PROTECTED, measure="y")),
            group(
                "B",
                cell(50),
                cell(reason=SuppressionReason.PROTECTED, measure="x"),
                cell(reason=SuppressionReason.OUTSIDE, measure="y"),
            ),
            group("C", cell(), cell(measure="x"), cell(measure="y")),
        ]
    )
    assert heat.columns == ("index", "x", "y")
    assert [[cell.text or cell.mark for cell in row.cells] for row in heat.rows] == [
        ["72", "40", "a"],
        ["50", "a", "b"],
        ["", "", ""],
    ]
    assert [row.suppressed for row in heat.rows] == ["", "", "Too few answers"]
    assert heat.notes == (("a", "suppressed to protect anonymity"), ("b", "outside your departments"))


def test_an_empty_heat_map_is_empty():
    assert charts.heat_map([]).rows == ()


def test_no_figure_has_a_style_that_the_security_policy_would_drop():
    figures = {
        "interval": charts.interval(cell(40)),
        "axis": charts.axis(),
        "trend": charts.trend([wave(1, 40), wave(2, None)]),
        "sparkline": charts.sparkline([40]),
    }
    styled = [name for name, figure in figures.items() for part in drawn(name, figure).iter() if part.get("style")]
    assert styled == []
