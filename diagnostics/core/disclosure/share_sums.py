"""Published shares of a whole and of its parts add up: which counts does that leave?

Each count of a band fits the share beside it (shares.py). But a division's people are those of its departments, and
so are those who agree: of all combinations of counts only those remain whose sums fit as well. Where fewer than three
counts of a band remain, the share of the whole is suppressed.

The reader is granted the band of every node, whatever is published beside it.

For each count of people, those who may agree are all from a least to a most, and one person more lets each of these two
grow by nobody or by one. Where both of two such areas do, their sum does: from one way to make up a count to the next,
least and most move by one at most, so that nothing between them is left out. So ends by count are all that there is to
know of a whole of however many parts. What two areas have in common is one again, or several with gaps between them.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from diagnostics.core.arrays import Codes
from diagnostics.core.disclosure.shares import agreeing_behind
from surveys.rules.limits import LEAST_COUNTS
from surveys.rules.rounding import Band


@dataclass(frozen=True)
class ShareNode:
    """A node of the tree with what is published of its share. A whole is exactly its parts."""

    # Names it among the nodes that are judged together.
    id: str
    # The id of the node above, None at the top.
    parent: str | None
    # That of the number of people whom the share is made of.
    band: Band
    # The published step, as shares.coarse_percent has it; None where the share is suppressed.
    percent: int | None

    @property
    def counted(self) -> bool:
        """Whether a share is published beside a band that holds so many counts that none may be singled out."""
        return self.percent is not None and self.band.high - self.band.low + 1 >= LEAST_COUNTS


@dataclass(frozen=True)
class _Area:
    """The counts that are possible, without a gap, and by count how many may agree."""

    # The lowest count of people.
    first: int
    # Of each count from the first on, the fewest who may agree.
    least: Codes
    # The most.
    most: Codes

    @property
    def end(self) -> int:
        """One above the highest count."""
        return self.first + len(self.least)


# A whole whose parts have gaps that leave more sums of areas than this is suppressed.
_MOST_SUMS = 64
_EMPTY_SUM = _Area(0, np.zeros(1, np.int64), np.zeros(1, np.int64))


def revealing_sums(nodes: Iterable[ShareNode]) -> set[str]:
    """Ids of the wholes whose shares are to be suppressed as well; depends on what is published alone.

    Raises KeyError for a parent that is not there.
    """
    tree = {node.id: node for node in nodes}
    children: dict[str, list[str]] = {node: [] for node in tree}
    for node in tree.values():
        if node.parent is not None:
            children[node.parent].append(node.id)
    suppressed: set[str] = set()
    published = dict(tree)
    for whole in _wholes_last(tree, children):
        if published[whole].percent is not None and _reveals(published, children, whole):
            published[whole] = replace(published[whole], percent=None)
            suppressed.add(whole)
    return suppressed


def counts_left(
    nodes: Mapping[str, ShareNode], children: Mapping[str, Sequence[str]], whole: str
) -> dict[str, list[int]] | None:
    """By id of each node under a whole, itself included, which counts of people its published shares leave.

    None where there would be more than _MOST_SUMS sums to look at.
    """
    order = _below_first(children, whole)
    upward: dict[str, list[_Area]] = {}
    for node in order:
        parts = [upward[part] for part in children[node]]
        if math.prod(map(len, parts)) > _MOST_SUMS:
            return None
        upward[node] = _common([_own(nodes[node])], _total(parts)) if parts else _pieces(_own(nodes[node]))
    left = {whole: upward[whole]}
    for node in reversed(order):
        for place, others in _others([upward[part] for part in children[node]]):
            part = children[node][place]
            left[part] = _common(upward[part], _minus(left[node], others))
    return {
        node: sorted({count for piece in pieces for count in range(piece.first, piece.end)})
        for node, pieces in left.items()
    }


def _reveals(nodes: Mapping[str, ShareNode], children: Mapping[str, Sequence[str]], whole: str) -> bool:
    left = counts_left(nodes, children, whole)
    return left is None or any(len(counts) < LEAST_COUNTS for node, counts in left.items() if nodes[node].counted)


def _wholes_last(tree: Mapping[str, ShareNode], children: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every node that has parts, each after those below it."""
    for root in sorted(node.id for node in tree.values() if node.parent is None):
        yield from (node for node in _below_first(children, root) if children[node])


def _below_first(children: Mapping[str, Sequence[str]], root: str) -> list[str]:
    order, stack = [], [root]
    while stack:
        node = stack.pop()
        order.append(node)
        stack.extend(children[node])
    return order[::-1]


def _own(node: ShareNode) -> _Area:
    """What a node's own band and share leave. All who agree is possible: why a share is suppressed tells nothing."""
    counts = range(node.band.low, node.band.high + 1)
    if node.percent is None:
        agreeing = [range(count + 1) for count in counts]
    else:
        agreeing = [agreeing_behind(node.percent, count, node.band) for count in counts]
    least, most = [numbers.start for numbers in agreeing], [numbers.stop - 1 for numbers in agreeing]
    return _Area(node.band.low, np.array(least), np.array(most))


def _pieces(area: _Area) -> list[_Area]:
    """The areas on both sides of the counts that are not possible, of which no number may agree."""
    possible = np.flatnonzero(area.least <= area.most)
    runs = np.split(possible, np.flatnonzero(np.diff(possible) > 1) + 1)
    return [_Area(area.first + int(run[0]), area.least[run], area.most[run]) for run in runs if len(run)]


def _common(ours: Sequence[_Area], theirs: Sequence[_Area]) -> list[_Area]:
    return [piece for first in ours for second in theirs for piece in _pieces(_overlap(first, second))]


def _overlap(first: _Area, second: _Area) -> _Area:
    start, end = max(first.first, second.first), max(min(first.end, second.end), first.first, second.first)
    in_first, in_second = (slice(start - area.first, end - area.first) for area in (first, second))
    return _Area(
        start,
        np.maximum(first.least[in_first], second.least[in_second]),
        np.minimum(first.most[in_first], second.most[in_second]),
    )


def _plus(ours: Sequence[_Area], theirs: Sequence[_Area]) -> list[_Area]:
    """Every sum of a possibility of ours and one of theirs."""
    return [_sum(first, second) for first in ours for second in theirs]


def _sum(first: _Area, second: _Area) -> _Area:
    longer, shorter = sorted((first, second), key=lambda area: -len(area.least))
    size = len(longer.least)
    least = np.full(size + len(shorter.least) - 1, np.iinfo(np.int64).max)
    most = np.full(len(least), np.iinfo(np.int64).min)
    for step in range(len(shorter.least)):
        span = slice(step, step + size)
        np.minimum(least[span], longer.least + shorter.least[step], out=least[span])
        np.maximum(most[span], longer.most + shorter.most[step], out=most[span])
    return _Area(first.first + second.first, least, most)


def _minus(whole: Sequence[_Area], others: Sequence[_Area]) -> list[_Area]:
    """What, with something of the others, makes something of the whole."""
    return _plus(whole, [_Area(1 - area.end, -area.most[::-1], -area.least[::-1]) for area in others])


def _total(parts: Sequence[Sequence[_Area]]) -> list[_Area]:
    found = [_EMPTY_SUM]
    for part in parts:
        found = _plus(found, part)
    return found


def _others(parts: Sequence[Sequence[_Area]]) -> Iterator[tuple[int, list[_Area]]]:
    """For each part, by its place, the sums of all others: by halves, so that no sum is made again for each part."""
    stack: list[tuple[range, list[_Area]]] = [(range(len(parts)), [_EMPTY_SUM])] if parts else []
    while stack:
        places, outside = stack.pop()
        if len(places) == 1:
            yield places[0], outside
            continue
        half = len(places) // 2
        left, right = places[:half], places[half:]
        stack.append((left, _plus(outside, _total([parts[place] for place in right]))))
        stack.append((right, _plus(outside, _total([parts[place] for place in left]))))
