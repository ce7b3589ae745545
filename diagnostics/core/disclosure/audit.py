"""An independent check of what is published: linear algebra instead of rules."""

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from diagnostics.core.arrays import Floats
from diagnostics.core.disclosure.tree import CellTree, TreeCell

_TOLERANCE = 1e-8


def derivable(cells: Iterable[TreeCell], published: Collection[str], *, min_group_size: int) -> list[str]:
    """Ids of the cells that are suppressed, yet a linear combination of published ones.

    Also names nodes whose own people (those in none of its children) are fewer than `min_group_size` and can be
    computed. Works on the indicator vectors of the tree's atoms, the sets of people that no cell divides.
    """
    tree = CellTree(cells)
    own = {node: _own_people(tree, node) for node in tree.cells}
    atoms = [node for node in tree.post_order if own[node] > 0]
    members = _members(tree, atoms)
    known = np.array([members[node] for node in sorted(published)]).reshape(len(published), len(atoms))
    suppressed = {node for node in tree.cells if node not in published and _in_row_space(known, members[node])}
    alone = zip(atoms, np.eye(len(atoms)), strict=True)
    small = {atom for atom, target in alone if own[atom] < min_group_size and _in_row_space(known, target)}
    return sorted(suppressed | small)


def _members(tree: CellTree, atoms: Sequence[str]) -> dict[str, Floats]:
    """The indicator vector of each node: 1 at the position of each atom that it consists of, else 0."""
    members = {node: np.zeros(len(atoms)) for node in tree.cells}
    for position, atom in enumerate(atoms):
        for node in (atom, *tree.ancestors(atom)):
            members[node][position] = 1.0
    return members


def _own_people(tree: CellTree, node: str) -> int:
    below = sum(tree.cells[child].respondents for child in tree.children[node])
    return tree.cells[node].respondents - below


def _in_row_space(known: Floats, target: Floats) -> bool:
    if not target.any() or not known.any():
        return False
    solution = np.linalg.lstsq(known.T, target, rcond=None)[0]
    return bool(np.abs(known.T @ solution - target).max() < _TOLERANCE)
