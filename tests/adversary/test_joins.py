"""The attacker finds each kind of link that is planted, and none where there is none."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.audit.codes import AttackGoal, MarkPlace
from surveys.audit.joins import Electorate, Marks, SourceName, attack

SIZES = (1, 2, 5, 8, 13, 40)


def electorate(sizes=SIZES, seed=0):
    """Voters v0, v1 ... whose rows have names that say nothing."""
    chance = Random(seed)
    groups = [f"g{number}" for number, size in enumerate(sizes) for _ in range(size)]
    names = chance.sample(range(10_000), len(groups))
    row_of = {f"v{place:03}": f"r{name:04}" for place, name in enumerate(names)}
    return Electorate(AttackGoal.ANSWERS, row_of, dict(zip(row_of.values(), groups, strict=True)))


def marks(ones, values, unit="transaction"):
    return Marks(SourceName(MarkPlace.ROWS, unit), unit, dict(zip(ones, values, strict=True)))


def best(attacks):
    return max(attacks, key=lambda result: result.hits)


def shares(attacks):
    return {result.join: result.hits / max(result.guesses, 1) for result in attacks}


def test_one_transaction_links_everybody():
    who = electorate()
    numbers = Random(2).sample(range(10**6), len(who.row_of))
    found = attack(who, [marks(who.row_of, numbers)], [marks(who.row_of.values(), numbers)])
    assert shares(found)["the same number"] == 1.0
    assert {result.join for result in found if result.linked} >= {"the same number", "in order within each group"}


def test_two_transactions_in_a_row_link_everybody_by_nearest_number():
    who = electorate()
    numbers = [10 * number for number in Random(2).sample(range(10**6), len(who.row_of))]
    after = [number + 1 for number in numbers]
    found = attack(who, [marks(who.row_of, numbers)], [marks(who.row_of.values(), after)])
    assert shares(found)["the nearest number"] == shares(found)["in order over everybody"] == 1.0
    assert "the same number" not in {result.join for result in found if result.hits}


@pytest.mark.parametrize("direction", ["in order", "in reverse order"])
def test_places_of_another_kind_link_everybody_by_their_order_alone(direction):
    who = electorate()
    order = range(len(who.row_of)) if direction == "in order" else range(len(who.row_of), 0, -1)
    found = attack(
        who, [marks(who.row_of, range(len(who.row_of)), "mail")], [marks(who.row_of.values(), order, "place")]
    )
    assert shares(found)[f"{direction} over everybody"] == 1.0
    assert best(found).linked


def test_half_a_link_is_a_link():
    who, chance = electorate(), Random(5)
    order = [place if chance.random() < 0.5 else chance.uniform(0, 70) for place in range(len(who.row_of))]
    found = attack(who, [marks(who.row_of, range(len(who.row_of)))], [marks(who.row_of.values(), order)])
    assert best(found).linked


@settings(max_examples=60)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=12), st.integers(0, 10**6))
def test_a_random_order_links_no_more_than_chance_twice(sizes, seed):
    rounds = []
    for number in range(2):
        who, chance = electorate(sizes, seed + number), Random(seed + number)
        people = marks(who.row_of, chance.sample(range(10**6), len(who.row_of)))
        rounds.append(attack(who, [people], [marks(who.row_of.values(), chance.sample(range(10**6), sum(sizes)))]))
    assert not [first for first, second in zip(*rounds, strict=True) if first.linked and second.linked]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8), st.data())
def test_guesses_stay_in_their_group_and_never_outnumber_the_voters(sizes, data):
    who = electorate(sizes)
    known = data.draw(st.sets(st.sampled_from(sorted(who.row_of))))
    people = Marks(SourceName(MarkPlace.ROWS), "transaction", dict.fromkeys(known, 1))
    found = attack(who, [people], [marks(who.row_of.values(), range(sum(sizes)))])
    assert all(result.guesses <= len(known) for result in found)
    assert all(result.hits <= result.guesses for result in found)
    assert bool(found) == bool(known)


def test_a_source_without_any_person_leaves_nothing_to_try():
    who = electorate()
    assert (
        attack(
            who, [Marks(SourceName(MarkPlace.LOG), "line", {})], [marks(who.row_of.values(), range(len(who.row_of)))]
        )
        == []
    )


def test_a_reminder_tells_who_comes_late_where_rows_lie_in_order():
    """Of two people a group one is reminded and answers after the other: the mailbox and the rows have one order."""
    who = electorate(sizes=(2,) * 20)
    late = [place % 2 for place in range(len(who.row_of))]
    invited = Random(3).sample(range(100), len(late))
    arrived = [100 * reminded + order for reminded, order in zip(late, Random(4).sample(range(100), 40), strict=True)]
    mailbox = marks(who.row_of, [100 * reminded + order for reminded, order in zip(late, invited, strict=True)], "mail")
    found = attack(who, [mailbox], [marks(who.row_of.values(), arrived, "place")])
    assert shares(found)["in order within each group"] == 1.0
    without = attack(who, [marks(who.row_of, invited, "mail")], [marks(who.row_of.values(), arrived, "place")])
    assert not best(without).linked
