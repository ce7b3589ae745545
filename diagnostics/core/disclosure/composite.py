"""The index beside its signs: one suppressed sign could be computed from the index and the other signs.

Two suppressed signs of a node are safe by themselves. With what other nodes publish they may be not, in rare trees: so
what is left is solved as a system of equations. Answers to one sign, in one residual of it and in one of the index, are
told apart by nothing: their sum is one unknown. It is in two equations at most, of its sign's residual and the index's.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import numpy as np

from diagnostics.core.arrays import Floats
from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.core.disclosure.tree import CellTree, TreeCell, suppress
from surveys.rules.limits import MIN_GROUP_SIZE

# By id, the rule that suppresses the cell.
Rules = dict[str, SuppressionRule]
# By node and sign, what decides which sign of a node goes along, the lowest first.
SignOrder = Callable[[str, str], str]


def _by_code(_node: str, sign: str) -> str:
    return sign


def suppress_composite(
    index: Iterable[TreeCell],
    signs: Mapping[str, Iterable[TreeCell]],
    *,
    min_group_size: int = MIN_GROUP_SIZE,
    sign_order: SignOrder = _by_code,
) -> tuple[Rules, dict[str, Rules]]:
    """The rules by id of the cells to suppress, for the index and for each of the signs that it is the mean of.

    Each table keeps the rules of `suppress`. Where a node shows its index, two or more of its signs are suppressed, or
    none: the first by `sign_order` goes along. Readers must not know that order, or the other sign would be the one
    that is suppressed for its own sake. All tables must have the same nodes.
    """
    own = {cell.id: cell for cell in index}
    index_suppressed = suppress(own.values(), min_group_size=min_group_size)
    tables = {code: {cell.id: cell for cell in cells} for code, cells in sorted(signs.items())}
    suppressed = {code: suppress(table.values(), min_group_size=min_group_size) for code, table in tables.items()}
    while True:
        while pairs := _companions(tables, suppressed, index_suppressed, sign_order):
            # One sign a round: what goes along with its nodes may spare others a companion of their own.
            code = pairs[0][1]
            for node in (node for node, companion in pairs if companion == code):
                tables[code][node] = replace(tables[code][node], imposed=SuppressionRule.COMPLEMENTARY)
            suppressed[code] = suppress(tables[code].values(), min_group_size=min_group_size)
        system = _System(CellTree(own.values()), {code: CellTree(table.values()) for code, table in tables.items()})
        if (revealing := system.revealing_index(index_suppressed, suppressed)) is None:
            return index_suppressed, suppressed
        own[revealing] = replace(own[revealing], imposed=SuppressionRule.COMPLEMENTARY)
        index_suppressed = suppress(own.values(), min_group_size=min_group_size)


# The sum of those of a sign who are in one residual of it and in one of the index: (sign, the one, the other), each by
# its published node; None where nothing is published above them.
_Unknown = tuple[str, str | None, str | None]


# In place of a sign, the name of an equation of the index; and what is nought among numbers near one.
_INDEX, _TOLERANCE = "", 1e-8


class _System:
    """All that index and signs publish, as equations of sums of people's answers."""

    def __init__(self, index: CellTree, signs: Mapping[str, CellTree]) -> None:
        self.index = index
        self.signs = signs

    def revealing_index(self, index_suppressed: Rules, suppressed: Mapping[str, Rules]) -> str | None:
        """A node whose index is published, and helps to compute a suppressed sign; None where there is none."""
        members = self._members(index_suppressed, suppressed)
        equations: dict[tuple[str, str], set[_Unknown]] = defaultdict(set)
        for unknown in members:
            for name in _equations_of(unknown):
                equations[name].add(unknown)
        known = _one_by_one(equations)
        basis, columns = _row_space([unknowns - known for unknowns in equations.values()])
        for sign in sorted(self.signs):
            for node in sorted(suppressed[sign]):
                target = self._made_of(sign, node, members)
                if target and _in_row_space(basis, columns, target - known):
                    return _helping(target, equations)
        return None

    def _members(self, index_suppressed: Rules, suppressed: Mapping[str, Rules]) -> dict[_Unknown, set[str]]:
        """By unknown, the nodes of whose own people it is the sum."""
        around = _residuals(self.index, index_suppressed)
        found: dict[_Unknown, set[str]] = defaultdict(set)
        for sign, tree in self.signs.items():
            inside = _residuals(tree, suppressed[sign])
            for node in _with_own_people(tree):
                found[sign, inside[node], around[node]].add(node)
        return found

    def _made_of(self, sign: str, node: str, members: Mapping[_Unknown, AbstractSet[str]]) -> set[_Unknown]:
        """The unknowns that a cell is the sum of; none where it divides one, and so cannot be computed."""
        tree, found = self.signs[sign], set()
        for unknown, places in members.items():
            if unknown[0] == sign:
                below = {place for place in places if place == node or node in tree.ancestors(place)}
                if below == places:
                    found.add(unknown)
                elif below:
                    return set()
        return found


def _residuals(tree: CellTree, rules: Rules) -> dict[str, str | None]:
    """By node, the nearest published one, itself or above it."""
    return {
        node: next((above for above in (node, *tree.ancestors(node)) if above not in rules), None)
        for node in tree.cells
    }


def _with_own_people(tree: CellTree) -> list[str]:
    cells, children = tree.cells, tree.children
    return [
        node
        for node in tree.post_order
        if cells[node].respondents > sum(cells[child].respondents for child in children[node])
    ]


def _equations_of(unknown: _Unknown) -> list[tuple[str, str]]:
    """What is published of it: (sign, node) and (_INDEX, node)."""
    sign, inside, around = unknown
    return [(table, node) for table, node in ((sign, inside), (_INDEX, around)) if node is not None]


def _one_by_one(equations: Mapping[tuple[str, str], AbstractSet[_Unknown]]) -> set[_Unknown]:
    """The unknowns that follow from equations with a single one left: nearly all, so that few are to be solved."""
    left = {name: set(unknowns) for name, unknowns in equations.items()}
    waiting, known = [name for name, unknowns in left.items() if len(unknowns) == 1], set()
    while waiting:
        for unknown in list(left[waiting.pop()]):
            known.add(unknown)
            for name in _equations_of(unknown):
                left[name].discard(unknown)
                if len(left[name]) == 1:
                    waiting.append(name)
    return known


def _row_space(rows: Iterable[AbstractSet[_Unknown]]) -> tuple[Floats, Sequence[_Unknown]]:
    """An orthonormal basis of what the equations span, and the unknowns of its columns."""
    distinct = [row for row in rows if row]
    columns = sorted(set().union(*distinct), key=str)
    matrix = np.array([[float(unknown in row) for unknown in columns] for row in distinct])
    if not distinct:
        return np.zeros((0, 0)), columns
    _, strength, directions = np.linalg.svd(matrix, full_matrices=False)
    return directions[strength > _TOLERANCE], columns


def _in_row_space(basis: Floats, columns: Sequence[_Unknown], target: AbstractSet[_Unknown]) -> bool:
    if not target <= set(columns):
        return False
    wanted = np.array([float(unknown in target) for unknown in columns])
    return not target or bool(np.abs(wanted - basis.T @ (basis @ wanted)).max() < _TOLERANCE)


def _helping(target: AbstractSet[_Unknown], equations: Mapping[tuple[str, str], AbstractSet[_Unknown]]) -> str:
    """A node whose index is published around the target, else around what shares a sign's residual with it."""
    beside = {unknown for unknowns in equations.values() if unknowns & target for unknown in unknowns}
    for unknowns in (target, beside, set().union(*equations.values())):
        if around := {unknown[2] for unknown in unknowns if unknown[2] is not None}:
            return min(around)
    raise RuntimeError("No suppressed sign can be computed without an index.")


def _companions(
    tables: Mapping[str, Mapping[str, TreeCell]],
    suppressed: Mapping[str, Rules],
    index_suppressed: Rules,
    sign_order: SignOrder,
) -> list[tuple[str, str]]:
    """Nodes whose index is shown while exactly one of their signs is suppressed, with the sign to suppress as well."""
    found = []
    nodes = sorted({node for table in tables.values() for node in table} - set(index_suppressed))
    for node in nodes:
        answered = [code for code in tables if tables[code][node].respondents]
        shown = [code for code in answered if node not in suppressed[code]]
        if shown and len(shown) == len(answered) - 1:
            found.append((node, min(shown, key=lambda code: (sign_order(node, code), code))))
    return found
