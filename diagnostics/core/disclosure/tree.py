"""The cells of one table (the index, or one sign) over the tree of groups and divisions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from diagnostics.core.disclosure.reasons import SuppressionRule


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


class CellTree:
    """Cells by id, with their order. Raises ValueError where they make no tree or do not add up."""

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
