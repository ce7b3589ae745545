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
    told: str
    figure: charts.Interval | None
    sure: str
    asymmetry: str
    stagnation: str
    burns: bool
    directions: tuple["DirectionLine", ...]


@dataclass(frozen=True)
class DirectionLine:
    """`other` is the other end's name, where one is the page's own department. `figure` is None for a hidden one."""

    direction: Direction
    other: str
    told: str
    figure: charts.Interval | None
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
        (one for one in pairs.at(PairLevel.EVERYBODY) if one.cell.shown), key=lambda one: -(one.cell.value or 0)
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
        everybody=tuple(_line(one, one.rated.name) for one in everybody),
        matrix=matrix(pairs),
        hidden=sum(not one.cell.shown for one in pairs.at(PairLevel.GROUP)),
        axis=charts.axis(),
        asked=bool(pairs.directions),
    )


def department_pairs(report: Report, key: str) -> DepartmentPairs | None:
    """None where nothing was said of the department, or by it, that the reader may see."""
    directions = report.pairs.directions
    of = [one for one in directions if one.rated.key == key]
    by = [one for one in directions if one.rater.key == key]
    if not of and not by:
        return None
    of.sort(key=lambda one: (one.level != PairLevel.EVERYBODY, not one.cell.shown, -(one.cell.value or 0)))
    by.sort(key=lambda one: (not one.cell.shown, -(one.cell.value or 0)))
    return DepartmentPairs(
        of=tuple(_line(one, "Everybody" if one.level == PairLevel.EVERYBODY else one.rater.name) for one in of),
        by=tuple(_line(one, one.rated.name) for one in by),
        pairs=tuple(_pair_line(report, one) for one in report.pairs.pairs if key in (one.first.key, one.second.key)),
    )


def between(report: Report, key: str, other: str) -> tuple[tuple[PairLine, ...], tuple[DirectionLine, ...]]:
    """What two departments, or divisions, say of each other: as a pair, and where that is not shown, from one side."""
    ends = {key, other}
    pairs = tuple(_pair_line(report, one) for one in report.pairs.pairs if {one.first.key, one.second.key} == ends)
    said = [one for one in report.pairs.directions if {one.rater.key, one.rated.key} == ends]
    return pairs, _alone(said, pairs)


def _pairs(report: Report, level: PairLevel) -> tuple[PairLine, ...]:
    return tuple(_pair_line(report, pair) for pair in report.pairs.pairs_at(level))


def _networks(pairs: Sequence[Pair]) -> tuple[charts.Network, ...]:
    drawn = (charts.network(pairs, ring) for ring in charts.RINGS)
    return tuple(one for one in drawn if one)


def _pair_line(report: Report, pair: Pair) -> PairLine:
    ends = {pair.first.key, pair.second.key}
    both = [
        one for one in report.pairs.directions if one.level == pair.level and {one.rater.key, one.rated.key} == ends
    ]
    both.sort(key=lambda one: one.rater.key != pair.first.key)
    return PairLine(
        pair=pair,
        told=pair.cell.told,
        figure=charts.interval(pair.cell),
        sure=how_sure(pair.cell),
        asymmetry=asymmetry(pair),
        stagnation=_stagnation(report, pair),
        burns=burns(pair),
        directions=tuple(_line(one, one.rated.name) for one in both),
    )


def _stagnation(report: Report, pair: Pair) -> str:
    rows = {row.key: row for row in (*report.divisions, *report.groups)}
    one, other = (rows.get(end.key) for end in (pair.first, pair.second))
    found = stagnation(one, other) if one and other else None
    return found.sentence if found and found.because else ""


def _alone(directions: Iterable[Direction], pairs: Sequence[PairLine]) -> tuple[DirectionLine, ...]:
    paired = {(one.direction.rater.key, one.direction.rated.key) for line in pairs for one in line.directions}
    alone = [one for one in directions if one.cell.shown and (one.rater.key, one.rated.key) not in paired]
    return tuple(_line(one, one.rated.name) for one in sorted(alone, key=lambda one: -(one.cell.value or 0)))


def _line(direction: Direction, other: str) -> DirectionLine:
    cell = direction.cell
    return DirectionLine(
        direction=direction,
        other=other,
        told=cell.told,
        figure=charts.interval(cell),
        sure_briefly=how_sure_briefly(cell),
        no_contact=direction.no_contact.told,
    )
