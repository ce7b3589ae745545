"""What closing keeps of ratings: never those of a few, of a group, of a division, or of a division less its groups."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from surveys.ballot.sealing import Ballot, Rating
from surveys.models import CounterpartRating, ReportingGroup, Response, SealedBallot, Wave
from surveys.selectors.key_authenticity import keys_of
from surveys.services.answering import cast_ballot
from surveys.services.counting import counterpart_ratings
from tests.company import ballot_for, cast, close, invitations, make_people, make_survey, open_next

COUNTERPARTS = range(100, 106)
MINIMUMS = (5, 7)


def counted(chance, wave):
    """Ballots of groups in three divisions and of one in none, each with up to three ratings."""
    groups = [ReportingGroup(wave=wave, division_id=division) for division in (1, 1, 1, 2, 2, 3, None)]
    ballots = []
    for group in groups:
        for _ in range(chance.randint(5, 16)):
            rated = chance.sample(COUNTERPARTS, chance.randint(0, 3))
            ballots.append(
                (group, Ballot(group.id, b"", tuple(Rating(counterpart, b"\0\1\1\1") for counterpart in rated), ""))
            )
    return ballots


@pytest.mark.parametrize("min_group_size", MINIMUMS)
def test_stored_ratings_of_a_counterpart_come_from_the_minimum_of_people(min_group_size):
    chance = random.Random(min_group_size)
    dropped = by_division = 0
    for _ in range(100):
        wave = Wave(min_group_size=min_group_size)
        ballots = counted(chance, wave)
        given = Counter((group, rating.counterpart) for group, ballot in ballots for rating in ballot.ratings)
        rows = counterpart_ratings(wave, ballots)
        stored = Counter((row.group_id, row.division_id, row.counterpart_id) for row in rows)
        assert min(stored.values()) >= min_group_size
        # A group's raters of one department are stored all together, by the group or by its division, or none of them.
        leftover = Counter()
        for (group, counterpart), raters in given.items():
            assert stored[group.id, None, counterpart] == (raters if raters >= min_group_size else 0)
            if raters < min_group_size and group.division_id is not None:
                leftover[None, group.division_id, counterpart] += raters
        assert {key: count for key, count in stored.items() if key[0] is None} == {
            key: count for key, count in leftover.items() if count >= min_group_size
        }
        by_division += sum(row.division_id is not None for row in rows)
        dropped += sum(given.values()) - len(rows)
    assert dropped > 100
    assert by_division > 100


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("ratings", "unreadable"), [(3, 0), (4, 1)])
def test_a_ballot_with_more_ratings_than_allowed_is_kept_apart(tmp_path, ratings, unreadable):
    """It counts as one that cannot be read: none of its answers is stored, and its box stays."""
    others = {f"Other {number}": (None, 1) for number in range(4)}
    departments = make_people({"Sales": (None, 8)} | others)
    rated = [departments[name].id for name in others]
    wave = open_next(make_survey(), tmp_path)
    size = len(wave.questionnaire["counterparts"]["items"])
    strange, *rest = invitations(wave, "Sales", 7)
    cast(strange, ratings=[Rating(department, bytes([0, *[1] * size])) for department in rated[:ratings]])
    for invitation in rest:
        cast(invitation)
    close(wave, tmp_path)
    counts = (wave.unreadable, Response.objects.count(), SealedBallot.objects.count())
    assert counts == (unreadable, 7 - unreadable, unreadable)


@pytest.mark.django_db(transaction=True)
def test_a_ballot_that_rates_one_department_twice_is_kept_apart(tmp_path):
    """Or five ratings could be those of fewer people."""
    departments = make_people()
    wave = open_next(make_survey(), tmp_path)
    finance = departments["Finance"].id
    for invitation in invitations(wave, "Sales", 6):
        cast(invitation, ratings=[Rating(finance, b"\0\1\1\1")])
    invitation = invitations(wave, "Marketing", 1)[0]
    twice = replace(ballot_for(invitation), ratings=(Rating(finance, b"\0\1\1\1"), Rating(finance, b"\0\3\3\3")))
    cast_ballot(invitation_id=invitation.id, keys=keys_of(wave), ballot=twice)
    close(wave, tmp_path)
    assert (wave.unreadable, CounterpartRating.objects.count()) == (1, 6)
