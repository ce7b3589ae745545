"""What a wave may publish, decided for all its measures together (docs/anonymity.md)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnostics.core.alerts.thresholds import Thresholds
from diagnostics.core.disclosure.composite import SignOrder, suppress_composite
from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.core.disclosure.share_sums import ShareNode, revealing_sums
from diagnostics.core.disclosure.shares import rule_against_share
from diagnostics.core.disclosure.tree import TreeCell, homogeneous, suppress
from diagnostics.core.estimate.nonresponse import response_of
from diagnostics.models.score import CRITICAL_MASS, INDEX
from diagnostics.scoring.key import SHARES, STAGNATION, ScoringKey
from diagnostics.scoring.measures import ComputedMeasures, MeasureTable, NodeEstimate, NodeMeasure, compute
from diagnostics.scoring.over_time import NeighbourWave, NodeKeys, changed_nodes, merged
from diagnostics.scoring.tree import Node
from diagnostics.scoring.wave import DecodedWave
from surveys.rules.limits import MIN_SHARE_SIZE
from surveys.rules.rounding import Band, GroupResponse, group_response
from surveys.selectors.results import ClosedWave

MeasureTables = Mapping[str, MeasureTable]
# By measure and node key, the rule that suppresses the figure; a key that is absent is published.
Suppressed = Mapping[str, Mapping[str, SuppressionRule]]


@dataclass(frozen=True)
class WaveFigures:
    """One wave's figures, computed and judged, before anything of it is stored."""

    # The closed wave.
    wave: ClosedWave
    # Which bytes belong to which scale.
    scoring_key: ScoringKey
    # The tree that the wave reports on, parents first.
    nodes: Sequence[Node]
    # When alerts are raised and cleared.
    thresholds: Thresholds
    # All figures, before anything is suppressed.
    computed: ComputedMeasures
    # By measure and node key, the rule that suppresses a figure; the rest is published.
    suppressed: Suppressed

    def published(self, measure: str, node: Node) -> NodeEstimate | None:
        return None if node.key in self.suppressed[measure] else self.computed.tables[measure][node.key].estimate

    def respondents(self, node: Node) -> int:
        return self.computed.respondents[node.key]

    def counted(self, node: Node) -> GroupResponse:
        """How many of a node's people answered, as it is published."""
        return group_response(self.computed.bands[node.key], node.people, min_group_size=self.wave.min_group_size)

    def response(self, node: Node) -> float | None:
        """Share of a node's people who answered, 0..1, as it may be shown; None where headcounts are unknown."""
        if node.people is None:
            return None
        return float(response_of([self.computed.bands[node.key]], [node.people])[0])


def judge(decoded: DecodedWave, neighbours: Sequence[NeighbourWave] = ()) -> WaveFigures:
    """Computes every measure of every node, and decides which are published beside what `neighbours` publish."""
    wave, key = decoded.stored.wave, decoded.scoring_key
    computed = compute(decoded)
    order = suppression_order(decoded.nodes, computed.bands)
    changed: dict[str, set[str]] = {}
    while True:
        suppressed = suppress_measures(
            computed, decoded.nodes, key, min_group_size=wave.min_group_size, changed=changed
        )
        # What is suppressed makes other blocks of what is left: these are looked at again.
        more = changed_nodes(
            decoded.nodes, computed.tables, suppressed, neighbours, order=order, min_group_size=wave.min_group_size
        )
        if not more:
            return WaveFigures(wave, key, decoded.nodes, decoded.thresholds, computed, suppressed)
        changed = merged(changed, more)


def suppression_order(nodes: Sequence[Node], bands: Mapping[str, Band]) -> dict[str, int]:
    """By node key, its place in the order of complementary suppression: by the published band, then by chance.

    The count would say which of two nodes of one band has fewer answers. An order that everybody knows would say which
    of the two was suppressed for its own sake; chance that is published nowhere does not.
    """
    listed = sorted(nodes, key=lambda node: (bands[node.key].low, node.draw, node.key))
    return {node.key: place for place, node in enumerate(listed)}


def suppress_measures(
    computed: ComputedMeasures,
    nodes: Sequence[Node],
    scoring_key: ScoringKey,
    *,
    min_group_size: int,
    changed: NodeKeys | None = None,
) -> Suppressed:
    """What is suppressed of a wave, and by which rule; `changed` are nodes that would tell on the few who changed."""
    tables, order = computed.tables, suppression_order(nodes, computed.bands)
    core = [scale.code for scale in scoring_key.core]
    by_change = {
        measure: dict.fromkeys((changed or {}).get(measure, ()), SuppressionRule.CHANGED)
        for measure in {*tables, *scoring_key.measures}
    }
    imposed = by_change[INDEX] | _homogeneous_nodes(tables, nodes, core)
    signs = {sign: _cells(tables[sign], nodes, by_change[sign], order) for sign in core}
    index, suppressed = suppress_composite(
        _cells(tables[INDEX], nodes, imposed, order),
        signs,
        min_group_size=min_group_size,
        sign_order=_sign_order(nodes),
    )
    suppressed[INDEX] = index if core else dict.fromkeys(index, SuppressionRule.NOT_ASKED)
    for measure in scoring_key.measures:
        if measure in SHARES:
            # The critical mass is made of the sign's answers, and is suppressed where the sign does.
            made_of = suppressed[STAGNATION] if measure == CRITICAL_MASS else {}
            suppressed[measure] = suppress_share(
                tables[measure], nodes, {**by_change[measure], **made_of}, min_group_size, order
            )
        elif measure not in suppressed:
            cells = _cells(tables[measure], nodes, by_change[measure], order)
            suppressed[measure] = suppress(cells, min_group_size=min_group_size)
    return suppressed


def suppress_share(
    table: MeasureTable,
    nodes: Sequence[Node],
    imposed: Mapping[str, SuppressionRule],
    min_group_size: int,
    order: Mapping[str, int],
) -> dict[str, SuppressionRule]:
    """What is suppressed of a share, so that no count follows from what is published, alone or by sums.

    Its minimum is higher than that of other figures, between groups too. `imposed` are the rules that suppress the
    figure that the share is made of.
    """
    own = {node.key: rule for node in nodes if (rule := _rule_against(table[node.key]))}
    least = max(min_group_size, MIN_SHARE_SIZE)
    revealing: set[str] = set()
    while True:
        against = {**imposed, **dict.fromkeys(revealing, SuppressionRule.NARROW_BAND), **own}
        rules = suppress(_cells(table, nodes, against, order), min_group_size=least)
        published = [_share_node(node, table[node.key], shown=node.key not in rules) for node in nodes]
        more = revealing_sums(published)
        if not more:
            return {key: _named(rule, table[key].respondents, min_group_size) for key, rule in rules.items()}
        # What is suppressed for its sums must not be a sum of what is left.
        revealing |= more


def _homogeneous_nodes(tables: MeasureTables, nodes: Sequence[Node], core: Sequence[str]) -> dict[str, SuppressionRule]:
    """The nodes of whose index too much is known because all their signs are homogeneous."""
    return {
        node.key: SuppressionRule.HOMOGENEOUS
        for node in nodes
        if core and all(homogeneous(tables[sign][node.key].counts) for sign in core)
    }


def _sign_order(nodes: Sequence[Node]) -> SignOrder:
    """By chance, another one for each node."""
    draws = {node.key: node.draw for node in nodes}
    return lambda key, sign: hashlib.sha256(f"{draws[key]} {sign}".encode()).hexdigest()


def _cells(
    table: MeasureTable, nodes: Sequence[Node], imposed: Mapping[str, SuppressionRule], order: Mapping[str, int]
) -> list[TreeCell]:
    return [
        TreeCell(
            id=node.key,
            parent=node.parent,
            respondents=table[node.key].respondents,
            counts=table[node.key].counts,
            imposed=imposed.get(node.key),
            order=order[node.key],
        )
        for node in nodes
    ]


def _rule_against(measure: NodeMeasure) -> SuppressionRule | None:
    if not measure.respondents:
        return SuppressionRule.TOO_FEW_FOR_SHARE
    return rule_against_share(measure.counts[-1], measure.respondents, measure.band)


def _named(rule: SuppressionRule, respondents: int, min_group_size: int) -> SuppressionRule:
    """Enough for other figures is too few for a share."""
    if rule == SuppressionRule.TOO_FEW and respondents >= min_group_size:
        return SuppressionRule.TOO_FEW_FOR_SHARE
    return rule


def _share_node(node: Node, measure: NodeMeasure, *, shown: bool) -> ShareNode:
    percent = round(measure.estimate.value) if shown and measure.estimate else None
    return ShareNode(node.key, node.parent, measure.band, percent)
