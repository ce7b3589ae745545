"""One wave's figures, computed and judged, before anything of it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from diagnostics.core.alerts.level import Thresholds
from diagnostics.core.estimate.nonresponse import response_of
from diagnostics.scoring import measures
from diagnostics.scoring.disclosing import Reasons, hidden
from diagnostics.scoring.key import ScoringKey, read_scoring_key
from diagnostics.scoring.measures import ComputedMeasures, Material, NodeEstimate
from diagnostics.scoring.tree import Node, reporting_tree
from surveys.selectors import results
from surveys.selectors.departments import read_departments
from surveys.selectors.results import ClosedWave


@dataclass(frozen=True)
class WaveFigures:
    """`reasons` says by measure and node key what stays hidden; the rest is to be published."""

    wave: ClosedWave
    scoring_key: ScoringKey
    nodes: Sequence[Node]
    computed: ComputedMeasures
    reasons: Reasons
    material: Material

    def published(self, measure: str, node: Node) -> NodeEstimate | None:
        return None if node.key in self.reasons[measure] else self.computed.tables[measure][node.key].estimate

    def respondents(self, node: Node) -> int:
        return self.computed.respondents[node.key]

    def response(self, node: Node) -> float | None:
        """Share of a node's people who answered, 0..1, as it may be told; None where nobody knows."""
        return None if node.people is None else float(response_of(self.respondents(node), node.people))


def figures_of(wave: ClosedWave, *, thresholds: Thresholds) -> WaveFigures:
    """Raises ValueError where stored answers do not fit the questionnaire."""
    scoring_key = read_scoring_key(wave.questionnaire)
    groups = results.final_groups(wave.id)
    nodes = reporting_tree(groups, read_departments(), company=settings.ORGANISATION)
    material = Material(scoring_key, groups, nodes, results.answer_blocks(wave.id), wave.answer_length)
    computed = measures.compute(material, thresholds=thresholds)
    reasons = hidden(computed.tables, nodes, scoring_key, min_group_size=wave.min_group_size)
    return WaveFigures(wave, scoring_key, nodes, computed, reasons, material)
