"""Bands in which the counts of a whole tree are published, so that their sums narrow none of them to less than three.

A division's people are those of its groups. Were its count published in the same bands of five as theirs, a division
near the end of what its groups can add up to would tell where in their bands they are: of 10-14 and 10-12, which add
up to 20-26, "25-29" leaves 13 or 14 for the one, 11 or 12 for the other. So the bands of a whole are joined until each
of them leaves LEAST_COUNTS of the sums that its parts' bands allow. That is enough: where so many sums are left of a
whole, as many counts are left of each part whose band holds them (tests/diagnostics/core/disclosure/test_band_sums.py).

Which bands are joined follows from the bands of the parts, the headcounts and the minimum group size, all of which are
known, and never from a count: so a wider band says nothing but that the count is one of its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from surveys.rules.limits import LEAST_COUNTS
from surveys.rules.rounding import Band, band_of


@dataclass(frozen=True)
class CountNode:
    """A node of the tree with its count of people. A whole is exactly its parts."""

    id: str
    # The id of the node above, None at the top.
    parent: str | None
    # How many people there are, 0 or more.
    count: int
    # How many there could be; None where nobody knows.
    people: int | None


def published_bands(nodes: Iterable[CountNode], *, min_group_size: int) -> dict[str, Band]:
    """By id, the band that each node's count is published in.

    A count below the minimum group size lies in the band from 0 to the last such one, which is published as "under"
    the minimum. Raises KeyError for a parent that is not there, ValueError where parts do not add up to their whole.
    """
    tree = {node.id: node for node in nodes}
    parts: dict[str, list[CountNode]] = {node: [] for node in tree}
    for node in tree.values():
        if node.parent is not None:
            parts[node.parent].append(node)
    bands: dict[str, Band] = {}
    # What the bands of a node and of all below it leave.
    left: dict[str, Band] = {}
    for node in _parts_first(tree, parts):
        if below := parts[node.id]:
            _check_sum(node, below)
            possible = _sum(left[part.id] for part in below)
            bands[node.id] = _of_whole(node, possible, min_group_size)
            left[node.id] = _common(bands[node.id], possible)
        else:
            bands[node.id] = left[node.id] = plain_band(node.count, node.people, min_group_size=min_group_size)
    return bands


def plain_band(count: int, people: int | None, *, min_group_size: int) -> Band:
    """The band of a count that is no sum of others."""
    if count < min_group_size:
        return Band(0, min_group_size - 1 if people is None else min(min_group_size - 1, people))
    return band_of(count, people, min_group_size=min_group_size)


def _check_sum(whole: CountNode, parts: Iterable[CountNode]) -> None:
    if whole.count != sum(part.count for part in parts):
        raise ValueError(f"The parts of {whole.id} do not add up to its count.")


def _of_whole(node: CountNode, possible: Band, min_group_size: int) -> Band:
    for band in _joined(possible, node.people, min_group_size):
        if band.low <= node.count <= band.high:
            return band
    raise ValueError(f"The count of {node.id} lies in no band.")


def _joined(possible: Band, people: int | None, min_group_size: int) -> list[Band]:
    """Bands of five, joined from below until each has LEAST_COUNTS of the possible sums; a rest joins the last."""
    bands: list[Band] = []
    count = possible.low
    while count <= possible.high:
        band = plain_band(count, people, min_group_size=min_group_size)
        if bands and _size(_common(bands[-1], possible)) < LEAST_COUNTS:
            bands[-1] = Band(bands[-1].low, band.high)
        else:
            bands.append(band)
        count = max(count, band.high) + 1
    if len(bands) > 1 and _size(_common(bands[-1], possible)) < LEAST_COUNTS:
        last = bands.pop()
        bands[-1] = Band(bands[-1].low, last.high)
    return bands


def _parts_first(tree: Mapping[str, CountNode], parts: Mapping[str, Sequence[CountNode]]) -> Iterator[CountNode]:
    order, stack = [], [node for node in tree.values() if node.parent is None]
    while stack:
        node = stack.pop()
        order.append(node)
        stack.extend(parts[node.id])
    return reversed(order)


def _sum(bands: Iterable[Band]) -> Band:
    lows, highs = zip(*bands, strict=True)
    return Band(sum(lows), sum(highs))


def _common(first: Band, second: Band) -> Band:
    return Band(max(first.low, second.low), min(first.high, second.high))


def _size(band: Band) -> int:
    return band.high - band.low + 1
