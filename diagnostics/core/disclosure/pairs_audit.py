"""An independent check of the pair map: linear algebra instead of blocks."""

from collections.abc import Collection, Iterable, Mapping
from itertools import combinations

import numpy as np

from diagnostics.core.arrays import Floats
from diagnostics.core.disclosure.pairs import Atom, CrossingCell, Key, raters_at_least

WIDTH = 3
_TOLERANCE = 1e-8
Wanted = Mapping[str, Floats]


def leaks(
    atoms: Iterable[Atom],
    crossing_cells: Iterable[CrossingCell],
    *,
    figures: Collection[str],
    shares: Collection[str],
    min_group_size: int,
) -> list[str]:
    """What can be computed though it may not be, given the ids of cells whose figure or share is published.

    An attacker is granted the sums behind all of them, and how many ratings each is made of. Named are suppressed
    figures and shares, and what comes from fewer than `min_group_size` raters: of a cell, of two together, of one
    without another.
    A share is two numbers, how many had no contact and of how many: it is computed where both are.
    """
    atoms, listed = list(atoms), list(crossing_cells)
    rows = published_rows(atoms, listed, figures, shares)
    wanted = suppressed_rows(atoms, listed, figures, shares) | small_rows(atoms, listed, min_group_size)
    return computable(rows, wanted)


def computable(known: Iterable[Floats], wanted: Wanted) -> list[str]:
    """Names of the rows that are linear combinations of the known ones."""
    known = [row for row in known if row.any()]
    if not known:
        return []
    _, strength, directions = np.linalg.svd(np.array(known), full_matrices=False)
    basis = directions[strength > _TOLERANCE]
    return sorted(
        name
        for name, row in wanted.items()
        if row.any() and np.abs(row - basis.T @ (basis @ row)).max() < _TOLERANCE * np.abs(row).max()
    )


class Columns:
    """Unknowns of an atom: the sum of scores of those who had contact, how many had none, of how many that share is."""

    def __init__(self, atoms: Iterable[Atom]) -> None:
        self.atoms = {atom.key: atom for atom in atoms}
        self.place = {key: number for number, key in enumerate(sorted(self.atoms))}

    def row(self, members: Iterable[Key], *, worked: float = 0.0, without: float = 0.0, asked: float = 0.0) -> Floats:
        row = np.zeros(WIDTH * len(self.place))
        for key in members:
            atom, first = self.atoms[key], WIDTH * self.place[key]
            if sum(atom.scores):  # else nobody needed contact in vain: that is a score
                row[first : first + 2] = worked, without
            row[first + 2] = asked if sum(atom.contact) else 0.0
        return row


def published_rows(
    atoms: Iterable[Atom], crossing_cells: Iterable[CrossingCell], figures: Collection[str], shares: Collection[str]
) -> list[Floats]:
    columns, rows = Columns(atoms), []
    for cell in crossing_cells:
        rows += [columns.row(cell.members, worked=1.0, without=100.0)] if cell.id in figures else []
        if cell.id in shares:
            rows += [columns.row(cell.members, without=1.0), columns.row(cell.members, asked=1.0)]
    return rows


def suppressed_rows(
    atoms: Iterable[Atom], crossing_cells: Iterable[CrossingCell], figures: Collection[str], shares: Collection[str]
) -> dict[str, Floats]:
    """A share is one row: no published one mixes the unknowns of its two numbers, so it is known where both are."""
    columns, rows = Columns(atoms), {}
    for cell in crossing_cells:
        if cell.id not in figures:
            rows[f"figure {cell.id}"] = columns.row(cell.members, worked=1.0, without=100.0)
        if cell.id not in shares:
            rows[f"share {cell.id}"] = columns.row(cell.members, without=1.0, asked=1.0)
    return rows


def small_rows(atoms: Iterable[Atom], crossing_cells: Iterable[CrossingCell], min_group_size: int) -> dict[str, Floats]:
    """Parts of cells with too few raters: all their scores, and those of raters who had contact."""
    columns, rows = Columns(atoms), {}
    for name, members in _parts(list(crossing_cells)):
        inside = [columns.atoms[key] for key in members]
        if 0 < raters_at_least((atom.rated, sum(atom.scores)) for atom in inside) < min_group_size:
            rows[f"scores of {name}"] = columns.row(members, worked=1.0, without=100.0)
        if 0 < raters_at_least((atom.rated, sum(atom.worked)) for atom in inside) < min_group_size:
            rows[f"contact in {name}"] = columns.row(members, worked=1.0)
        if 0 < raters_at_least((atom.rated, sum(atom.contact)) for atom in inside) < min_group_size:
            rows[f"no contact in {name}"] = columns.row(members, without=1.0)
    return rows


def _parts(crossing_cells: list[CrossingCell]) -> Iterable[tuple[str, frozenset[Key]]]:
    for cell in crossing_cells:
        yield cell.id, cell.members
    for cell, other in combinations(crossing_cells, 2):
        if common := cell.members & other.members:
            yield f"{cell.id} and {other.id}", common
            yield f"{cell.id} without {other.id}", cell.members - other.members
            yield f"{other.id} without {cell.id}", other.members - cell.members
