"""Which figure goes along with a suppressed one: by the published band, then by chance, never by the count."""

from collections import Counter
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from diagnostics.choices import COMPANY_KEY, GroupKind
from diagnostics.core.alerts.thresholds import Thresholds
from diagnostics.core.disclosure.bands import CountNode, plain_band, published_bands
from diagnostics.core.disclosure.tree import TreeCell, suppress
from diagnostics.models.score import INDEX
from diagnostics.scoring.disclosing import judge, suppression_order
from diagnostics.scoring.tree import Node
from diagnostics.scoring.wave import DecodedWave
from diagnostics.services.neighbours import stored_wave
from surveys.rules.limits import MIN_GROUP_SIZE
from surveys.selectors import results
from tests.diagnostics.waves import CORE, close_wave, company, department, make_survey, spread


def random_company(rng):
    """(nodes, counts): divisions of groups of 20 to 29 people, of which one has four answers."""
    nodes, counts = [Node(COMPANY_KEY, "Company", GroupKind.COMPANY, None, (), (), None)], {}
    for division in range(rng.integers(2, 4)):
        key = f"d{division}"
        nodes.append(Node(key, key, GroupKind.DIVISION, COMPANY_KEY, (), (), None, draw=rng.bytes(4).hex()))
        for number in range(rng.integers(2, 6)):
            people = int(rng.integers(20, 30))
            name = f"{key}.{number}"
            nodes.append(Node(name, name, GroupKind.GROUP, key, (), (), people, draw=rng.bytes(4).hex()))
            counts[name] = int(rng.integers(10, 20))
    return nodes, counts | {"d0.0": 4}


def elsewhere_in_bands(rng, nodes, counts):
    """The same company with other counts of the same bands: answers move from one group of a division to another."""
    people, found = {node.key: node.people for node in nodes}, dict(counts)
    for name, other in product(counts, repeat=2):
        if name.split(".")[0] == other.split(".")[0] and 4 not in (counts[name], counts[other]) and name != other:
            high = plain_band(found[name], people[name], min_group_size=MIN_GROUP_SIZE).high
            low = plain_band(found[other], people[other], min_group_size=MIN_GROUP_SIZE).low
            moved = int(rng.integers(0, min(high - found[name], found[other] - low) + 1))
            found[name], found[other] = found[name] + moved, found[other] - moved
    return found


def total(key, counts):
    return sum(count for name, count in counts.items() if key in (COMPANY_KEY, name, name.split(".")[0]))


def suppressed_of(nodes, counts, order):
    cells = [TreeCell(node.key, node.parent, total(node.key, counts), order=order[node.key]) for node in nodes]
    return suppress(cells)


def published(nodes, counts):
    headcounts = {node.key: node.people for node in nodes if node.people}
    counted = [CountNode(node.key, node.parent, total(node.key, counts), total(node.key, headcounts)) for node in nodes]
    return published_bands(counted, min_group_size=MIN_GROUP_SIZE)


def by_bands(nodes, counts):
    return suppression_order(nodes, published(nodes, counts))


def by_counts(nodes, counts):
    """Negative control: the smallest goes along."""
    return {node.key: total(node.key, counts) for node in nodes}


def test_counts_within_bands_do_not_change_what_is_suppressed():
    pairs, different = 0, Counter()
    for seed in range(100):
        rng = np.random.default_rng(seed)
        nodes, counts = random_company(rng)
        others = elsewhere_in_bands(rng, nodes, counts)
        assert published(nodes, counts) == published(nodes, others)
        pairs += counts != others
        for order_of in (by_bands, by_counts):
            found = suppressed_of(nodes, counts, order_of(nodes, counts))
            different[order_of] += found != suppressed_of(nodes, others, order_of(nodes, others))
    print(f"\nof {pairs} pairs {different[by_bands]} differ by the rule, {different[by_counts]} by the counts")
    assert pairs > 80
    assert different[by_bands] == 0
    assert different[by_counts] > 20


def judged(wave, draw):
    """What is suppressed of a closed wave, by measure and name, if chance gives `draw` of a node's name."""
    stored = stored_wave(results.closed_up_to(wave.id)[-1], Thresholds())
    nodes = tuple(replace(node, draw=draw(node.name)) for node in stored.nodes)
    names = {node.key: node.name for node in nodes}
    suppressed = judge(DecodedWave(replace(stored, nodes=nodes))).suppressed
    return {measure: {names[key] for key in rules} for measure, rules in suppressed.items()}


@pytest.mark.django_db
def test_chance_decides_between_two_departments_of_one_band():
    """Legal alone is too few; 11 people answered in Finance and 13 in Production, which both are 10-14."""
    wave = company(make_survey())
    first = {
        name: judged(wave, lambda node, name=name: "0" if node == name else "1") for name in ("Finance", "Production")
    }
    assert first["Finance"][INDEX] == {"Legal", "Finance"}
    assert first["Production"][INDEX] == {"Legal", "Production"}


@pytest.mark.django_db
def test_chance_decides_which_sign_goes_along_with_another():
    """Everybody answered everything: by counts, and then by the code, one sign would go along with each other one."""
    uniform = [bytes([4, 4, *row[2:]]) for row in spread(8, 2)]
    groups = {"Uniform": (10, uniform), "Mixed": (15, spread(11, 2, seed=3)), "Other": (20, spread(14, 2, seed=4))}
    wave = close_wave(make_survey(), {department(name): answers for name, answers in groups.items()})
    along = set()
    for number in range(12):
        found = judged(wave, lambda node, number=number: f"{number} {node}")
        silent = {sign for sign in CORE if "Uniform" in found[sign]}
        assert CORE[0] in silent
        along |= silent - {CORE[0]}
    assert len(along) >= 3
