"""Pairs and directions of a report as lines of a page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from diagnostics import charts
from diagnostics.choices import RaterKind
from diagnostics.report.pairs.model import Direction, Pair
from diagnostics.report.pairs.stagnation import StagnationFinding, stagnation
from diagnostics.report.report import Report
from diagnostics.wording.certainty import how_sure, how_sure_briefly
from diagnostics.wording.pairs import asymmetry, is_high_risk
from diagnostics.wording.stagnation import stagnation_sentence


@dataclass(frozen=True)
class DirectionLine:
    """One direction."""

    # The direction with its figures.
    direction: Direction
    # The name of the other end, where one end is the page's own department.
    other: str
    # The figure; empty where it is suppressed.
    text: str
    # None where it is suppressed.
    figure: charts.IntervalBar | None
    # How sure the figure is, in a few words.
    sure_briefly: str
    # The share that needed contact and had none, like “about 40 %”; empty where it is suppressed.
    no_contact: str


@dataclass(frozen=True)
class PairLine:
    """One pair."""

    # The pair with its figures.
    pair: Pair
    # The figure.
    text: str
    # Its drawing; None where it is suppressed.
    figure: charts.IntervalBar | None
    # How sure the figure is, in a sentence.
    sure: str
    # Who finds it worse, in a sentence.
    asymmetry: str
    # A sentence where stagnation is in both; else empty.
    stagnation: str
    # Whether its whole interval lies above the middle of the scale.
    high_risk: bool
    # Its two directions, as far as the reader may see them.
    directions: tuple[DirectionLine, ...]


class PairLines:
    """Makes the lines of one report."""

    def __init__(self, report: Report) -> None:
        self.rows = report.rows_by_key
        self.directions: dict[tuple[str, frozenset[str]], list[Direction]] = defaultdict(list)
        for direction in report.pairs.directions:
            self.directions[direction.rater_kind, frozenset(direction_keys(direction))].append(direction)

    def of_pairs(self, pairs: Iterable[Pair]) -> tuple[PairLine, ...]:
        return tuple(self.of_pair(pair) for pair in pairs)

    def of_pair(self, pair: Pair) -> PairLine:
        both = self.directions[pair.rater_kind, frozenset((pair.first.key, pair.second.key))]
        both = sorted(both, key=lambda direction: direction.rater.key != pair.first.key)
        return PairLine(
            pair=pair,
            text=pair.cell.text,
            figure=charts.interval(pair.cell),
            sure=how_sure(pair.cell),
            asymmetry=asymmetry(pair),
            stagnation=self._stagnation(pair),
            high_risk=is_high_risk(pair),
            directions=tuple(direction_line(direction, direction.rated.name) for direction in both),
        )

    def _stagnation(self, pair: Pair) -> str:
        first, second = (self.rows.get(end.key) for end in (pair.first, pair.second))
        found = stagnation(first, second) if first and second else None
        return stagnation_sentence(found) if found and found.finding == StagnationFinding.BOTH else ""


def direction_line(direction: Direction, other: str) -> DirectionLine:
    cell = direction.cell
    return DirectionLine(
        direction=direction,
        other=other,
        text=cell.text,
        figure=charts.interval(cell),
        sure_briefly=how_sure_briefly(cell),
        no_contact=direction.no_contact.share_text,
    )


def direction_keys(direction: Direction) -> tuple[str, str]:
    return direction.rater.key, direction.rated.key


def rater_name(direction: Direction) -> str:
    return "Everybody" if direction.rater_kind == RaterKind.EVERYBODY else direction.rater.name
