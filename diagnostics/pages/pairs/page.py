"""What the page of the pair map shows, made from a report: pairs ranked, then the matrix of who says what of whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from diagnostics import charts
from diagnostics.choices import PairLevel
from diagnostics.pages.pairs.matrix import Matrix, matrix
from diagnostics.report.pairs.model import Direction, Pair
from diagnostics.report.pairs.stagnation import stagnation
from diagnostics.report.report import Report
from diagnostics.wording.certainty import how_sure, how_sure_briefly
from diagnostics.wording.pairs import asymmetry, burns, model_words, sentence


@dataclass(frozen=True)
class PairLine:
    """A pair with its directions, as far as the reader may see them. `stagnation` is empty where it is not in both."""

    pair: Pair
    text: str
    figure: charts.IntervalBar | None
    sure: str
    asymmetry: str
    stagnation: str
    high_risk: bool
    directions: tuple["DirectionLine", ...]


@dataclass(frozen=True)
class DirectionLine:
    """`other` is the other end's name, where one is the page's own department. `figure` is None for a hidden one."""

    direction: Direction
    other: str
    text: str
    figure: charts.IntervalBar | None
    sure_briefly: str
    no_contact: str


@dataclass(frozen=True)
class PairPage:
    """`alone` are directions of which the other one is hidden. `hidden` counts the directions that are.

    `networks` are the pairs as a picture, for a wide and for a narrow page; none where it would show two departments.
    """

    report: Report
    sentence: str
    model: str
    pairs: tuple[PairLine, ...]
    networks: tuple[charts.Network, ...]
    alone: tuple[DirectionLine, ...]
    divisions: tuple[PairLine, ...]
    alone_divisions: tuple[DirectionLine, ...]
    everybody: tuple[DirectionLine, ...]
    matrix: Matrix
    hidden: int
    axis: charts.Axis
    asked: bool


@dataclass(frozen=True)
class DepartmentPairs:
    """What others say of a department, everybody together first, and what it says of them."""

    of: tuple[DirectionLine, ...]
    by: tuple[DirectionLine, ...]
    pairs: tuple[PairLine, ...]


def pair_page(report: Report) -> PairPage:
    pairs = report.pairs
    groups, divisions = (_pairs(report, level) for level in (PairLevel.GROUP, PairLevel.DIVISION))
    everybody = sorted(
        (direction for direction in pairs.at(PairLevel.EVERYBODY) if direction.cell.shown), key=_by_value
    )
    return PairPage(
        report=report,
        sentence="Nobody was asked about other departments" if report.wave.imported else sentence(pairs),
        model=model_words(pairs),
        pairs=groups,
        networks=_networks(pairs.pairs_at(PairLevel.GROUP)),
        alone=_alone(pairs.at(PairLevel.GROUP), groups),
        divisions=divisions,
        alone_divisions=_alone(pairs.at(PairLevel.DIVISION), divisions),
        everybody=tuple(_line(direction, direction.rated.name) for direction in everybody),
        matrix=matrix(pairs),
        hidden=sum(not direction.cell.shown for direction in pairs.at(PairLevel.GROUP)),
        axis=charts.axis(),
        asked=bool(pairs.directions),
    )


def department_pairs(report: Report, key: str) -> DepartmentPairs | None:
    """None where nothing was said of the department, or by it, that the reader may see."""
    directions = report.pairs.directions
    of = [direction for direction in directions if direction.rated.key == key]
    by = [direction for direction in directions if direction.rater.key == key]
    if not of and not by:
        return None
    of.sort(key=lambda direction: (direction.level != PairLevel.EVERYBODY, *_shown_first(direction)))
    by.sort(key=_shown_first)
    return DepartmentPairs(
        of=tuple(_line(direction, _rater_name(direction)) for direction in of),
        by=tuple(_line(direction, direction.rated.name) for direction in by),
        pairs=tuple(
            _pair_line(report, pair) for pair in report.pairs.pairs if key in (pair.first.key, pair.second.key)
        ),
    )


def between(report: Report, key: str, other: str) -> tuple[tuple[PairLine, ...], tuple[DirectionLine, ...]]:
    """What two departments, or divisions, say of each other: as a pair, and where that is not shown, from one side."""
    ends = {key, other}
    pairs = tuple(_pair_line(report, pair) for pair in report.pairs.pairs if {pair.first.key, pair.second.key} == ends)
    both = [direction for direction in report.pairs.directions if _ends(direction) == ends]
    return pairs, _alone(both, pairs)


def _pairs(report: Report, level: PairLevel) -> tuple[PairLine, ...]:
    return tuple(_pair_line(report, pair) for pair in report.pairs.pairs_at(level))


def _networks(pairs: Sequence[Pair]) -> tuple[charts.Network, ...]:
    drawn = (charts.network(pairs, ring) for ring in charts.RINGS)
    return tuple(network for network in drawn if network)


def _pair_line(report: Report, pair: Pair) -> PairLine:
    ends = {pair.first.key, pair.second.key}
    both = [
        direction for direction in report.pairs.directions if direction.level == pair.level and _ends(direction) == ends
    ]
    both.sort(key=lambda direction: direction.rater.key != pair.first.key)
    return PairLine(
        pair=pair,
        text=pair.cell.text,
        figure=charts.interval(pair.cell),
        sure=how_sure(pair.cell),
        asymmetry=asymmetry(pair),
        stagnation=_stagnation(report, pair),
        high_risk=burns(pair),
        directions=tuple(_line(direction, direction.rated.name) for direction in both),
    )


def _stagnation(report: Report, pair: Pair) -> str:
    rows = {row.key: row for row in (*report.divisions, *report.groups)}
    first, second = (rows.get(end.key) for end in (pair.first, pair.second))
    found = stagnation(first, second) if first and second else None
    return found.sentence if found and found.because else ""


def _alone(directions: Iterable[Direction], pairs: Sequence[PairLine]) -> tuple[DirectionLine, ...]:
    paired = {_keys(line.direction) for pair in pairs for line in pair.directions}
    alone = [direction for direction in directions if direction.cell.shown and _keys(direction) not in paired]
    return tuple(_line(direction, direction.rated.name) for direction in sorted(alone, key=_by_value))


def _line(direction: Direction, other: str) -> DirectionLine:
    cell = direction.cell
    return DirectionLine(
        direction=direction,
        other=other,
        text=cell.text,
        figure=charts.interval(cell),
        sure_briefly=how_sure_briefly(cell),
        no_contact=direction.no_contact.text,
    )


def _keys(direction: Direction) -> tuple[str, str]:
    return direction.rater.key, direction.rated.key


def _ends(direction: Direction) -> set[str]:
    return set(_keys(direction))


def _rater_name(direction: Direction) -> str:
    return "Everybody" if direction.level == PairLevel.EVERYBODY else direction.rater.name


def _by_value(direction: Direction) -> int:
    """The highest figure first."""
    return -(direction.cell.value or 0)


def _shown_first(direction: Direction) -> tuple[bool, int]:
    return not direction.cell.shown, _by_value(direction)
