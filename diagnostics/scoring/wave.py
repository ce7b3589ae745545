"""One closed wave, read and decoded once; each scale is scored and estimated once for all that scoring makes of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from diagnostics.core.alerts.thresholds import Thresholds
from diagnostics.core.arrays import Bytes, Codes, Flags, Floats
from diagnostics.core.estimate.answers import CORE_SCALES_NEEDED, Answers, decode, person_index, scale_scores
from diagnostics.core.estimate.groups import GroupStats, group_stats, reliability
from diagnostics.core.estimate.index import Posterior, estimate
from diagnostics.models.score import INDEX
from diagnostics.scoring.key import Scale, ScoringKey
from diagnostics.scoring.tree import Node
from surveys.selectors.results import ClosedWave, FinalGroup


@dataclass(frozen=True)
class StoredWave:
    """What lies in the database of one closed wave, with what it is judged by."""

    # The closed wave.
    wave: ClosedWave
    # Which bytes belong to which scale.
    scoring_key: ScoringKey
    # The reporting groups as they were counted. A group's place in this list is its code in all arrays.
    groups: Sequence[FinalGroup]
    # The tree that the wave reports on, parents first.
    nodes: Sequence[Node]
    # By group, the answers of its respondents one after the other, `wave.answer_length` bytes each.
    blocks: Sequence[tuple[uuid.UUID, bytes]]
    # When alerts are raised and cleared.
    thresholds: Thresholds


@dataclass(frozen=True, eq=False)
class ScaleEstimate:
    """One scale, or the index, of all groups in which anybody has a score on it."""

    # Each group's respondents, mean and variance.
    stats: GroupStats
    # The reliability of one person's score, 0..0.95.
    rho: float
    posterior: Posterior


class DecodedWave:
    """A wave's answers as arrays, with the scores and estimates that are made of them at the first call.

    Raises ValueError where stored answers do not fit the questionnaire.
    """

    def __init__(self, stored: StoredWave) -> None:
        self.stored = stored
        self.scoring_key, self.nodes, self.thresholds = stored.scoring_key, stored.nodes, stored.thresholds
        # The stored bytes (respondents, width): the items, and after them the pick-one question if it was asked.
        self.raw, groups = _matrix(stored)
        items = len(self.scoring_key.option_values)
        values = decode(self.raw[:, :items], self.scoring_key.option_values)
        self.answers = Answers(values, groups, _headcounts(stored.groups), len(stored.groups))
        # (nodes, groups): whose people each node has.
        self.members: Flags = np.zeros((len(stored.nodes), len(stored.groups)), dtype=bool)
        for row, node in enumerate(stored.nodes):
            self.members[row, list(node.groups)] = True
        self._scores: dict[str, Floats] = {}
        self._estimates: dict[str, ScaleEstimate | None] = {}

    @property
    def min_group_size(self) -> int:
        return self.stored.wave.min_group_size

    @property
    def items(self) -> Bytes:
        """The stored bytes of the items alone (respondents, items)."""
        return self.raw[:, : len(self.scoring_key.option_values)]

    @property
    def core_measures(self) -> tuple[str, ...]:
        """The index and the signs that it is made of; none where the wave asked for no sign."""
        return self.scoring_key.alerting

    @cached_property
    def ballots(self) -> Codes:
        """How many ballots each group has (groups,), whatever was left out on them."""
        return np.bincount(self.answers.groups, minlength=self.answers.n_groups)

    def columns(self, measure: str) -> list[int]:
        """The columns of the items that make a scale or the index."""
        key = self.scoring_key
        scales = key.core if measure == INDEX else [scale for scale in key.scales if scale.code == measure]
        return [column for scale in scales for column in scale.columns]

    def scores(self, measure: str) -> Floats:
        """Each person's score (respondents,) on a scale or the index, 0..100; NaN where too little was answered."""
        if measure not in self._scores:
            signs = self.scoring_key.core
            found = (
                self.index_of(signs) if measure == INDEX else scale_scores(self.answers.values, self.columns(measure))
            )
            self._scores[measure] = found
        return self._scores[measure]

    def estimate(self, measure: str) -> ScaleEstimate | None:
        """The estimates of the groups on a scale or the index; None where nobody has a score."""
        if measure not in self._estimates:
            self._estimates[measure] = self.estimate_scores(self.scores(measure), self.columns(measure))
        return self._estimates[measure]

    def index_of(self, signs: Sequence[Scale]) -> Floats:
        """The index (respondents,) of these signs: as many of them may be missing as of all core signs."""
        core = self.scoring_key.core
        missing = len(core) - min(CORE_SCALES_NEEDED, len(core))
        return person_index([self.scores(sign.code) for sign in signs], minimum=len(signs) - missing)

    def estimate_scores(
        self, scores: Floats, columns: Sequence[int], kept: Flags | None = None
    ) -> ScaleEstimate | None:
        """Estimates from other scores than the wave's own, or from a part of the respondents."""
        answers = self.answers
        values, groups = answers.values, answers.groups
        if kept is not None:
            values, groups, scores = values[kept], groups[kept], scores[kept]
        if np.isnan(scores).all():
            return None
        rho = reliability(values[:, list(columns)], groups, answers.n_groups)
        stats = group_stats(scores, groups, answers.n_groups, answers.headcounts)
        return ScaleEstimate(stats, rho, estimate(stats, rho=rho))


def _matrix(stored: StoredWave) -> tuple[Bytes, Codes]:
    """Raw answers (respondents, width) and the place of each respondent's group."""
    width, blocks = stored.wave.answer_length, stored.blocks
    place = {group.id: number for number, group in enumerate(stored.groups)}
    for group, block in blocks:
        if group not in place or len(block) % width:
            raise ValueError(f"The stored answers of group {group} do not fit this wave's groups and questionnaire.")
    raw = np.frombuffer(b"".join(block for _, block in blocks), dtype=np.uint8).reshape(-1, width)
    codes = np.array([place[group] for group, _ in blocks], dtype=np.int64)
    return raw, np.repeat(codes, [len(block) // width for _, block in blocks])


def _headcounts(groups: Sequence[FinalGroup]) -> Codes | None:
    """None where the people of some group are not known: they are known of all groups, or of none."""
    people = [group.people for group in groups]
    return None if None in people else np.array(people, dtype=np.int64)
