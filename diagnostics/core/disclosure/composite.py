"""The index beside its signs: one suppressed sign could be computed from the index and the other signs.

Two suppressed signs of a node are safe by themselves. In rare trees they are not, together with what other nodes
publish: so what is left is judged as a system of equations. Nothing distinguishes the answers to one sign that are in
the same residual of the sign and in the same one of the index: their sum is one unknown. It is in two equations at
most, that of the sign's residual and that of the index's.

So the equations are the vertices of a graph and the unknowns its edges, each from an equation of a sign to one of the
index. An unknown that is in one equation only has a vertex without an equation, "outside", as its other end. Those
changes of the unknowns that keep every equation are the circulations of this graph. A sum of unknowns can be computed
where no circulation changes it.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.core.disclosure.tree import CellTree, TreeCell, suppress
from surveys.rules.limits import MIN_GROUP_SIZE

# By id, the rule that suppresses the cell.
Rules = dict[str, SuppressionRule]
# By node and sign, the sort key that says which sign of a node is suppressed to protect another one, the lowest first.
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
    none: where it would be one, the first of the others by `sign_order` is suppressed as well. Readers must not know
    that order: it would tell them which of the two is suppressed for its own sake. All tables must have the same nodes.
    """
    index_cells = {cell.id: cell for cell in index}
    index_suppressed = suppress(index_cells.values(), min_group_size=min_group_size)
    tables = {code: {cell.id: cell for cell in cells} for code, cells in sorted(signs.items())}
    suppressed = {code: suppress(table.values(), min_group_size=min_group_size) for code, table in tables.items()}
    while True:
        while companions := _companions(tables, suppressed, index_suppressed, sign_order):
            # One sign a round: what is suppressed to protect its nodes may give other nodes their second sign.
            code = companions[0][1]
            _impose(tables[code], {node for node, companion in companions if companion == code})
            suppressed[code] = suppress(tables[code].values(), min_group_size=min_group_size)
        sign_trees = {code: CellTree(table.values()) for code, table in tables.items()}
        system = _EquationSystem(CellTree(index_cells.values()), sign_trees)
        revealing = system.revealing_index(index_suppressed, suppressed)
        if not revealing:
            return index_suppressed, suppressed
        _impose(index_cells, revealing)
        index_suppressed = suppress(index_cells.values(), min_group_size=min_group_size)


def _impose(cells: dict[str, TreeCell], nodes: Iterable[str]) -> None:
    for node in nodes:
        cells[node] = replace(cells[node], imposed=SuppressionRule.COMPLEMENTARY)


# The sum of the answers to a sign that are in one residual of the sign and in one of the index: (sign, residual of the
# sign, residual of the index). A residual has the name of its published node; None where nothing is published above.
_Unknown = tuple[str, str | None, str | None]
# What is published of a residual: (sign, its published node), with _INDEX in the place of the sign for the index.
_Equation = tuple[str, str]
_INDEX, _OUTSIDE = "", ("", "")
_DRAWN_BITS = 64


class _EquationSystem:
    """All that index and signs publish, as equations of sums of people's answers."""

    def __init__(self, index: CellTree, signs: Mapping[str, CellTree]) -> None:
        self.index = index
        self.signs = signs

    def revealing_index(self, index_suppressed: Rules, suppressed: Mapping[str, Rules]) -> set[str]:
        """Nodes whose index is published, and helps to compute a suppressed sign: one of each connected component."""
        unknown_of = self._unknowns(index_suppressed, suppressed)
        unknowns = set(unknown_of.values())
        flow, component_of = _circulation(unknowns), _components(unknowns)
        found: dict[_Equation, str] = {}
        for target in self._sums(unknown_of, suppressed):
            if not sum(flow[unknown] for unknown in target):
                equation = _index_equation_near(target, component_of)
                found.setdefault(component_of[equation], equation[1])
        return set(found.values())

    def _sums(
        self, unknown_of: Mapping[tuple[str, str], _Unknown], suppressed: Mapping[str, Rules]
    ) -> Iterator[set[_Unknown]]:
        """The unknowns that each suppressed cell is the sum of. One that divides an unknown cannot be computed."""
        nodes_of: dict[_Unknown, set[str]] = defaultdict(set)
        for (_, node), unknown in unknown_of.items():
            nodes_of[unknown].add(node)
        for sign, target in sorted((code, node) for code in self.signs for node in suppressed[code]):
            below = self._below(sign, target)
            made_of = {unknown_of[sign, node] for node in below if (sign, node) in unknown_of}
            if made_of and all(nodes_of[unknown] <= below for unknown in made_of):
                yield made_of

    def _unknowns(self, index_suppressed: Rules, suppressed: Mapping[str, Rules]) -> dict[tuple[str, str], _Unknown]:
        """By sign and node, the sum that the answers of the node's own people are part of."""
        of_index = _residuals(self.index, index_suppressed)
        found: dict[tuple[str, str], _Unknown] = {}
        for sign, tree in self.signs.items():
            of_sign = _residuals(tree, suppressed[sign])
            found |= {(sign, node): (sign, of_sign[node], of_index[node]) for node in _with_own_people(tree)}
        return found

    def _below(self, sign: str, node: str) -> set[str]:
        """The node and all below it."""
        found, waiting = set(), [node]
        while waiting:
            found.add(reached := waiting.pop())
            waiting.extend(self.signs[sign].children[reached])
        return found


def _residuals(tree: CellTree, rules: Rules) -> dict[str, str | None]:
    """By node, the published node whose residual has its own people: the nearest, itself or above it."""
    return {
        node: next((above for above in (node, *tree.ancestors(node)) if above not in rules), None)
        for node in tree.cells
    }


def _with_own_people(tree: CellTree) -> list[str]:
    """The nodes that have respondents who belong to none of their children."""
    cells, children = tree.cells, tree.children
    return [
        node
        for node in tree.post_order
        if cells[node].respondents > sum(cells[child].respondents for child in children[node])
    ]


def _ends(unknown: _Unknown) -> tuple[_Equation, _Equation]:
    """The equations that an unknown is in: of its sign, and of the index."""
    sign, of_sign, of_index = unknown
    return (_OUTSIDE if of_sign is None else (sign, of_sign)), (_OUTSIDE if of_index is None else (_INDEX, of_index))


def _circulation(unknowns: Iterable[_Unknown]) -> dict[_Unknown, int]:
    """By unknown, its change in a circulation drawn by chance, which keeps every equation.

    Where a sum can be computed, the changes of its unknowns add up to 0. Where it cannot, they do in one of 2^64 draws.
    """
    draw = random.Random(0)  # noqa: S311 -- nothing secret, and the same each time
    flow = {unknown: draw.getrandbits(_DRAWN_BITS) for unknown in sorted(unknowns, key=str)}
    tree = _spanning_forest(_unknowns_by_equation(flow))
    excess: dict[_Equation, int] = defaultdict(int)
    for unknown in flow.keys() - {edge for edge, _, _ in tree}:
        tail, head = _ends(unknown)
        excess[tail] -= flow[unknown]
        excess[head] += flow[unknown]
    # From the leaves to the root: the edge to the parent takes what is too much at the child.
    for unknown, child, parent in reversed(tree):
        surplus = excess[child]
        flow[unknown] = surplus if _ends(unknown)[0] == child else -surplus
        excess[parent] += surplus
    return flow


def _unknowns_by_equation(unknowns: Iterable[_Unknown]) -> dict[_Equation, list[_Unknown]]:
    found: dict[_Equation, list[_Unknown]] = defaultdict(list)
    for unknown in unknowns:
        for equation in set(_ends(unknown)):
            found[equation].append(unknown)
    return found


def _spanning_forest(
    by_equation: Mapping[_Equation, Iterable[_Unknown]],
) -> list[tuple[_Unknown, _Equation, _Equation]]:
    """A tree of each connected component, from its root on: (edge, its child, its parent).

    An end that is left out of `by_equation` connects nothing.
    """
    found, reached = [], set()
    for root in sorted(by_equation):
        waiting = [] if root in reached else [root]
        reached.add(root)
        while waiting:
            parent = waiting.pop()
            for unknown in by_equation[parent]:
                (child,) = set(_ends(unknown)) - {parent} or {parent}
                if child in by_equation and child not in reached:
                    reached.add(child)
                    found.append((unknown, child, parent))
                    waiting.append(child)
    return found


def _components(unknowns: Iterable[_Unknown]) -> dict[_Equation, _Equation]:
    """By equation, the first one of its connected component. The outside connects nothing here."""
    by_equation = _unknowns_by_equation(unknowns)
    by_equation.pop(_OUTSIDE, None)
    component_of = {equation: equation for equation in by_equation}
    for _, child, parent in _spanning_forest(by_equation):
        component_of[child] = component_of[parent]
    return component_of


def _index_equation_near(target: AbstractSet[_Unknown], component_of: Mapping[_Equation, _Equation]) -> _Equation:
    """An equation of the index that has an unknown of the target, else one of the same connected component."""
    found = {_ends(unknown)[1] for unknown in target} - {_OUTSIDE}
    if not found:
        components = {component_of[end] for unknown in target for end in _ends(unknown) if end in component_of}
        found = {
            equation
            for equation, component in component_of.items()
            if component in components and equation[0] == _INDEX
        }
    if not found:
        raise RuntimeError("No suppressed sign can be computed without an index.")
    return min(found)


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
