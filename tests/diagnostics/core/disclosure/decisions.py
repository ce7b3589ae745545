"""What a rule of suppression leaves published, and the minimum alone."""

import numpy as np

from diagnostics.core.disclosure.pairs import raters_at_least
from surveys.rules.limits import MIN_GROUP_SIZE
from tests.diagnostics.core.disclosure.random_trees import SIGNS


def shown(cells, suppression):
    return {
        "figures": {cell.id for cell in cells} - set(suppression.figures),
        "shares": {cell.id for cell in cells} - set(suppression.shares),
    }


def by_size_alone(atoms, cells):
    by_key = {atom.key: atom for atom in atoms}

    def raters(cell, counts):
        return raters_at_least((key[1], sum(counts(by_key[key]))) for key in cell.members)

    figures = {cell.id for cell in cells if raters(cell, lambda atom: atom.scores) >= MIN_GROUP_SIZE}
    shares = {cell.id for cell in cells if cell.id in figures and raters(cell, lambda atom: atom.contact) >= 10}
    return {"figures": figures, "shares": shares}


def tree_rows(index, signs, index_suppressed, suppressed):
    """(rows that are published, rows by name that are suppressed), over unknowns (sign, people of a node alone)."""
    parents = {cell.id: cell.parent for cell in index}
    nodes = sorted(parents)
    own = {cell.id: cell.respondents for cell in index}
    for cell in index:
        if cell.parent:
            own[cell.parent] -= cell.respondents
    inside = {}
    for node in nodes:
        row = np.zeros(len(nodes))
        for place, other in enumerate(nodes):
            above = other
            while above and above != node:
                above = parents[above]
            row[place] = float(above == node and own[other] > 0)
        inside[node] = row
    rows = {
        (sign, node): np.outer(np.eye(len(SIGNS))[k], inside[node]).ravel()
        for k, sign in enumerate(SIGNS)
        for node in nodes
    }
    known = [row for (sign, node), row in rows.items() if node not in suppressed[sign]]
    known += [sum(rows[sign, node] for sign in SIGNS) for node in nodes if node not in index_suppressed]
    return known, {f"{sign} of {node}": row for (sign, node), row in rows.items() if node in suppressed[sign]}
