"""The response of a whole wave, while it is open and once it is counted."""

import pytest

from surveys.rules.participation import (
    Participation,
    ParticipationCode,
    counted_participation,
    open_participation,
    open_percent,
)
from surveys.rules.rounding import Rate


@pytest.mark.parametrize(
    ("answered", "invited", "percent"),
    [
        (4, 400, None),
        (60, 99, None),
        (5, 100, 5),
        (45, 100, 45),
        (57, 120, 50),
        (9, 160, 5),
        (108, 120, 90),
        (120, 120, 90),
    ],
)
def test_an_open_waves_response_is_rounded_to_five_and_capped(answered, invited, percent):
    assert open_percent(answered=answered, invited=invited, min_group_size=5) == percent


def test_the_highest_step_is_a_lower_bound():
    assert open_participation(90, people=24).rate == Rate(90, at_least=True)
    assert open_participation(45, people=24).rate == Rate(45)


@pytest.mark.parametrize(
    ("responses", "people", "band"),
    [
        (5, 30, (5, 9)),
        (14, 30, (10, 14)),
        (24, 30, (20, 24)),
        (25, 30, (25, 30)),
        (27, 30, (25, 30)),
        (30, 30, (25, 30)),
        (9, 10, (5, 10)),
        (10, 10, (5, 10)),
        (44, 50, (40, 44)),
        (33, None, (30, 34)),
    ],
)
def test_a_counted_waves_response_is_a_band(responses, people, band):
    found = counted_participation(responses=responses, people=people, min_group_size=5)
    assert found == Participation(ParticipationCode.COUNTED_BAND, people=people, band=band)


@pytest.mark.parametrize("responses", [45, 50])
def test_where_nearly_everybody_answered_it_is_a_rate(responses):
    found = counted_participation(responses=responses, people=50, min_group_size=5)
    assert found == Participation(ParticipationCode.COUNTED_RATE, people=50, rate=Rate(90, at_least=True))


def test_below_the_minimum_group_size_there_is_no_number_of_answers():
    found = counted_participation(responses=4, people=30, min_group_size=5)
    assert found == Participation(ParticipationCode.TOO_FEW, min_group_size=5)
