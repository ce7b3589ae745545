"""Bands of groups, divisions and the company add up, and still leave three counts wherever a band holds three."""

import itertools
from statistics import mean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.core.disclosure.bands import CountNode, published_bands
from surveys.rules.rounding import Band, band_of
from tests.adversary.inversion import counts_left, size, too_few_left

LEAST = 5


def company(divisions):
    """A node for each group, division and the company; `divisions` are lists of (people, answers) of groups."""
    totals = [tuple(map(sum, zip(*groups, strict=True))) for groups in divisions]
    people, count = map(sum, zip(*totals, strict=True))
    nodes = [CountNode("all", None, count, people)]
    for place, (groups, (people, count)) in enumerate(zip(divisions, totals, strict=True)):
        nodes.append(CountNode(f"d{place}", "all", count, people))
        nodes += [CountNode(f"d{place}.{n}", f"d{place}", count, people) for n, (people, count) in enumerate(groups)]
    return nodes


def left(nodes, bands):
    return counts_left({node.id: node.parent for node in nodes}, bands)


def by_hand(nodes, bands):
    """The same by trying all counts of the groups."""
    below = {node.id: [part.id for part in nodes if part.parent == node.id] for node in nodes}
    groups = [name for name, parts in below.items() if not parts]
    found = {name: set() for name in below}
    for counts in itertools.product(*(range(bands[name][0], bands[name][1] + 1) for name in groups)):
        known = dict(zip(groups, counts, strict=True))
        for name in reversed(below):
            known.setdefault(name, sum(known[part] for part in below[name]))
        if all(bands[name][0] <= count <= bands[name][1] for name, count in known.items()):
            for name, count in known.items():
                found[name].add(count)
    return {name: (min(counts), max(counts)) for name, counts in found.items()}


GROUP = st.integers(5, 24).flatmap(lambda people: st.tuples(st.just(people), st.integers(0, people)))


@given(st.lists(st.lists(GROUP, min_size=1, max_size=2), min_size=1, max_size=2), st.integers(5, 9))
def test_trying_all_counts_leaves_three_of_each_band_that_holds_three(divisions, least):
    nodes = company(divisions)
    bands = published_bands(nodes, min_group_size=least)
    tried = by_hand(nodes, bands)
    assert tried == left(nodes, bands)
    for node in nodes:
        low, high = bands[node.id]
        assert low <= node.count <= high
        # The bands of a whole are wider than what its parts allow: it is held to what they do.
        if high - low >= 2 and node.id.count("."):
            assert tried[node.id][1] - tried[node.id][0] >= 2


@given(st.lists(st.lists(GROUP, min_size=1, max_size=5), min_size=1, max_size=5), st.integers(5, 9))
def test_a_company_of_any_size_leaves_three_of_each_band_that_holds_three(divisions, least):
    nodes = company(divisions)
    bands = published_bands(nodes, min_group_size=least)
    assert too_few_left({node.id: node.parent for node in nodes}, bands) == []


@given(st.lists(st.lists(GROUP, min_size=1, max_size=3), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_wider_bands_follow_from_the_bands_below_and_not_from_counts(divisions, chance):
    """Other counts of the same bands give the same choice of bands; the count only says which of them it is in."""
    nodes = company(divisions)
    bands = published_bands(nodes, min_group_size=LEAST)
    ranges = [
        [(people, bands[f"d{n}.{m}"]) for m, (people, _) in enumerate(groups)] for n, groups in enumerate(divisions)
    ]
    others = company([[(people, chance.randint(*band)) for people, band in groups] for groups in ranges])
    again = published_bands(others, min_group_size=LEAST)
    for node in others:
        if node.parent and not node.id.count("."):
            assert again[node.id] == bands[node.id] or not overlap(again[node.id], bands[node.id])


def overlap(first, second):
    return first[0] <= second[1] and second[0] <= first[1]


def test_a_division_at_the_end_of_its_groups_sums_has_a_wider_band():
    nodes = company([[(24, 14), (12, 12)]])
    bands = published_bands(nodes, min_group_size=LEAST)
    assert [bands["d0.0"], bands["d0.1"], bands["d0"]] == [(10, 14), (10, 12), (20, 29)]
    # Negative control: in the band of five of its own.
    assert band_of(26, 36) == (25, 29)
    plain = bands | {"d0": band_of(26, 36), "all": band_of(26, 36)}
    assert (left(nodes, plain)["d0.0"], left(nodes, plain)["d0.1"]) == ((13, 14), (11, 12))


def test_a_division_amid_its_groups_sums_has_a_band_of_five():
    bands = published_bands(company([[(30, 12), (30, 12), (30, 17)]]), min_group_size=LEAST)
    assert bands["d0"] == (40, 44)


def test_too_few_answers_are_a_band_of_their_own():
    nodes = [CountNode("all", None, 4, 9), CountNode("a", "all", 4, 9)]
    assert published_bands(nodes, min_group_size=8) == {"all": Band(0, 7), "a": Band(0, 7)}
    assert published_bands([CountNode("a", None, 3, 4)], min_group_size=5) == {"a": Band(0, 4)}


def test_parts_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match="add up"):
        published_bands([CountNode("all", None, 9, 20), CountNode("a", "all", 8, 20)], min_group_size=LEAST)
    with pytest.raises(KeyError):
        published_bands([CountNode("a", "nowhere", 8, 20)], min_group_size=LEAST)


def random_company(rng, response):
    sizes = [rng.integers(8, 30, size=rng.integers(1, 5)).tolist() for _ in range(rng.integers(1, 6))]
    return company([[(people, int(rng.binomial(people, response))) for people in groups] for groups in sizes])


def five_by_five(nodes):
    """Negative control: the bands as each count has them by itself."""
    return {node.id: tuple(band_of(node.count, node.people)) if node.count >= LEAST else (0, 4) for node in nodes}


def all_answered(nodes, bands):
    """How many groups are known to have answered to the last person."""
    known = left(nodes, bands)
    return sum(known[node.id] == (node.people, node.people) for node in nodes if "." in node.id)


@pytest.mark.parametrize("response", [0.6, 0.75, 0.85, 0.95])
def test_no_department_is_left_with_fewer_than_three_counts(response):
    rng = np.random.default_rng(20_261_125)
    departments, plain_few, few, everybody, sizes = 0, 0, 0, 0, []
    for _ in range(200):
        nodes = random_company(rng, response)
        parents = {node.id: node.parent for node in nodes}
        departments += sum("." in node.id for node in nodes)
        plain, bands = five_by_five(nodes), published_bands(nodes, min_group_size=LEAST)
        plain_few += len(too_few_left(parents, plain))
        few += len(too_few_left(parents, bands))
        everybody += all_answered(nodes, bands)
        wholes = [node.id for node in nodes if "." not in node.id]
        sizes += [(size(plain[name]), size(bands[name])) for name in wholes]
    wider, (before, after) = mean(own < joined for own, joined in sizes), map(mean, zip(*sizes, strict=True))
    print(
        f"\n{response:.0%}: of {departments} departments with their divisions {plain_few} by fives, {few} by the rule;"
    )
    print(f"{wider:.0%} of the bands of divisions and companies are wider, {before:.1f} counts become {after:.1f}")
    assert (few, everybody) == (0, 0)
    assert plain_few > departments / 1_000
