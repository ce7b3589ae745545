"""What the page of the pair map shows, made from a report: the pairs by their figure, then the matrix."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from diagnostics import charts
from diagnostics.choices import RaterKind
from diagnostics.pages.pairs.lines import DirectionLine, PairLine, PairLines, direction_keys, direction_line, rater_name
from diagnostics.pages.pairs.matrix import Matrix, pair_matrix
from diagnostics.report.pairs.model import Direction, Pair
from diagnostics.report.report import Report
from diagnostics.wording.pairs import model_words, pair_sentence


@dataclass(frozen=True)
class PairPage:
    """The page of the pair map."""

    # What the reader gets of the wave.
    report: Report
    # Which pair is at high risk, without a full stop.
    sentence: str
    # How the figures were estimated.
    model: str
    # Of departments, the highest figure first.
    pairs: tuple[PairLine, ...]
    # The pairs as a picture, for a wide and for a narrow page; none where it would show two departments.
    networks: tuple[charts.Network, ...]
    # Published directions of departments of which the other direction is suppressed.
    alone: tuple[DirectionLine, ...]
    # Pairs of divisions.
    divisions: tuple[PairLine, ...]
    # As `alone`, of divisions.
    alone_divisions: tuple[DirectionLine, ...]
    # What everybody says of each department, the highest figure first.
    everybody: tuple[DirectionLine, ...]
    # Who says what about whom.
    matrix: Matrix
    # How many directions of departments are suppressed.
    suppressed: int
    # The scale of the drawings.
    axis: charts.Axis
    # Whether there are any ratings.
    asked: bool


@dataclass(frozen=True)
class DepartmentPairs:
    """What others say of a department, everybody together first, and what it says of them."""

    # What others say of it.
    of: tuple[DirectionLine, ...]
    # What it says of others.
    by: tuple[DirectionLine, ...]
    # The pairs that it is one of.
    pairs: tuple[PairLine, ...]


def pair_page(report: Report) -> PairPage:
    pairs, lines = report.pairs, PairLines(report)
    groups, divisions = (
        lines.of_pairs(pairs.pairs_by(rater_kind)) for rater_kind in (RaterKind.GROUP, RaterKind.DIVISION)
    )
    everybody = sorted(
        (direction for direction in pairs.directions_by(RaterKind.EVERYBODY) if direction.cell.shown), key=_by_value
    )
    return PairPage(
        report=report,
        sentence="Nobody was asked about other departments" if report.wave.imported else pair_sentence(pairs),
        model=model_words(pairs),
        pairs=groups,
        networks=_networks(pairs.pairs_by(RaterKind.GROUP)),
        alone=_alone(pairs.directions_by(RaterKind.GROUP), groups),
        divisions=divisions,
        alone_divisions=_alone(pairs.directions_by(RaterKind.DIVISION), divisions),
        everybody=tuple(direction_line(direction, direction.rated.name) for direction in everybody),
        matrix=pair_matrix(pairs),
        suppressed=sum(not direction.cell.shown for direction in pairs.directions_by(RaterKind.GROUP)),
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
    of.sort(key=lambda direction: (direction.rater_kind != RaterKind.EVERYBODY, *_shown_first(direction)))
    by.sort(key=_shown_first)
    return DepartmentPairs(
        of=tuple(direction_line(direction, rater_name(direction)) for direction in of),
        by=tuple(direction_line(direction, direction.rated.name) for direction in by),
        pairs=PairLines(report).of_pairs(
            pair for pair in report.pairs.pairs if key in (pair.first.key, pair.second.key)
        ),
    )


def between(report: Report, key: str, other: str) -> tuple[tuple[PairLine, ...], tuple[DirectionLine, ...]]:
    """What two departments, or divisions, say of each other: as a pair, and where that is not shown, from one side."""
    ends = {key, other}
    pairs = PairLines(report).of_pairs(pair for pair in report.pairs.pairs if {pair.first.key, pair.second.key} == ends)
    return pairs, _alone(report.pairs.between(key, other), pairs)


def _networks(pairs: Sequence[Pair]) -> tuple[charts.Network, ...]:
    drawn = (charts.network(pairs, ring) for ring in charts.RINGS)
    return tuple(network for network in drawn if network)


def _alone(directions: Iterable[Direction], pairs: Sequence[PairLine]) -> tuple[DirectionLine, ...]:
    paired = {direction_keys(line.direction) for pair in pairs for line in pair.directions}
    alone = [direction for direction in directions if direction.cell.shown and direction_keys(direction) not in paired]
    return tuple(direction_line(direction, direction.rated.name) for direction in sorted(alone, key=_by_value))


def _by_value(direction: Direction) -> int:
    """The highest figure first."""
    return -(direction.cell.value or 0)


def _shown_first(direction: Direction) -> tuple[bool, int]:
    return not direction.cell.shown, _by_value(direction)
