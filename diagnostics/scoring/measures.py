"""From stored bytes to the core's arrays, and from its results to plain numbers: services never see numpy."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.core.alerts.level import Thresholds
from diagnostics.core.alerts.stage import MIDDLE
from diagnostics.core.arrays import Bytes, Codes, Floats
from diagnostics.core.disclosure.homogeneity import value_counts
from diagnostics.core.estimate.answers import Answers, decode
from diagnostics.core.estimate.groups import group_stats
from diagnostics.core.estimate.index import Estimates, estimate
from diagnostics.core.estimate.nonresponse import outer_band, response_of
from diagnostics.core.estimate.reliability import reliability
from diagnostics.core.estimate.scales import CORE_SCALES_NEEDED, person_index, scale_scores
from diagnostics.core.estimate.shares import AGREE, critical_mass, wilson
from diagnostics.models.score import CRITICAL_MASS, INDEX, PICK_COMMUNICATION
from diagnostics.scoring.key import STAGNATION, ScoringKey
from diagnostics.scoring.tree import Node
from surveys.rules.limits import MISSING
from surveys.selectors.results import FinalGroup


@dataclass(frozen=True)
class NodeEstimate:
    """What a measure estimates of a node. A share has its value and interval in percent, and none of the rest."""

    # Points, 0..100 with 100 = risk; of a share, percent.
    value: float
    # The ends of the 90 % interval, 0..100.
    low: float
    high: float
    # The non-response band, 0..100: the interval, widened for those who did not answer. None where headcounts are
    # unknown.
    nonresponse_low: float | None = None
    nonresponse_high: float | None = None
    # The chance, 0..1, that the true score is above the alert level, and above that level less the clear margin.
    above: float | None = None
    above_clear: float | None = None
    # Before shrinkage, for comparing waves: the observed mean y in points, and its sampling variance v.
    observed: float | None = None
    variance: float | None = None
    # The chance, 0..1, that the true score is above the middle of the scale.
    above_middle: float | None = None
    # The variance of `variance` itself, which is estimated from few people.
    variance_error: float | None = None


@dataclass(frozen=True)
class NodeMeasure:
    """What a measure says of a node before it is decided whether that may be shown."""

    # How many people have this score.
    respondents: int
    # How many of them have each value of it, the lowest risk first; empty for the index.
    counts: tuple[int, ...]
    # None where there are no respondents.
    estimate: NodeEstimate | None


# By node key.
MeasureTable = Mapping[str, NodeMeasure]


@dataclass(frozen=True)
class ComputedMeasures:
    """`tables` by measure, each by node key; `respondents` counts the ballots of each node, whatever they left out."""

    tables: Mapping[str, MeasureTable]
    respondents: Mapping[str, int]


@dataclass(frozen=True)
class Material:
    """One closed wave as it lies in the database, with the tree it reports on.

    `blocks` has, by group, the answers of its respondents one after the other, `width` bytes each.
    """

    scoring_key: ScoringKey
    groups: Sequence[FinalGroup]
    nodes: Sequence[Node]
    blocks: Sequence[tuple[uuid.UUID, bytes]]
    width: int


def compute(material: Material, *, thresholds: Thresholds) -> ComputedMeasures:
    """Every measure of every node. Raises ValueError where stored answers do not fit the questionnaire."""
    scoring_key, groups = material.scoring_key, material.groups
    raw, codes = matrix(material)
    values = decode(raw[:, : len(scoring_key.option_values)], scoring_key.option_values)
    board = _Board(Answers(values, codes, headcounts(groups), len(groups)), material.nodes, thresholds)
    tables = {INDEX: board.index(scoring_key)}
    for scale in scoring_key.scales:
        scores = scale_scores(values, scale.columns)
        tables[scale.code] = board.estimated(scores, scale.columns, value_counts(scores, codes, len(groups)))
        if scale.code == STAGNATION:
            tables[CRITICAL_MASS] = board.share(scores)
    if scoring_key.pick_one:
        column, communication = scoring_key.pick_one
        picked = np.where(raw[:, column] == communication, AGREE, 0.0)
        tables[PICK_COMMUNICATION] = board.share(np.where(raw[:, column] == MISSING, np.nan, picked))
    return ComputedMeasures(tables, board.by_node(board.members @ np.bincount(codes, minlength=len(groups))))


def matrix(material: Material) -> tuple[Bytes, Codes]:
    """Raw answers (respondents, width) and the place of each respondent's group."""
    width, blocks = material.width, material.blocks
    place = {group.id: number for number, group in enumerate(material.groups)}
    for group, block in blocks:
        if group not in place or len(block) % width:
            raise ValueError(f"The stored answers of group {group} do not fit this wave's groups and questionnaire.")
    raw = np.frombuffer(b"".join(block for _, block in blocks), dtype=np.uint8).reshape(-1, width)
    codes = np.array([place[group] for group, _ in blocks], dtype=np.int64)
    return raw, np.repeat(codes, [len(block) // width for _, block in blocks])


def headcounts(groups: Sequence[FinalGroup]) -> Codes | None:
    """None where nobody knows how many people some group has: it is known of all, or of none."""
    people = [group.people for group in groups]
    return None if None in people else np.array(people, dtype=np.int64)


class _Board:
    """The answers of a wave beside the tree: `members` (nodes, groups) says whose people each node has."""

    def __init__(self, answers: Answers, nodes: Sequence[Node], thresholds: Thresholds) -> None:
        self.answers = answers
        self.nodes = nodes
        self.thresholds = thresholds
        self.members = np.zeros((len(nodes), answers.n_groups), dtype=bool)
        for row, node in enumerate(nodes):
            self.members[row, list(node.groups)] = True

    def by_node(self, column: Codes) -> dict[str, int]:
        return {node.key: int(number) for node, number in zip(self.nodes, column, strict=True)}

    def index(self, scoring_key: ScoringKey) -> MeasureTable:
        if not scoring_key.core:
            return {node.key: NodeMeasure(0, (), None) for node in self.nodes}
        signs = [scale_scores(self.answers.values, scale.columns) for scale in scoring_key.core]
        scores = person_index(signs, minimum=min(CORE_SCALES_NEEDED, len(signs)))
        return self.estimated(scores, [column for scale in scoring_key.core for column in scale.columns])

    def estimated(self, scores: Floats, columns: Sequence[int], counts: Codes | None = None) -> MeasureTable:
        """The table of person scores; `counts` (groups, values) are the people of each score value."""
        answers = self.answers
        given = np.bincount(answers.groups[~np.isnan(scores)], minlength=answers.n_groups)
        respondents = self.members @ given
        figures: dict[str, NodeEstimate] = {}
        if given.any():
            rho = reliability(answers.values[:, list(columns)], answers.groups, answers.n_groups)
            stats = group_stats(scores, answers.groups, answers.n_groups, answers.headcounts)
            rows = estimate(stats, rho=rho).combine(stats.weights(self.members[respondents > 0]))
            figures = self._figures(rows, respondents)
        values = [()] * len(self.nodes) if counts is None else map(tuple, (self.members @ counts).tolist())
        return self._table(respondents, values, figures)

    def share(self, scores: Floats) -> MeasureTable:
        """The table of the share of people who score AGREE or more."""
        mass = critical_mass(scores, self.answers.groups, self.answers.n_groups)
        count, total = self.members @ mass.count, self.members @ mass.total
        low, high = wilson(count, total)
        percent = 100 * np.column_stack([count / np.maximum(total, 1), low, high])
        figures = {
            node.key: NodeEstimate(*map(float, row))
            for node, row, people in zip(self.nodes, percent, total, strict=True)
            if people
        }
        return self._table(total, zip((total - count).tolist(), count.tolist(), strict=True), figures)

    def _figures(self, rows: Estimates, respondents: Codes) -> dict[str, NodeEstimate]:
        present = np.flatnonzero(respondents)
        level, margin = self.thresholds.level, self.thresholds.clear_margin
        above, above_clear = rows.prob_above(level), rows.prob_above(level - margin)
        rest = [above, above_clear, rows.observed, rows.sampling_variance, rows.prob_above(MIDDLE), rows.variance_error]
        columns = np.column_stack([rows.index, rows.low, rows.high, *rest]).tolist()
        bands = self._outer_bands(rows, respondents)
        return {
            self.nodes[row].key: NodeEstimate(*column[:3], *band, *column[3:])
            for row, column, band in zip(present.tolist(), columns, bands, strict=True)
        }

    def _outer_bands(self, rows: Estimates, respondents: Codes) -> Sequence[Sequence[float | None]]:
        """Nobody can say how many were silent where headcounts are unknown."""
        present = np.flatnonzero(respondents)
        if self.answers.headcounts is None:
            return [(None, None)] * len(present)
        response = response_of(respondents, self.members @ self.answers.headcounts)
        bands: list[list[float | None]] = np.column_stack(outer_band(rows.low, rows.high, response[present])).tolist()
        return bands

    def _table(
        self, respondents: Codes, counts: Iterable[tuple[int, ...]], figures: Mapping[str, NodeEstimate]
    ) -> MeasureTable:
        return {
            node.key: NodeMeasure(int(people), values, figures.get(node.key))
            for node, people, values in zip(self.nodes, respondents, counts, strict=True)
        }
