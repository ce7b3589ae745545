"""The published pairs as a picture: departments on a ring, and a line for each pair with its figure."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from diagnostics.charts.scales import Linear
from diagnostics.report.pairs.model import Pair
from diagnostics.wording.pairs import is_high_risk

# Two are no network.
LEAST = 3
LINE_HEIGHT = 15
_THICKNESS = Linear(0, 100, 1, 10)
_TEXT_GAP, _FIGURES_APART = 11, 24
# Names are above and below the highest and the lowest departments on the ring, beside the others.
_BESIDE = 0.2
# Where along its line a figure may be written, best first.
_SPOTS = (0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75)


@dataclass(frozen=True)
class Ring:
    """A canvas with an ellipse on it, on which the departments are placed."""

    # Of the canvas.
    width: int
    # Of the canvas.
    height: int
    # Of the ellipse.
    radius_x: int
    # Of the ellipse.
    radius_y: int
    # How many letters of a name fit into a line.
    letters: int
    # How many departments there is space for.
    most: int


RINGS = (Ring(700, 460, 190, 175, 18, 18), Ring(350, 400, 72, 140, 11, 10))


@dataclass(frozen=True)
class NetworkNode:
    """A department: its point and its name."""

    # Of the point.
    x: float
    # Of the point.
    y: float
    # Of the name.
    text_x: float
    # SVG's text-anchor of the name: start, middle or end.
    anchor: str
    # The lines of the name: (baseline, text).
    lines: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Tie:
    """A pair: its line and its figure."""

    # One end of the line.
    first: NetworkNode
    # The other end.
    second: NetworkNode
    # The thickness of the line.
    width: float
    # The figure as it is read.
    text: str
    # Where the figure is written.
    text_x: float
    # Where the figure is written.
    text_y: float
    # Whether the whole interval lies above the middle of the scale.
    high_risk: bool
    # The pair and its figure in words.
    title: str


@dataclass(frozen=True)
class Network:
    """The picture of the pairs."""

    # The canvas.
    ring: Ring
    # The departments.
    nodes: tuple[NetworkNode, ...]
    # The pairs, the highest last: what is drawn last lies above.
    ties: tuple[Tie, ...]
    # How many pairs found no space.
    left_out: int
    # All pairs in words.
    title: str


def network(pairs: Sequence[Pair], ring: Ring) -> Network | None:
    """The departments of the highest pairs, as many as find space; None where there are fewer than `LEAST`.

    `pairs` are the highest first. Departments that a high-risk line joins are side by side as far as they can.
    """
    names = _chosen(pairs, ring.most)
    if len(names) < LEAST:
        return None
    drawn = [pair for pair in pairs if {pair.first.key, pair.second.key} <= names.keys()]
    order = _walk(drawn)
    nodes = {key: _node(names[key], place, len(order), ring) for place, key in enumerate(order)}
    ties = _ties(drawn, nodes)
    return Network(
        ring=ring,
        nodes=tuple(nodes.values()),
        ties=tuple(reversed(ties)),
        left_out=len(pairs) - len(drawn),
        title="; ".join(tie.title for tie in ties),
    )


def _chosen(pairs: Iterable[Pair], most: int) -> dict[str, str]:
    """The names of the departments there is space for, by key."""
    names: dict[str, str] = {}
    for pair in pairs:
        ends = {pair.first.key: pair.first.name, pair.second.key: pair.second.name}
        if len(names | ends) <= most:
            names |= ends
    return names


def _walk(pairs: Sequence[Pair]) -> list[str]:
    """All departments, along the highest line that leads on from each."""
    found: dict[str, None] = {}

    def visit(key: str) -> None:
        if key not in found:
            found[key] = None
            for pair in pairs:
                if key in (pair.first.key, pair.second.key):
                    visit(pair.second.key if key == pair.first.key else pair.first.key)

    for pair in pairs:
        visit(pair.first.key)
    return list(found)


def _node(name: str, place: int, count: int, ring: Ring) -> NetworkNode:
    angle = 2 * math.pi * place / count
    across, up = math.sin(angle), math.cos(angle)
    x, y = ring.width / 2 + ring.radius_x * across, ring.height / 2 - ring.radius_y * up
    lines = [_cut(line, ring.letters) for line in wrap(name, ring.letters, break_long_words=False)]
    height = LINE_HEIGHT * len(lines)
    if abs(across) < _BESIDE:
        anchor, text_x, top = "middle", x, y - _TEXT_GAP - height if up > 0 else y + _TEXT_GAP
    else:
        anchor, text_x, top = ("start", x + _TEXT_GAP, y) if across > 0 else ("end", x - _TEXT_GAP, y)
        top -= height / 2
    # A baseline lies some four fifths down its line.
    baselines = (round(top + LINE_HEIGHT * (number + 0.8), 1) for number in range(len(lines)))
    return NetworkNode(round(x, 1), round(y, 1), round(text_x, 1), anchor, tuple(zip(baselines, lines, strict=True)))


def _cut(line: str, letters: int) -> str:
    return line if len(line) <= letters else f"{line[: letters - 1]}…"


def _ties(pairs: Sequence[Pair], nodes: dict[str, NetworkNode]) -> list[Tie]:
    ties: list[Tie] = []
    for pair in pairs:
        first, second = nodes[pair.first.key], nodes[pair.second.key]
        x, y = _free_spot(first, second, [(tie.text_x, tie.text_y) for tie in ties])
        high_risk = is_high_risk(pair)
        title = f"{pair.first.name} and {pair.second.name} {pair.cell.text}{', high risk' if high_risk else ''}"
        ties.append(Tie(first, second, _THICKNESS(pair.cell.value or 0), pair.cell.text, x, y, high_risk, title))
    return ties


def _free_spot(first: NetworkNode, second: NetworkNode, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The first spot that leaves space to the figures there are, or else the one with the most space."""
    spots = [(first.x + at * (second.x - first.x), first.y + at * (second.y - first.y)) for at in _SPOTS]
    space = [min((math.dist(spot, other) for other in taken), default=math.inf) for spot in spots]
    free = (spot for spot, apart in zip(spots, space, strict=True) if apart >= _FIGURES_APART)
    x, y = next(free, spots[space.index(max(space))])
    return round(x, 1), round(y, 1)
