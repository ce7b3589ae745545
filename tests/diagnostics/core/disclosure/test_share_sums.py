"""The shares of a division and of its departments, taken together, leave three counts of each band."""

import itertools
import random
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.core.disclosure.bands import CountNode, published_bands
from diagnostics.core.disclosure.share_sums import ShareNode, counts_left, revealing_sums
from diagnostics.core.disclosure.shares import coarse_percent, rule_against_share
from surveys.rules.limits import MIN_GROUP_SIZE
from surveys.rules.rounding import Band


def published(counts):
    """Nodes with what is published of them, from {name: (parent, people, answers, those who agree)}."""
    bands = published_bands(
        [CountNode(name, parent, total, people) for name, (parent, people, total, _) in counts.items()],
        min_group_size=MIN_GROUP_SIZE,
    )
    nodes = []
    for name, (parent, _, total, agreeing) in counts.items():
        band = bands[name]
        shown = total and rule_against_share(agreeing, total, band) is None
        nodes.append(ShareNode(name, parent, band, coarse_percent(agreeing, total, band) if shown else None))
    return nodes


def division_counts(departments, name, parent):
    """`departments` are (people, answers, those who agree)."""
    parts = {f"{name}.{number}": (name, *counts) for number, counts in enumerate(departments)}
    return {name: (parent, *map(sum, zip(*departments, strict=True)))} | parts


def division(departments):
    return published(division_counts(departments, "division", None))


def left(nodes, whole="division"):
    children = {made.id: [other.id for other in nodes if other.parent == made.id] for made in nodes}
    return counts_left({made.id: made for made in nodes}, children, whole)


def possible(made):
    """Every (answers, those who agree) that a node's band and step can come from."""
    for total in range(made.band.low, made.band.high + 1):
        for agreeing in range(total + 1):
            alike = agreeing > total - 2
            if made.percent is None or (not alike and coarse_percent(agreeing, total, made.band) == made.percent):
                yield total, agreeing


def by_hand(nodes):
    """The counts left of a division and its departments by trying all."""
    top, *parts = nodes
    found = {made.id: set() for made in nodes}
    whole = set(possible(top))
    for counts in itertools.product(*map(possible, parts)):
        total = tuple(map(sum, zip(*counts, strict=True)))
        if total in whole:
            found[top.id].add(total[0])
            for made, (people, _) in zip(parts, counts, strict=True):
                found[made.id].add(people)
    return {name: sorted(counts) for name, counts in found.items()}


def by_sets(whole, parts):
    """The counts left of a whole of many parts: those who may agree of each sum are the bits of a number."""
    sums = {0: 1}
    for part in map(list, map(possible, parts)):
        longer = defaultdict(int)
        for total, agreeing in sums.items():
            for people, number in part:
                longer[total + people] |= agreeing << number
        sums = longer
    return sorted({total for total, number in possible(whole) if sums.get(total, 0) >> number & 1})


def counts(least=10):
    """(people, answers, those who agree) of a department."""
    people = st.integers(least, 24)
    answers = people.flatmap(lambda number: st.tuples(st.just(number), st.integers(least - 4, number)))
    return answers.flatmap(lambda both: st.tuples(*map(st.just, both), st.integers(0, both[1])))


@given(st.lists(counts(), min_size=2, max_size=3))
def test_what_is_left_is_what_trying_all_counts_leaves(departments):
    nodes = division(departments)
    assert left(nodes) == by_hand(nodes)


def steps(band, percents):
    """Nodes that publish such a step beside such a band."""
    return st.sampled_from(percents).map(lambda percent: ShareNode("", None, band, percent))


PARTS = st.one_of(*(steps(Band(low, low + 4), [20, 30, 40, 50, 60, None]) for low in (10, 15)))


@given(st.lists(PARTS, min_size=4, max_size=24), st.integers(0, 100), st.sampled_from([20, 25, 30, 35, 40]))
def test_of_wholes_of_many_parts_the_very_counts_are_left(made, place, percent):
    """Also where no whole could be published so: nothing is left then."""
    parts = [replace(part, id=f"p{number}", parent="whole") for number, part in enumerate(made)]
    least, most = (sum(part.band[end] for part in parts) for end in (0, 1))
    low = (least + (most - least) * place // 100) // 5 * 5
    whole = ShareNode("whole", None, Band(low, low + 4), percent)
    assert left([whole, *parts], "whole")["whole"] == by_sets(whole, parts)


def test_a_division_near_its_lower_end_tells_that_of_its_departments():
    """Twice 10-14 with 20 %, together 20-24: with 25 % few counts are left, with 20 % enough."""
    departments = [ShareNode("a", "division", Band(10, 14), 20), ShareNode("b", "division", Band(10, 14), 20)]
    nodes = [ShareNode("division", None, Band(20, 24), 25), *departments]
    assert left(nodes) == by_hand(nodes)
    assert revealing_sums(nodes) == {"division"}
    assert revealing_sums([ShareNode("division", None, Band(20, 24), 20), *departments]) == set()


def test_a_whole_of_forty_parts_is_judged_by_each_of_its_sums():
    """Three of 13 agree at most: "25 %" of 490 to 494 people is 111 of 493, far from both ends of the sums."""
    parts = [ShareNode(f"p{number}", "whole", Band(10, 14), 20) for number in range(40)]
    whole = ShareNode("whole", None, Band(490, 494), 25)
    assert by_sets(whole, parts) == [493]
    assert left([whole, *parts], "whole")["whole"] == [493]
    assert revealing_sums([whole, *parts]) == {"whole"}
    harmless = replace(whole, percent=20)
    assert by_sets(harmless, parts) == [490, 491, 492, 493, 494]
    assert revealing_sums([harmless, *parts]) == set()


@pytest.mark.parametrize(("low", "percent"), [(200, 25), (280, 20), (240, 60)])
def test_a_whole_at_the_end_of_its_sums_has_no_share(low, percent):
    parts = [ShareNode(f"p{number}", "whole", Band(10, 14), 20) for number in range(20)]
    assert revealing_sums([ShareNode("whole", None, Band(low, low + 4), percent), *parts]) == {"whole"}


def with_a_gap(name, parent=None):
    """A division of which 51, 53 and 54 answers are possible, and 52 are not."""
    shares = [(Band(20, 24), 60), (Band(20, 24), 30), (Band(10, 14), 30)]
    parts = [ShareNode(f"{name}.{number}", name, *share) for number, share in enumerate(shares)]
    return [ShareNode(name, parent, Band(50, 54), 45), *parts]


def test_three_counts_with_a_gap_between_them_are_three():
    nodes = with_a_gap("division")
    assert left(nodes) == by_hand(nodes)
    assert left(nodes)["division"] == [51, 53, 54]


def test_no_share_is_published_of_more_parts_with_gaps_than_are_looked_at():
    def nodes(number):
        divisions = [with_a_gap(f"d{place}", parent="company") for place in range(number)]
        company = ShareNode("company", None, Band(50 * number, 54 * number), 45)
        return [company, *(node for division in divisions for node in division)]

    assert left(nodes(3), "company")["d0"] == [51, 53, 54]
    assert revealing_sums(nodes(3)) == set()
    assert left(nodes(7), "company") is None
    assert revealing_sums(nodes(7)) == {"company"}


def company(rng):
    """Divisions of departments of 10 to 40 people."""
    response, agreeing = rng.choice([0.6, 0.75, 0.9]), rng.choice([0.1, 0.3, 0.5])
    counts, everybody = {}, []
    for number in range(rng.randint(2, 5)):
        sizes = [rng.randint(10, 40) for _ in range(rng.randint(2, 5))]
        answers = [(size, sum(rng.random() < response for _ in range(size))) for size in sizes]
        made = [(size, total, sum(rng.random() < agreeing for _ in range(total))) for size, total in answers]
        counts |= division_counts(made, f"d{number}", "company")
        everybody += made
    return published({"company": (None, *map(sum, zip(*everybody, strict=True)))} | counts)


def few_left(nodes, suppressed=()):
    """Published wholes under which a share leaves fewer than three counts of its band."""
    stripped = [
        ShareNode(made.id, made.parent, made.band, None if made.id in suppressed else made.percent) for made in nodes
    ]
    by_id = {made.id: made for made in stripped}
    wholes = {made.parent for made in nodes if made.parent and by_id[made.parent].percent is not None}
    return [
        whole
        for whole in wholes
        if any(len(found) < 3 for name, found in left(stripped, whole).items() if by_id[name].counted)
    ]


def test_by_the_rule_no_sum_reveals_a_count_and_some_do_without():
    rng = random.Random(20_261_126)
    without = with_rule = wholes = suppressed = 0
    for _ in range(150):
        nodes = company(rng)
        revealing = revealing_sums(nodes)
        without += bool(few_left(nodes))
        with_rule += bool(few_left(nodes, revealing))
        wholes += sum(made.percent is not None for made in nodes if "." not in made.id)
        suppressed += len(revealing)
    print(f"\nof 150 companies {without} are given away without the rule, {with_rule} with it", end="")
    print(f"; it suppresses the shares of {suppressed} of {wholes} divisions and companies")
    assert with_rule == 0
    assert without > 5
    assert suppressed < wholes / 20


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_nodes_changes_nothing(seed):
    nodes = company(random.Random(seed))
    assert revealing_sums(nodes) == revealing_sums(nodes[::-1])
