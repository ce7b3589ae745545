"""What a decoded wave says of every node, as plain numbers: services never see numpy."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.core.alerts.stage import MIDDLE
from diagnostics.core.arrays import Codes, Floats
from diagnostics.core.disclosure.bands import CountNode, published_bands
from diagnostics.core.disclosure.shares import PublishedShare, published_share
from diagnostics.core.estimate.groups import AGREE, critical_mass, value_counts
from diagnostics.core.estimate.index import Estimates
from diagnostics.core.estimate.nonresponse import nonresponse_band, response_of
from diagnostics.models.score import CRITICAL_MASS, INDEX, PICK_COMMUNICATION
from diagnostics.scoring.key import STAGNATION
from diagnostics.scoring.wave import DecodedWave
from surveys.rules.limits import MISSING
from surveys.rules.rounding import Band


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
    # The band in which the respondents are counted wherever something follows from their number.
    band: Band


# By node key.
MeasureTable = Mapping[str, NodeMeasure]


@dataclass(frozen=True)
class ComputedMeasures:
    """Every measure of every node."""

    # By measure.
    tables: Mapping[str, MeasureTable]
    # How many ballots each node has, by its key, whatever was left out on them.
    respondents: Mapping[str, int]
    # The band in which that number is published, by the node's key.
    bands: Mapping[str, Band]


def compute(wave: DecodedWave) -> ComputedMeasures:
    tables = {INDEX: _index_table(wave)}
    for scale in wave.scoring_key.scales:
        counts = value_counts(wave.scores(scale.code), wave.answers.groups, wave.answers.n_groups)
        tables[scale.code] = _estimate_table(wave, scale.code, counts)
        if scale.code == STAGNATION:
            tables[CRITICAL_MASS] = _share_table(wave, wave.scores(STAGNATION))
    if wave.scoring_key.pick_one:
        column, communication = wave.scoring_key.pick_one
        picked = np.where(wave.raw[:, column] == communication, AGREE, 0.0)
        answered = wave.raw[:, column] != MISSING
        tables[PICK_COMMUNICATION] = _share_table(wave, np.where(answered, picked, np.nan))
    ballots = wave.members @ wave.ballots
    respondents = {node.key: count for node, count in zip(wave.nodes, ballots.tolist(), strict=True)}
    return ComputedMeasures(tables, respondents, _bands(wave, ballots))


def _index_table(wave: DecodedWave) -> MeasureTable:
    if not wave.scoring_key.core:
        none_scored = np.zeros(len(wave.nodes), dtype=np.int64)
        return _table(wave, _bands(wave, none_scored), none_scored, [()] * len(none_scored), {})
    return _estimate_table(wave, INDEX)


def _estimate_table(wave: DecodedWave, measure: str, counts: Codes | None = None) -> MeasureTable:
    """`counts` (groups, values) are the people of each score value."""
    answers, scores = wave.answers, wave.scores(measure)
    respondents = wave.members @ np.bincount(answers.groups[~np.isnan(scores)], minlength=answers.n_groups)
    bands = _bands(wave, respondents)
    estimates: dict[str, NodeEstimate] = {}
    if found := wave.estimate(measure):
        rows = found.posterior.combine(found.stats.weights(wave.members[respondents > 0]))
        estimates = _node_estimates(wave, rows, respondents, bands)
    values = [()] * len(wave.nodes) if counts is None else map(tuple, (wave.members @ counts).tolist())
    return _table(wave, bands, respondents, values, estimates)


def _share_table(wave: DecodedWave, scores: Floats) -> MeasureTable:
    """The share of people who score AGREE or more, as coarse as it is published."""
    mass = critical_mass(scores, wave.answers.groups, wave.answers.n_groups)
    count, total = wave.members @ mass.count, wave.members @ mass.total
    bands = _bands(wave, total)
    estimates = {
        node.key: _share_estimate(published_share(agreeing, people, bands[node.key]))
        for node, agreeing, people in zip(wave.nodes, count.tolist(), total.tolist(), strict=True)
        if people
    }
    return _table(wave, bands, total, zip((total - count).tolist(), count.tolist(), strict=True), estimates)


def _bands(wave: DecodedWave, answers: Codes) -> Mapping[str, Band]:
    """By node key, the bands in which so many answers (nodes,) are counted."""
    counts = zip(wave.nodes, answers.tolist(), strict=True)
    return published_bands(
        [CountNode(node.key, node.parent, count, node.people) for node, count in counts],
        min_group_size=wave.min_group_size,
    )


def _share_estimate(share: PublishedShare) -> NodeEstimate:
    return NodeEstimate(share.percent, share.low, share.high)


def _node_estimates(
    wave: DecodedWave, rows: Estimates, respondents: Codes, counted: Mapping[str, Band]
) -> dict[str, NodeEstimate]:
    """`rows` are those nodes that have respondents."""
    present = np.flatnonzero(respondents)
    level, margin = wave.thresholds.level, wave.thresholds.clear_margin
    above, above_clear = rows.prob_above(level), rows.prob_above(level - margin)
    rest = [above, above_clear, rows.observed, rows.sampling_variance, rows.prob_above(MIDDLE), rows.variance_error]
    columns = np.column_stack([rows.index, rows.low, rows.high, *rest]).tolist()
    bands = _nonresponse_bands(wave, rows, respondents, counted)
    return {
        wave.nodes[row].key: NodeEstimate(*column[:3], *band, *column[3:])
        for row, column, band in zip(present.tolist(), columns, bands, strict=True)
    }


def _nonresponse_bands(
    wave: DecodedWave, rows: Estimates, respondents: Codes, counted: Mapping[str, Band]
) -> Sequence[Sequence[float | None]]:
    """Without headcounts it is unknown how many did not answer."""
    present = np.flatnonzero(respondents)
    if wave.answers.headcounts is None:
        return [(None, None)] * len(present)
    people = wave.members @ wave.answers.headcounts
    response = response_of([counted[node.key] for node in wave.nodes], people)
    bands: list[list[float | None]] = np.column_stack(nonresponse_band(rows.low, rows.high, response[present])).tolist()
    return bands


def _table(
    wave: DecodedWave,
    bands: Mapping[str, Band],
    respondents: Codes,
    counts: Iterable[tuple[int, ...]],
    estimates: Mapping[str, NodeEstimate],
) -> MeasureTable:
    return {
        node.key: NodeMeasure(int(people), values, estimates.get(node.key), bands[node.key])
        for node, people, values in zip(wave.nodes, respondents, counts, strict=True)
    }
