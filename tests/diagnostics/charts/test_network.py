import math
import xml.etree.ElementTree as ET
from itertools import combinations

import pytest
from django.template.loader import render_to_string

from diagnostics import charts
from diagnostics.report.cell import Cell
from diagnostics.report.pairs.model import End, Pair

WIDE, NARROW = charts.RINGS


def pair(first, second, value, *, margin=6):
    ends = [End(name, name, "group", frozenset()) for name in (first, second)]
    cell = Cell("pair", "", "published", "", value, value - margin, value + margin)
    return Pair("group", *ends, cell, 0, -5, 5, "", "")


def everybody_with_everybody(count):
    named = [f"Department of Matters No. {number}" for number in range(count)]
    return [pair(*ends, 80 - place % 60) for place, ends in enumerate(combinations(named, 2))]


def names(figure):
    return [" ".join(text for _, text in node.lines) for node in figure.nodes]


def test_a_line_for_each_pair_with_its_figure_the_highest_drawn_last():
    figure = charts.network([pair("Sales", "Marketing", 61), pair("Sales", "Legal", 40)], WIDE)
    assert [(tie.text, tie.high_risk) for tie in figure.ties] == [("40", False), ("61", True)]
    assert figure.title == "Sales and Marketing 61, high risk; Sales and Legal 40"
    assert figure.ties[0].width < figure.ties[1].width


def test_a_line_ends_at_its_two_departments():
    figure = charts.network([pair("Sales", "Marketing", 61), pair("Marketing", "Legal", 40)], WIDE)
    at = dict(zip(names(figure), figure.nodes, strict=True))
    assert [{tie.first, tie.second} for tie in figure.ties] == [
        {at["Marketing"], at["Legal"]},
        {at["Sales"], at["Marketing"]},
    ]


def test_departments_that_a_high_risk_line_joins_are_neighbours():
    hot = [pair("A", "D", 70), pair("D", "B", 60), pair("B", "C", 50), pair("A", "C", 20)]
    assert names(charts.network(hot, WIDE)) == ["A", "D", "B", "C"]


@pytest.mark.parametrize("pairs", [[], [pair("Sales", "Marketing", 61)]])
def test_two_departments_are_no_network(pairs):
    assert charts.network(pairs, WIDE) is None


@pytest.mark.parametrize("ring", charts.RINGS)
def test_of_too_many_pairs_the_highest_are_drawn_and_others_counted(ring):
    pairs = everybody_with_everybody(ring.most + 2)
    figure = charts.network(pairs, ring)
    space = ring.most * (ring.most - 1) // 2
    assert (len(figure.nodes), len(figure.ties), figure.left_out) == (ring.most, space, len(pairs) - space)


def test_a_word_that_is_too_long_for_its_place_is_cut():
    figure = charts.network([pair("Corporate Communications", "Sales", 61), pair("Sales", "Legal", 40)], NARROW)
    assert names(figure)[0] == "Corporate Communicat…"


@pytest.mark.parametrize("ring", charts.RINGS)
@pytest.mark.parametrize("count", [3, 4, 7, 18])
def test_all_stays_inside_the_frame(ring, count):
    figure = charts.network(everybody_with_everybody(count), ring)
    for node in figure.nodes:
        assert 0 < node.x < ring.width
        assert 0 < node.y < ring.height
        for baseline, text in node.lines:
            width = 8 * len(text)
            left = node.text_x - {"start": 0, "middle": width / 2, "end": width}[node.anchor]
            assert left >= 0
            assert left + width <= ring.width
            assert 12 <= baseline <= ring.height - 4


def test_figures_do_not_cover_each_other_where_lines_cross():
    """Of four departments on a ring the two long lines cross in the middle, where both figures would be."""
    figure = charts.network(everybody_with_everybody(4), WIDE)
    places = [(tie.text_x, tie.text_y) for tie in figure.ties]
    assert min(math.dist(*two) for two in combinations(places, 2)) >= 24
    at_middle = [((tie.first.x + tie.second.x) / 2, (tie.first.y + tie.second.y) / 2) for tie in figure.ties]
    assert min(math.dist(*two) for two in combinations(at_middle, 2)) == 0


def test_the_drawing_has_words_and_marks_high_risk_by_more_than_colour():
    figure = charts.network([pair("Sales", "R & D", 61), pair("Sales", "Legal", 40)], NARROW)
    svg = ET.fromstring(render_to_string("diagnostics/figures/network.svg", {"figure": figure}))  # noqa: S314
    assert (
        svg.get("aria-label") == "Pairs as lines between departments: Sales and R & D 61, high risk; Sales and Legal 40"
    )
    assert [text.text for text in svg.iter("text")] == ["40", "▲ 61", "Sales", "R & D", "Legal"]
