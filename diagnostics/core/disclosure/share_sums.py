"""Published shares of a whole and of its parts add up: which counts does that leave?

Each count of a band fits the share beside it (shares.py). But a division's people are those of its departments, and
so are those who agree: of all combinations of counts only those remain whose sums fit as well. Where fewer than three
counts of a band remain, the share of the whole is suppressed.

The reader is granted the band of every node, whatever is published beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from diagnostics.core.disclosure.shares import some_behind
from surveys.rules.limits import LEAST_COUNTS
from surveys.rules.rounding import Band

# Wholes of more parts are judged by the ends of their sums alone: what is left between them is wide.
_MOST_PARTS = 12

# By a count of people, which numbers of them may be those who agree: bit k of the mask is that of k.
_Possible = Mapping[int, int]


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
            published[whole] = _without_share(published[whole])
            suppressed.add(whole)
    return suppressed


def counts_left(
    nodes: Mapping[str, ShareNode], children: Mapping[str, Sequence[str]], whole: str
) -> dict[str, set[int]]:
    """By id of each node under a whole, itself included, which counts of people its published shares leave.

    A node of more than _MOST_PARTS parts counts as one without any.
    """
    parts = {node: below if len(below) <= _MOST_PARTS else () for node, below in children.items()}
    order = _below_first(parts, whole)
    upward: dict[str, _Possible] = {}
    for node in order:
        below = [upward[part] for part in parts[node]]
        upward[node] = _common(_own(nodes[node]), _total(below)) if below else _own(nodes[node])
    left = {whole: upward[whole]}
    for node in reversed(order):
        for place, others in _others([upward[part] for part in parts[node]]):
            part = parts[node][place]
            left[part] = _completing(upward[part], others, left[node])
    return {node: {count for count, agreeing in possible.items() if agreeing} for node, possible in left.items()}


def _reveals(nodes: Mapping[str, ShareNode], children: Mapping[str, Sequence[str]], whole: str) -> bool:
    if len(children[whole]) > _MOST_PARTS:
        return _ends_reveal(nodes, children[whole], nodes[whole])
    left = counts_left(nodes, children, whole)
    return any(len(counts) < LEAST_COUNTS for node, counts in left.items() if nodes[node].counted)


def _ends_reveal(nodes: Mapping[str, ShareNode], parts: Sequence[str], whole: ShareNode) -> bool:
    """The same by the least and the most people, and the least and the most of them who agree."""
    ends = [_ends(nodes[part]) for part in parts]
    totals = [sum(column) for column in zip(*ends, strict=True)]
    own = _ends(whole)
    overlaps = [(max(own[2 * axis], totals[2 * axis]), min(own[2 * axis + 1], totals[2 * axis + 1])) for axis in (0, 1)]
    people, agreeing = overlaps
    if people[1] - people[0] + 1 < LEAST_COUNTS or agreeing[1] < agreeing[0]:
        return True
    for part, end in zip(parts, ends, strict=True):
        least = max(end[0], people[0] - totals[1] + end[1])
        most = min(end[1], people[1] - totals[0] + end[0])
        if nodes[part].counted and most - least + 1 < LEAST_COUNTS:
            return True
    return False


def _ends(node: ShareNode) -> tuple[int, int, int, int]:
    """The least and the most people, and the least and the most who agree."""
    own = {count: mask for count, mask in _own(node).items() if mask}
    least = min((mask & -mask).bit_length() - 1 for mask in own.values())
    return min(own), max(own), least, max(mask.bit_length() for mask in own.values()) - 1


def _without_share(node: ShareNode) -> ShareNode:
    return ShareNode(node.id, node.parent, node.band, None)


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


def _own(node: ShareNode) -> _Possible:
    """What a node's own band and share leave. All who agree is possible: why a share is suppressed tells nothing."""
    counts = range(node.band.low, node.band.high + 1)
    if node.percent is None:
        return {count: _bits(range(count + 1)) for count in counts}
    return {count: _bits(some_behind(node.percent, count, node.band)) for count in counts}


def _bits(numbers: range) -> int:
    return (1 << numbers.stop) - (1 << numbers.start) if numbers else 0


def _common(first: _Possible, second: _Possible) -> _Possible:
    return {count: first[count] & second[count] for count in first.keys() & second.keys()}


def _total(parts: Sequence[_Possible]) -> _Possible:
    found: _Possible = {0: 1}
    for part in parts:
        found = _plus(found, part)
    return found


def _plus(first: _Possible, second: _Possible) -> _Possible:
    """Every sum of a possibility of the one and one of the other."""
    runs = {count: list(_runs(mask)) for count, mask in second.items()}
    found: dict[int, int] = defaultdict(int)
    for count, mask in first.items():
        for other, spans in runs.items():
            for start, length in spans:
                found[count + other] |= _smeared(mask, length) << start
    return found


def _runs(mask: int) -> Iterator[tuple[int, int]]:
    """The unbroken runs of bits of a mask, as (first, length)."""
    start = 0
    while mask:
        gap = (mask & -mask).bit_length() - 1
        mask >>= gap
        length = (~mask & (mask + 1)).bit_length() - 1
        yield start + gap, length
        mask >>= length
        start += gap + length


def _smeared(mask: int, length: int) -> int:
    """Each bit with the `length` - 1 bits above it."""
    done = 1
    while done < length:
        step = min(done, length - done)
        mask |= mask << step
        done += step
    return mask


def _others(parts: Sequence[_Possible]) -> Iterator[tuple[int, _Possible]]:
    """For each part, by its place, the sums of all others: by halves, so that no sum is made again for each part."""
    stack: list[tuple[range, _Possible]] = [(range(len(parts)), {0: 1})] if parts else []
    while stack:
        places, outside = stack.pop()
        if len(places) == 1:
            yield places[0], outside
            continue
        half = len(places) // 2
        left, right = places[:half], places[half:]
        stack.append((left, _plus(outside, _total([parts[place] for place in right]))))
        stack.append((right, _plus(outside, _total([parts[place] for place in left]))))


def _completing(part: _Possible, others: _Possible, whole: _Possible) -> _Possible:
    """What of a part, with something of the others, makes something of the whole."""
    found: dict[int, int] = {}
    for count, mask in part.items():
        found[count] = 0
        for agreeing in (start + step for start, length in _runs(mask) for step in range(length)):
            if any((others.get(total - count, 0) << agreeing) & possible for total, possible in whole.items()):
                found[count] |= 1 << agreeing
    return found
