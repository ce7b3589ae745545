"""The index beside its signs: one suppressed sign could be computed from the index and the other signs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.core.disclosure.tree import TreeCell, suppress
from surveys.rules.limits import MIN_GROUP_SIZE

# By id, the rule that suppresses the cell.
Rules = dict[str, SuppressionRule]


def suppress_composite(
    index: Iterable[TreeCell], signs: Mapping[str, Iterable[TreeCell]], *, min_group_size: int = MIN_GROUP_SIZE
) -> tuple[Rules, dict[str, Rules]]:
    """The rules by id of the cells to suppress, for the index and for each of the signs that it is the mean of.

    Each table keeps the rules of `suppress`. Where a node shows its index, two or more of its signs are suppressed, or
    none: the one with the fewest answers goes along. All tables must have the same nodes.
    """
    index_suppressed = suppress(index, min_group_size=min_group_size)
    tables = {code: {cell.id: cell for cell in cells} for code, cells in sorted(signs.items())}
    suppressed = {code: suppress(table.values(), min_group_size=min_group_size) for code, table in tables.items()}
    while pairs := _companions(tables, suppressed, index_suppressed):
        # One sign a round: what goes along with its nodes may spare others a companion of their own.
        code = pairs[0][1]
        for node in (node for node, companion in pairs if companion == code):
            tables[code][node] = replace(tables[code][node], imposed=SuppressionRule.COMPLEMENTARY)
        suppressed[code] = suppress(tables[code].values(), min_group_size=min_group_size)
    return index_suppressed, suppressed


def _companions(
    tables: Mapping[str, Mapping[str, TreeCell]],
    suppressed: Mapping[str, Rules],
    index_suppressed: Rules,
) -> list[tuple[str, str]]:
    """Nodes whose index is shown while exactly one of their signs is suppressed, with the sign to suppress as well."""
    found = []
    nodes = sorted({node for table in tables.values() for node in table} - set(index_suppressed))
    for node in nodes:
        answered = [code for code in tables if tables[code][node].respondents]
        shown = [code for code in answered if node not in suppressed[code]]
        if shown and len(shown) == len(answered) - 1:
            found.append((node, min(shown, key=lambda code: (tables[code][node].respondents, code))))
    return found
