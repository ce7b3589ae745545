"""Which figures of a tree may be shown: minimum group size, homogeneity and residual rule (docs/anonymity.md).

Published cells of a tree can be subtracted from each other. What remains of a published node once its
published descendants are taken away is its residual; residuals are disjoint, and every figure that can be
computed from the published ones is a sum of them. So it suffices that each residual may itself be shown.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from diagnostics.core.disclosure.reasons import SuppressionRule
from surveys.rules.limits import MIN_GROUP_SIZE


@dataclass(frozen=True)
class TreeCell:
    """A figure of one node, and how many people it is made of."""

    # Of the node.
    id: str
    # The id of the cell above it, None at the top.
    parent: str | None
    # Everybody under the node, 0 or more: its own people and those of its descendants.
    respondents: int
    # How many of them have each score value, the lowest risk (0) first; empty where likeness is not judged (the index).
    counts: tuple[int, ...] = ()
    # A rule that suppresses this cell whatever its size; None where there is none.
    imposed: SuppressionRule | None = None
    # Its place in the order in which cells are suppressed to protect others, the lowest first. Never by the count
    # itself: which of two cells of one band is suppressed would say which has fewer people.
    order: int = 0


class CellTree:
    """The cells of one table (the index, or one sign) over groups and divisions: by id, with their order.

    Raises ValueError where they make no tree or do not add up.
    """

    def __init__(self, cells: Iterable[TreeCell]) -> None:
        listed = sorted(cells, key=lambda cell: cell.id)
        self.cells = {cell.id: cell for cell in listed}
        self.children: dict[str, list[str]] = {cell.id: [] for cell in listed}
        if len(self.cells) != len(listed):
            raise ValueError("Two cells have the same id.")
        for cell in listed:
            if cell.parent is not None:
                if cell.parent not in self.cells:
                    raise ValueError(f"Cell {cell.id} has the parent {cell.parent}, which is no cell.")
                self.children[cell.parent].append(cell.id)
        self.post_order = [node for cell in listed if cell.parent is None for node in self._below_first(cell.id)]
        if len(self.post_order) != len(listed):
            raise ValueError("The cells have a cycle.")
        for cell in listed:
            self._check_sums(cell)

    def ancestors(self, node: str) -> Iterator[str]:
        """The ids above a node, nearest first."""
        parent = self.cells[node].parent
        while parent is not None:
            yield parent
            parent = self.cells[parent].parent

    def _below_first(self, root: str) -> list[str]:
        order, stack = [], [root]
        while stack:
            node = stack.pop()
            order.append(node)
            stack.extend(self.children[node])
        return order[::-1]

    def _check_sums(self, cell: TreeCell) -> None:
        below = [self.cells[child] for child in self.children[cell.id]]
        if cell.respondents < sum(child.respondents for child in below):
            raise ValueError(f"Cell {cell.id} has fewer respondents than its children together.")
        if cell.counts and sum(cell.counts) != cell.respondents:
            raise ValueError(f"The counts of cell {cell.id} do not add up to its respondents.")
        if any(len(child.counts) != len(cell.counts) for child in below):
            raise ValueError(f"Cell {cell.id} and its children must count the same score values.")


def suppress(cells: Iterable[TreeCell], *, min_group_size: int = MIN_GROUP_SIZE) -> dict[str, SuppressionRule]:
    """The rules by id of the cells to suppress; a cell that is not in the result is published.

    The result depends only on the cells, never on their order. No suppressed cell can be computed from the
    published ones. Raises ValueError for cells that are no tree, or a minimum group size under 5.
    """
    check_min_group_size(min_group_size)
    table = _ResidualTable(CellTree(cells), min_group_size)
    table.suppress_complementary()
    table.restore_harmless()
    return table.rules


def check_min_group_size(min_group_size: int) -> None:
    """Raises ValueError for a minimum group size that is lower than the one that is promised."""
    if min_group_size < MIN_GROUP_SIZE:
        raise ValueError(
            f"The minimum group size may be raised, never lowered: it is {MIN_GROUP_SIZE} at least, "
            f"got {min_group_size}."
        )


def homogeneous(counts: Sequence[int]) -> bool:
    """Whether all, or all but one, chose the same risky option: a mean at which they must have tells on each of them.

    `counts` has the people of each score value, the lowest risk (0) first. Everybody at the lowest risk is
    no secret worth hiding: it is shown as "5 or below".
    """
    total = sum(counts)
    return total > 0 and max(counts[1:], default=0) >= max(total - 1, 1)


class _ResidualTable:
    """One decision in the making: the tree, and the rules of what is suppressed so far."""

    def __init__(self, tree: CellTree, min_group_size: int) -> None:
        self.tree = tree
        self.min_group_size = min_group_size
        self.rules: dict[str, SuppressionRule] = {}
        for node, cell in tree.cells.items():
            if rule := self._own_rule(cell):
                self.rules[node] = rule
        self.imposed = [cell.id for cell in tree.cells.values() if cell.imposed and cell.respondents]

    def suppress_complementary(self) -> None:
        """One pass from the leaves up is enough: what is suppressed later only enlarges residuals below."""
        for node in self.tree.post_order:
            if node in self.rules:
                self._blur_imposed(node)
                continue
            while (cover := self.cover(node)) and not self._safe(node):
                self._suppress_first(cover)
            self._separate_imposed(node)

    def restore_harmless(self) -> None:
        """Publish again, the last in the order first, what later decisions made harmless."""
        secondary = [
            self.tree.cells[node] for node, rule in self.rules.items() if rule == SuppressionRule.COMPLEMENTARY
        ]
        for cell in sorted(secondary, key=lambda cell: (-cell.order, cell.id)):
            if cell.imposed:
                continue
            del self.rules[cell.id]
            above = self._published_above(cell.id)
            touched = [cell.id] if above is None else [cell.id, above]
            if not all(map(self._safe, touched)) or any(map(self._exposed, self.imposed)):
                self.rules[cell.id] = SuppressionRule.COMPLEMENTARY

    def cover(self, node: str) -> list[str]:
        """The published descendants that lie in no other published descendant."""
        found, stack = [], list(self.tree.children[node])
        while stack:
            child = stack.pop()
            if child in self.rules:
                stack.extend(self.tree.children[child])
            else:
                found.append(child)
        return found

    def _own_rule(self, cell: TreeCell) -> SuppressionRule | None:
        if cell.respondents < self.min_group_size:
            return SuppressionRule.TOO_FEW
        return SuppressionRule.HOMOGENEOUS if homogeneous(cell.counts) else cell.imposed

    def _residual(self, node: str) -> int:
        cells = self.tree.cells
        return cells[node].respondents - sum(cells[child].respondents for child in self.cover(node))

    def _safe(self, node: str) -> bool:
        """Whether what remains of a published node is nobody, or could be shown itself."""
        remaining = self._residual(node)
        if remaining == 0:
            return True
        covered = [self.tree.cells[child].counts for child in self.cover(node)]
        counts = [count - sum(taken) for count, *taken in zip(self.tree.cells[node].counts, *covered, strict=True)]
        return remaining >= self.min_group_size and not homogeneous(counts)

    def _suppress_first(self, nodes: Iterable[str]) -> None:
        first = min(nodes, key=lambda node: (self.tree.cells[node].order, node))
        self.rules[first] = SuppressionRule.COMPLEMENTARY

    def _published_above(self, node: str) -> str | None:
        return next((above for above in self.tree.ancestors(node) if above not in self.rules), None)

    def _exposed(self, node: str) -> bool:
        """Whether an imposed cell is the sum of its published parts, or all that is suppressed of a figure."""
        suppressed_part = self._residual(node)
        above = self._published_above(node)
        return suppressed_part == 0 or (above is not None and suppressed_part == self._residual(above))

    def _blur_imposed(self, node: str) -> None:
        while node in self.imposed and self._residual(node) == 0:
            self._suppress_first(self.cover(node))

    def _separate_imposed(self, node: str) -> None:
        """Suppress more of a published node, at last the node, until no imposed cell is all that is suppressed."""
        for cell in self.imposed:
            while self._published_above(cell) == node and self._exposed(cell):
                outside = [other for other in self.cover(node) if cell not in self.tree.ancestors(other)]
                self._suppress_first(outside or [node])
