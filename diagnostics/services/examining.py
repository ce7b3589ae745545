"""How sure a wave's figures are, computed from what it publishes and frozen with its snapshot."""

from collections.abc import Sequence
from dataclasses import replace

from diagnostics.choices import GroupKind
from diagnostics.core.alerts.level import Thresholds
from diagnostics.core.disclosure.display import whole
from diagnostics.models import MethodNote, Snapshot
from diagnostics.models.score import INDEX
from diagnostics.scoring import quality
from diagnostics.scoring.method import MethodFigures
from diagnostics.scoring.quality import Published
from diagnostics.scoring.tree import Node
from diagnostics.services.figures import WaveFigures


def examined(figures: WaveFigures, *, thresholds: Thresholds) -> MethodFigures:
    """Long for a large wave, like the figures themselves, and as free of the database."""
    groups = [node for node in figures.nodes if node.kind == GroupKind.GROUP]
    company = next(node for node in figures.nodes if node.kind == GroupKind.COMPANY)
    index = figures.published(INDEX, company)
    found = quality.examine(
        figures.material,
        _published(figures, groups),
        min_group_size=figures.wave.min_group_size,
        company_index=None if index is None else whole(index.value),
        thresholds=thresholds,
    )
    keys = {str(node.groups[0]): node.key for node in groups}
    return replace(found, ranks=tuple(replace(rank, key=keys[rank.key]) for rank in found.ranks))


def write_note(snapshot: Snapshot, found: MethodFigures) -> None:
    MethodNote.objects.create(snapshot=snapshot, document=found.as_document())


def _published(figures: WaveFigures, groups: Sequence[Node]) -> Published:
    return {
        measure: [node.groups[0] for node in groups if figures.published(measure, node)]
        for measure in dict.fromkeys((INDEX, *figures.scoring_key.alerting))
    }
