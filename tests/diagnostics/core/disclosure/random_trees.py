"""Random trees of cells, and what is published of them."""

from dataclasses import replace

import numpy as np

from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.core.disclosure.tree import TreeCell

SIGNS = ("p", "q", "r", "s", "t")


def random_wave(rng):
    """Cells of the index and of the five signs over one random tree, everybody having answered everything."""
    size = int(rng.integers(4, 16))
    parents = [0] + [int(rng.integers(0, node)) for node in range(1, size)]
    leaves = set(range(size)) - set(parents[1:])
    people = [int(rng.integers(0, 14)) if node in leaves else 0 for node in range(size)]
    totals = list(people)
    for node in range(size - 1, 0, -1):
        totals[parents[node]] += totals[node]
    index = [TreeCell(f"n{i:02}", f"n{parents[i]:02}" if i else None, totals[i]) for i in range(size)]
    signs = {}
    for sign in SIGNS:
        counts = [rng.multinomial(n, rng.dirichlet([0.6, 0.6, 0.6])) for n in people]
        for node in range(size - 1, 0, -1):
            counts[parents[node]] = counts[parents[node]] + counts[node]
        signs[sign] = [TreeCell(c.id, c.parent, c.respondents, tuple(map(int, counts[i]))) for i, c in enumerate(index)]
    return index, signs


def by_chance(seed, index, signs):
    """The same cells in an order of bands and chance, as a wave has it, and an order of signs by chance."""
    rng = np.random.default_rng(seed + 10**6)
    draws = {cell.id: rng.random() for cell in index}
    listed = sorted(index, key=lambda cell: (cell.respondents // 5, draws[cell.id]))
    order = {cell.id: place for place, cell in enumerate(listed)}
    turns = {(cell.id, sign): f"{rng.random():.9f}" for cell in index for sign in SIGNS}

    def ordered(cells):
        return [replace(cell, order=order[cell.id]) for cell in cells]

    return ordered(index), {sign: ordered(cells) for sign, cells in signs.items()}, lambda *of: turns[of]


def build(parents, own, imposed):
    """Cells of a tree from each node's parent (its position), own people by score, and `TreeCell.imposed`."""
    counts = [np.array(row) for row in own]
    for node in range(len(parents) - 1, 0, -1):
        counts[parents[node]] = counts[parents[node]] + counts[node]
    return [
        TreeCell(
            f"n{node:02}",
            f"n{parents[node]:02}" if node else None,
            int(counts[node].sum()),
            tuple(int(count) for count in counts[node]),
            SuppressionRule.COMPLEMENTARY if imposed[node] else "",
        )
        for node in range(len(parents))
    ]


def random_tree(rng):
    size = int(rng.integers(4, 18))
    parents = [0] + [int(rng.integers(0, node)) for node in range(1, size)]
    leaves = set(range(size)) - set(parents[1:])
    own = [rng.multinomial(rng.integers(0, 14) if n in leaves or rng.random() < 0.3 else 0, [0.3, 0.4, 0.3])
           for n in range(size)]  # fmt: skip
    return build(parents, own, [False] * size)


def published(cells, suppressed):
    return {cell.id for cell in cells} - set(suppressed)
