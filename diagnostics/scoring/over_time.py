"""What a wave may publish beside the waves in which the same people were asked before or after it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from diagnostics.choices import GroupKind
from diagnostics.core.disclosure.changes import WaveBlocks, blocks_to_suppress, groups_of_a_few
from diagnostics.models.score import CRITICAL_MASS, PICK_COMMUNICATION
from diagnostics.scoring.key import STAGNATION
from diagnostics.scoring.measures import MeasureTable
from diagnostics.scoring.tree import Node
from diagnostics.scoring.wave import DecodedWave
from surveys.rules.limits import MISSING

# By measure, the keys of nodes.
NodeKeys = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class NeighbourWave:
    """A scored wave that has asked some of the same people, and what it publishes."""

    # 1 for the wave in which people were asked just before or after; more for those beyond it.
    distance: int
    # How many people were asked in both, by places of groups: the neighbour's, then the wave's own.
    moves: Mapping[tuple[int, int], int]
    # How many people of each of its groups were asked.
    people: Sequence[int]
    # By measure and key of a published node, the places of the neighbour's groups that are in it.
    published: Mapping[str, Mapping[str, frozenset[int]]]
    # The key of each of its groups.
    keys: Sequence[str]
    # The places of its groups of which it publishes, by themselves, what they say of other departments.
    rating: frozenset[int]
    # How many people of each of its groups have a score of the measure.
    respondents: Callable[[str], Sequence[int]]


def changed_nodes(  # noqa: PLR0913 - all but the first four are named where it is called
    nodes: Sequence[Node],
    tables: Mapping[str, MeasureTable],
    suppressed: NodeKeys,
    neighbours: Iterable[NeighbourWave],
    *,
    order: Mapping[str, int],
    min_group_size: int,
) -> dict[str, set[str]]:
    """By measure, the published nodes that would tell too much of the few who came, went or moved.

    Of several that would do, the first by `order`, which has the place of each node by its key.
    """
    leaves = sorted((node for node in nodes if node.kind == GroupKind.GROUP), key=lambda node: node.groups)
    people = [leaf.people for leaf in leaves if leaf.people is not None]
    if len(people) < len(leaves):
        return {}
    nearest_first = sorted(neighbours, key=lambda neighbour: neighbour.distance)
    found: dict[str, set[str]] = {}
    for measure, table in tables.items():
        shown = {node.key: frozenset(node.groups) for node in nodes if node.key not in suppressed[measure]}
        respondents = [table[leaf.key].respondents for leaf in leaves]
        now = WaveBlocks(_blocks(shown, len(leaves)), respondents, people)
        if keys := _changed_since(nearest_first, measure, now, order, min_group_size):
            found[measure] = keys
    return found


def _changed_since(
    nearest_first: Iterable[NeighbourWave],
    measure: str,
    now: WaveBlocks,
    order: Mapping[str, int],
    min_group_size: int,
) -> set[str]:
    found: set[str] = set()
    nearer: set[str] = set()
    for neighbour in nearest_first:
        before = _neighbour_blocks(neighbour, measure, nearer)
        if before is not None:
            found.update(blocks_to_suppress(before, now, neighbour.moves, order=order, min_group_size=min_group_size))
    return found


def _neighbour_blocks(neighbour: NeighbourWave, measure: str, nearer: set[str]) -> WaveBlocks | None:
    """What the neighbour publishes that no nearer one does; adds to `nearer` what it publishes.

    Beyond the first wave that publishes the measure at all, a group's own figure alone counts, as its last publication.
    """
    published = neighbour.published.get(measure, {})
    if not published:
        return None
    if nearer:
        alone = {key: places for key, places in published.items() if len(places) == 1 and key not in nearer}
        blocks = _blocks(alone, len(neighbour.keys))
    else:
        blocks = _blocks(published, len(neighbour.keys))
    nearer |= published.keys()
    if not any(blocks):
        return None
    return WaveBlocks(blocks, neighbour.respondents(measure), neighbour.people)


def _blocks(published: Mapping[str, frozenset[int]], groups: int) -> list[str | None]:
    """The key of the smallest published node around each group."""
    blocks: list[str | None] = [None] * groups
    for key, places in sorted(published.items(), key=lambda item: (-len(item[1]), item[0])):
        for place in places:
            blocks[place] = key
    return blocks


def changed_departments(
    nodes: Sequence[Node], neighbours: Iterable[NeighbourWave], *, min_group_size: int
) -> frozenset[int]:
    """Ids of departments whose group a few came to or left since what it says of others was published last."""
    leaves = sorted((node for node in nodes if node.kind == GroupKind.GROUP), key=lambda node: node.groups)
    people = [leaf.people or 0 for leaf in leaves]
    found: set[int] = set()
    open_groups = set(range(len(leaves)))
    for neighbour in sorted(neighbours, key=lambda neighbour: neighbour.distance):
        touched = groups_of_a_few(neighbour.moves, neighbour.people, people, min_group_size=min_group_size)
        found |= touched & open_groups
        open_groups -= {last for first, last in neighbour.moves if first in neighbour.rating}
    return frozenset(department for place in found for department in leaves[place].departments)


def answered(wave: DecodedWave, measure: str) -> list[int]:
    """How many people of each group have a score of the measure; nobody where it was not asked."""
    key = wave.scoring_key
    if measure not in key.measures:
        return [0] * wave.answers.n_groups
    if measure == PICK_COMMUNICATION and key.pick_one:
        given = wave.raw[:, key.pick_one[0]] != MISSING
    else:
        given = ~np.isnan(wave.scores(STAGNATION if measure == CRITICAL_MASS else measure))
    counts: list[int] = np.bincount(wave.answers.groups[given], minlength=wave.answers.n_groups).tolist()
    return counts


def merged(first: NodeKeys, second: NodeKeys) -> dict[str, set[str]]:
    """The keys of both."""
    measures = dict.fromkeys(chain(first, second))
    return {measure: {*first.get(measure, ()), *second.get(measure, ())} for measure in measures}
