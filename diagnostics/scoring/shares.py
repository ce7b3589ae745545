"""Which shares of people a wave publishes: those of which no count follows, alone or by sums."""

from collections.abc import Mapping, Sequence

from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.core.disclosure.share_sums import ShareNode, revealing_sums
from diagnostics.core.disclosure.shares import rule_against_share
from diagnostics.core.disclosure.tree import TreeCell, suppress
from diagnostics.scoring.measures import NodeMeasure
from diagnostics.scoring.tree import Node
from surveys.rules.limits import MIN_SHARE_SIZE
from surveys.rules.rounding import band_of

_Rules = Mapping[str, SuppressionRule]


def suppress_share(
    table: Mapping[str, NodeMeasure], nodes: Sequence[Node], imposed: _Rules, min_group_size: int
) -> dict[str, SuppressionRule]:
    """What is suppressed of a share. Its minimum is higher than that of other figures, between groups too.

    `imposed` are the rules that suppress the figure that the share is made of.
    """
    own = {node.key: rule for node in nodes if (rule := _rule_against(node, table[node.key], min_group_size))}
    least = max(min_group_size, MIN_SHARE_SIZE)
    revealing: set[str] = set()
    while True:
        against = {**imposed, **dict.fromkeys(revealing, SuppressionRule.NARROW_BAND), **own}
        rules = suppress(_cells(table, nodes, against), min_group_size=least)
        published = [_share_node(node, table[node.key], min_group_size, shown=node.key not in rules) for node in nodes]
        more = revealing_sums(published)
        if not more:
            return {key: _named(rule, table[key].respondents, min_group_size) for key, rule in rules.items()}
        # What is suppressed for its sums must not be a sum of what is left.
        revealing |= more


def _rule_against(node: Node, measure: NodeMeasure, min_group_size: int) -> SuppressionRule | None:
    if not measure.respondents:
        return SuppressionRule.TOO_FEW_FOR_SHARE
    band = band_of(measure.respondents, node.people, min_group_size=min_group_size)
    return rule_against_share(measure.counts[-1], measure.respondents, band)


def _named(rule: SuppressionRule, respondents: int, min_group_size: int) -> SuppressionRule:
    """Enough for other figures is too few for a share."""
    if rule == SuppressionRule.TOO_FEW and respondents >= min_group_size:
        return SuppressionRule.TOO_FEW_FOR_SHARE
    return rule


def _cells(table: Mapping[str, NodeMeasure], nodes: Sequence[Node], against: _Rules) -> list[TreeCell]:
    return [
        TreeCell(node.key, node.parent, table[node.key].respondents, table[node.key].counts, against.get(node.key))
        for node in nodes
    ]


def _share_node(node: Node, measure: NodeMeasure, min_group_size: int, *, shown: bool) -> ShareNode:
    percent = round(measure.estimate.value) if shown and measure.estimate else None
    band = band_of(measure.respondents, node.people, min_group_size=min_group_size)
    return ShareNode(node.key, node.parent, band, percent)
