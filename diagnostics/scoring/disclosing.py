"""What a wave may publish, decided for all its measures together (docs/anonymity.md)."""

from collections.abc import Mapping, Sequence

from diagnostics.core.disclosure.composite import suppress_composite
from diagnostics.core.disclosure.homogeneity import homogeneous
from diagnostics.core.disclosure.reasons import ALIKE, NOT_ASKED, TOO_FEW, TOO_FEW_FOR_SHARE
from diagnostics.core.disclosure.residual import suppress
from diagnostics.core.disclosure.tree import TreeCell
from diagnostics.models.score import CRITICAL_MASS, INDEX
from diagnostics.scoring.key import SHARES, STAGNATION, ScoringKey
from diagnostics.scoring.measures import MeasureTable
from diagnostics.scoring.tree import Node
from surveys.rules.limits import MIN_SHARE_SIZE

MeasureTables = Mapping[str, MeasureTable]
Reasons = Mapping[str, Mapping[str, str]]


def hidden(tables: MeasureTables, nodes: Sequence[Node], scoring_key: ScoringKey, *, min_group_size: int) -> Reasons:
    """By measure, the reasons by node key of what stays hidden; a key that is absent is published."""
    core = [scale.code for scale in scoring_key.core]
    imposed = {
        node.key: ALIKE for node in nodes if core and all(homogeneous(tables[sign][node.key].counts) for sign in core)
    }
    signs = {sign: _cells(tables[sign], nodes) for sign in core}
    index, reasons = suppress_composite(_cells(tables[INDEX], nodes, imposed), signs, min_group_size=min_group_size)
    reasons[INDEX] = index if core else dict.fromkeys(index, NOT_ASKED)
    for measure in scoring_key.measures:
        if measure in SHARES:
            # The critical mass is made of the sign's answers, and stays hidden where the sign does.
            made_of = reasons[STAGNATION] if measure == CRITICAL_MASS else {}
            reasons[measure] = _decide_share(tables[measure], nodes, made_of, min_group_size)
        elif measure not in reasons:
            reasons[measure] = suppress(_cells(tables[measure], nodes), min_group_size=min_group_size)
    return reasons


def _decide_share(
    table: MeasureTable, nodes: Sequence[Node], imposed: Mapping[str, str], min_group_size: int
) -> dict[str, str]:
    """Shares have a higher minimum group size of their own, between groups too."""
    found = suppress(_cells(table, nodes, imposed), min_group_size=max(min_group_size, MIN_SHARE_SIZE))
    return {
        key: TOO_FEW_FOR_SHARE if why == TOO_FEW and table[key].respondents >= min_group_size else why
        for key, why in found.items()
    }


def _cells(table: MeasureTable, nodes: Sequence[Node], imposed: Mapping[str, str] | None = None) -> list[TreeCell]:
    return [
        TreeCell(
            id=node.key,
            parent=node.parent,
            respondents=table[node.key].respondents,
            counts=table[node.key].counts,
            imposed=(imposed or {}).get(node.key, ""),
        )
        for node in nodes
    ]
