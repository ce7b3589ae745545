"""The index beside its signs: one suppressed sign could be computed from the index and the other signs.

Two suppressed signs of a node are safe by themselves. With what other nodes publish they may be not, in rare trees: so
what is left is judged as a system of equations. Answers to one sign, in one residual of it and in one of the index, are
told apart by nothing: their sum is one unknown. It is in two equations at most, of its sign's residual and the index's.

So the equations are the nodes of a graph and the unknowns its edges, from a sign's equation to one of the index; an end
without an equation is outside. Unknowns can change without any equation noticing by what flows in circles, and in no
other way. A sum of unknowns is known where no such flow changes it.
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
            _impose(tables[code], {node for node, companion in pairs if companion == code})
            suppressed[code] = suppress(tables[code].values(), min_group_size=min_group_size)
        system = _System(CellTree(own.values()), {code: CellTree(table.values()) for code, table in tables.items()})
        revealing = system.revealing_index(index_suppressed, suppressed)
        if not revealing:
            return index_suppressed, suppressed
        _impose(own, revealing)
        index_suppressed = suppress(own.values(), min_group_size=min_group_size)


def _impose(cells: dict[str, TreeCell], nodes: Iterable[str]) -> None:
    for node in nodes:
        cells[node] = replace(cells[node], imposed=SuppressionRule.COMPLEMENTARY)


# The sum of those of a sign who are in one residual of it and in one of the index: (sign, the one, the other), each by
# its published node; None where nothing is published above them.
_Unknown = tuple[str, str | None, str | None]
# The table, a sign or the index, and the published node.
_Equation = tuple[str, str]
_INDEX, _OUTSIDE = "", ("", "")
_DRAWN_BITS = 64


class _System:
    """All that index and signs publish, as equations of sums of people's answers."""

    def __init__(self, index: CellTree, signs: Mapping[str, CellTree]) -> None:
        self.index = index
        self.signs = signs

    def revealing_index(self, index_suppressed: Rules, suppressed: Mapping[str, Rules]) -> set[str]:
        """Nodes whose index is published, and helps to compute a suppressed sign: one of each that hang together."""
        unknown_of = self._unknowns(index_suppressed, suppressed)
        flow, part_of = _circular_flow(set(unknown_of.values())), _connected_parts(set(unknown_of.values()))
        found: dict[_Equation, str] = {}
        for target in self._sums(unknown_of, suppressed):
            if not sum(flow[unknown] for unknown in target):
                helping = _helping(target, part_of)
                found.setdefault(part_of[helping], helping[1])
        return set(found.values())

    def _sums(
        self, unknown_of: Mapping[tuple[str, str], _Unknown], suppressed: Mapping[str, Rules]
    ) -> Iterator[set[_Unknown]]:
        """The unknowns that each suppressed cell is the sum of. One that divides an unknown cannot be computed."""
        members: dict[_Unknown, set[str]] = defaultdict(set)
        for (_, place), unknown in unknown_of.items():
            members[unknown].add(place)
        for sign, node in sorted((table, place) for table in self.signs for place in suppressed[table]):
            below = self._below(sign, node)
            made_of = {unknown_of[sign, place] for place in below if (sign, place) in unknown_of}
            if made_of and all(members[unknown] <= below for unknown in made_of):
                yield made_of

    def _unknowns(self, index_suppressed: Rules, suppressed: Mapping[str, Rules]) -> dict[tuple[str, str], _Unknown]:
        """By sign and node, the sum that the answers of the node's own people are part of."""
        around = _residuals(self.index, index_suppressed)
        found: dict[tuple[str, str], _Unknown] = {}
        for sign, tree in self.signs.items():
            inside = _residuals(tree, suppressed[sign])
            found |= {(sign, node): (sign, inside[node], around[node]) for node in _with_own_people(tree)}
        return found

    def _below(self, sign: str, node: str) -> set[str]:
        """The node and all below it."""
        found, waiting = set(), [node]
        while waiting:
            found.add(place := waiting.pop())
            waiting.extend(self.signs[sign].children[place])
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


def _ends(unknown: _Unknown) -> tuple[_Equation, _Equation]:
    """The equations that an unknown is in: of its sign, and of the index."""
    sign, inside, around = unknown
    return (_OUTSIDE if inside is None else (sign, inside)), (_OUTSIDE if around is None else (_INDEX, around))


def _circular_flow(unknowns: Iterable[_Unknown]) -> dict[_Unknown, int]:
    """By unknown, what goes along it in a flow drawn by chance, which no equation notices.

    Where a sum can be computed, those of its unknowns add up to 0. Where it cannot, they do in one of 2^64 draws.
    """
    draw = random.Random(0)  # noqa: S311 -- nothing secret, and the same each time
    flow = {unknown: draw.getrandbits(_DRAWN_BITS) for unknown in sorted(unknowns, key=str)}
    tree = _spanning_forest(_by_end(flow))
    excess: dict[_Equation, int] = defaultdict(int)
    for unknown in flow.keys() - {edge for edge, _, _ in tree}:
        tail, head = _ends(unknown)
        excess[tail] -= flow[unknown]
        excess[head] += flow[unknown]
    # From the leaves on, the edge towards the root takes along what comes in too much.
    for unknown, equation, nearer in reversed(tree):
        surplus = excess[equation]
        flow[unknown] = surplus if _ends(unknown)[0] == equation else -surplus
        excess[nearer] += surplus
    return flow


def _by_end(unknowns: Iterable[_Unknown]) -> dict[_Equation, list[_Unknown]]:
    found: dict[_Equation, list[_Unknown]] = defaultdict(list)
    for unknown in unknowns:
        for end in set(_ends(unknown)):
            found[end].append(unknown)
    return found


def _spanning_forest(by_end: Mapping[_Equation, Iterable[_Unknown]]) -> list[tuple[_Unknown, _Equation, _Equation]]:
    """Edges that join what hangs together without a circle: (edge, its farther end, the end nearer to the root).

    An end that is left out of `by_end` joins nothing.
    """
    found, reached = [], set()
    for root in sorted(by_end):
        waiting = [] if root in reached else [root]
        reached.add(root)
        while waiting:
            nearer = waiting.pop()
            for unknown in by_end[nearer]:
                (farther,) = set(_ends(unknown)) - {nearer} or {nearer}
                if farther in by_end and farther not in reached:
                    reached.add(farther)
                    found.append((unknown, farther, nearer))
                    waiting.append(farther)
    return found


def _connected_parts(unknowns: Iterable[_Unknown]) -> dict[_Equation, _Equation]:
    """By equation, one that stands for all that hang together with it other than by the outside."""
    by_end = _by_end(unknowns)
    by_end.pop(_OUTSIDE, None)
    part_of = {equation: equation for equation in by_end}
    for _, farther, nearer in _spanning_forest(by_end):
        part_of[farther] = part_of[nearer]
    return part_of


def _helping(target: AbstractSet[_Unknown], part_of: Mapping[_Equation, _Equation]) -> _Equation:
    """An equation of the index around the target, else one that hangs together with it."""
    around = {_ends(unknown)[1] for unknown in target} - {_OUTSIDE}
    if not around:
        parts = {part_of[end] for unknown in target for end in _ends(unknown) if end in part_of}
        around = {equation for equation, part in part_of.items() if part in parts and equation[0] == _INDEX}
    if not around:
        raise RuntimeError("No suppressed sign can be computed without an index.")
    return min(around)


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
