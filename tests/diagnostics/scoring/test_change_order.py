"""Which of several figures is suppressed beside an earlier wave: by the published band, then by chance."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from diagnostics.choices import GroupKind
from diagnostics.core.alerts.thresholds import Thresholds
from diagnostics.core.disclosure.bands import plain_band
from diagnostics.core.disclosure.changes import WaveBlocks, blocks_to_suppress, cohorts_between
from diagnostics.core.disclosure.prediction import exposed
from diagnostics.models.score import INDEX
from diagnostics.scoring.disclosing import judge, suppression_order
from diagnostics.scoring.over_time import NeighbourWave
from diagnostics.scoring.tree import Node
from diagnostics.scoring.wave import DecodedWave
from diagnostics.services.neighbours import stored_wave
from surveys.rules.limits import MIN_GROUP_SIZE
from surveys.selectors import results
from tests.diagnostics.waves import close_wave, department, make_survey, spread

COMPANIES = 400
# Nobody of these departments came, went or moved.
OTHERS = {"Gamma": 6, "Delta": 24}


def random_waves(rng):
    """(nodes, before, counts, moves): groups of 20 to 29 people, a few of whom moved to the next one."""
    groups = int(rng.integers(3, 6))
    nodes = [
        Node(
            f"g{place}", f"g{place}", GroupKind.GROUP, None, (), (place,), int(rng.integers(20, 30)), rng.bytes(4).hex()
        )
        for place in range(groups)
    ]
    before = wave_blocks(nodes, rng.integers(5, 15, size=groups).tolist())
    moves = {(place, place): node.people for place, node in enumerate(nodes)}
    for place in range(groups):
        if moved := int(rng.choice([0, 0, 1, 2, 4])):
            moves[place, place] -= moved
            moves[place, (place + 1) % groups] = moved
    return nodes, before, rng.integers(5, 15, size=groups).tolist(), moves


def wave_blocks(nodes, counts):
    return WaveBlocks([node.key for node in nodes], counts, [node.people for node in nodes])


def bands_of(nodes, counts):
    rows = zip(nodes, counts, strict=True)
    return {node.key: plain_band(count, node.people, min_group_size=MIN_GROUP_SIZE) for node, count in rows}


def by_bands(nodes, counts):
    return suppression_order(nodes, bands_of(nodes, counts))


def by_counts(nodes, counts):
    """Negative control: the smallest."""
    listed = sorted(zip(counts, nodes, strict=True), key=lambda row: (row[0], row[1].key))
    return {node.key: place for place, (_, node) in enumerate(listed)}


def exposed_cells(before, now, moves):
    cohorts = cohorts_between(before, now, moves, min_group_size=MIN_GROUP_SIZE)
    return {cohorts[place].cells for place in exposed(cohorts, min_group_size=MIN_GROUP_SIZE)}


def suppressed_of(nodes, before, counts, moves, order_of):
    now, order = wave_blocks(nodes, counts), order_of(nodes, counts)
    return blocks_to_suppress(before, now, moves, order=order, min_group_size=MIN_GROUP_SIZE)


def test_counts_within_bands_do_not_change_which_figure_is_suppressed():
    """Whether too much is known of anybody goes by counts: so of pairs in which it is known of the same people."""
    pairs, by_people, different = 0, 0, Counter()
    for seed in range(COMPANIES):
        rng = np.random.default_rng(seed)
        nodes, before, counts, moves = random_waves(rng)
        others = [int(rng.integers(band.low, band.high + 1)) for band in bands_of(nodes, counts).values()]
        assert bands_of(nodes, counts) == bands_of(nodes, others)
        known = [exposed_cells(before, wave_blocks(nodes, counted), moves) for counted in (counts, others)]
        differ = {
            order_of: suppressed_of(nodes, before, counts, moves, order_of)
            != suppressed_of(nodes, before, others, moves, order_of)
            for order_of in (by_bands, by_counts)
        }
        if known[0] != known[1]:
            by_people += differ[by_bands]
        elif known[0] and counts != others:
            pairs += 1
            different.update(order_of for order_of, differs in differ.items() if differs)
    print(f"\nof {pairs} pairs {different[by_bands]} differ by the rule, {different[by_counts]} by the counts")
    print(f"where too much is known of other people, {by_people} of {COMPANIES} differ")
    assert pairs > 80
    assert different[by_bands] == 0
    assert different[by_counts] > 20


def wave_before(stored, answered, moved):
    """A wave in which each of the same groups was published; since then `moved` people went from Alpha to Beta."""
    places = {group.name: place for place, group in enumerate(stored.groups)}
    people = [group.people for group in stored.groups]
    moves = {(place, place): count for place, count in enumerate(people)}
    moves[places["Alpha"], places["Beta"]] = moved
    moves[places["Alpha"], places["Alpha"]] -= moved
    moves[places["Beta"], places["Beta"]] -= moved
    return NeighbourWave(
        distance=1,
        moves=moves,
        people=people,
        published={INDEX: {group.key: frozenset([place]) for place, group in enumerate(stored.groups)}},
        keys=[group.key for group in stored.groups],
        rating=frozenset(),
        respondents=lambda measure: [answered[group.name] for group in stored.groups],
    )


def index_suppressed(wave, drawn, answered, moved):
    """The names of those of whom the index is suppressed, where chance gives the order `drawn`."""
    stored = stored_wave(results.closed_up_to(wave.id)[-1], Thresholds())
    nodes = tuple(replace(node, draw=str(drawn.find(node.name[0]))) for node in stored.nodes)
    names = {node.key: node.name for node in nodes}
    figures = judge(DecodedWave(replace(stored, nodes=nodes)), [wave_before(stored, answered, moved)])
    return {names[key] for key in figures.suppressed[INDEX]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moved", "before", "now"),
    [(1, 11, {"Alpha": 8, "Beta": 9}), (2, 10, {"Alpha": 9, "Beta": 7}), (1, 12, {"Alpha": 8, "Beta": 8})],
    ids=["fewer where they left", "fewer where they came to", "as many"],
)
def test_chance_decides_between_two_departments_that_a_few_moved_between(moved, before, now):
    """Gamma is 5-9 as both of them: it is suppressed to protect the one that is chosen, and is enough."""
    groups = {department(name): (30, spread(count, 2, seed=count)) for name, count in {**now, **OTHERS}.items()}
    wave = close_wave(make_survey(), groups)
    answered = {"Alpha": before, "Beta": before, **OTHERS}
    assert index_suppressed(wave, "AGBD", answered, moved) == {"Alpha", "Gamma"}
    assert index_suppressed(wave, "BGAD", answered, moved) == {"Beta", "Gamma"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moved", "before", "now", "lower"),
    [(1, 9, {"Alpha": 8, "Beta": 11}, "Alpha"), (2, 7, {"Alpha": 11, "Beta": 9}, "Beta")],
    ids=["where they left", "where they came to"],
)
def test_the_lower_band_comes_before_chance(moved, before, now, lower):
    groups = {department(name): (30, spread(count, 2, seed=count)) for name, count in {**now, **OTHERS}.items()}
    wave = close_wave(make_survey(), groups)
    answered = {"Alpha": before, "Beta": before, **OTHERS}
    for drawn in ("AGBD", "BGAD"):
        assert index_suppressed(wave, drawn, answered, moved) == {lower, "Gamma"}
