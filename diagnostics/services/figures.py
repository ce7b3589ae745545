"""One wave's figures, computed and judged, before anything of it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from diagnostics.core.alerts.level import Thresholds
from diagnostics.core.estimate.nonresponse import response_of
from diagnostics.scoring import measures
from diagnostics.scoring.key import Sheet, read_sheet
from diagnostics.scoring.measures import Computed, Figure, Material
from diagnostics.scoring.tree import Node, reporting_tree
from diagnostics.services.disclosing import Reasons, hidden
from surveys.selectors import results
from surveys.selectors.results import ClosedWave


@dataclass(frozen=True)
class WaveFigures:
    """`reasons` says by measure and node key what stays hidden; the rest is to be published."""

    wave: ClosedWave
    sheet: Sheet
    nodes: Sequence[Node]
    computed: Computed
    reasons: Reasons
    material: Material

    def published(self, measure: str, node: Node) -> Figure | None:
        return None if node.key in self.reasons[measure] else self.computed.tables[measure][node.key].figure

    def respondents(self, node: Node) -> int:
        return self.computed.respondents[node.key]

    def response(self, node: Node) -> float | None:
        """Share of a node's people who answered, 0..1, as it may be told; None where nobody knows."""
        return None if node.people is None else float(response_of(self.respondents(node), node.people))


def figures_of(wave: ClosedWave, *, thresholds: Thresholds) -> WaveFigures:
    """Raises ValueError where stored answers do not fit the questionnaire."""
    sheet = read_sheet(wave.questionnaire)
    groups = results.final_groups(wave.id)
    nodes = reporting_tree(groups, results.department_tree(), company=settings.ORGANISATION)
    material = Material(sheet, groups, nodes, results.answer_blocks(wave.id), wave.answer_length)
    computed = measures.compute(material, thresholds=thresholds)
    reasons = hidden(computed.tables, nodes, sheet, min_group_size=wave.min_group_size)
    return WaveFigures(wave, sheet, nodes, computed, reasons, material)
