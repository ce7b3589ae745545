"""The pace of sending: never faster than asked for or shown to be too fast."""

import datetime as dt

import pytest

from surveys.mails.pace import Pace
from tests.company import MONDAY

SECOND = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("limit", "per_minute", "current"), [(None, None, None), (30, None, 30), (None, 6, 6), (30, 6, 6), (6, 30, 6)]
)
def test_the_slower_of_both_limits_holds(limit, per_minute, current):
    assert Pace(limit, per_minute).current == current


def test_mails_are_spread_over_the_minute():
    pace = Pace(30, None)
    assert pace.gap(MONDAY) == 0
    pace.begin(MONDAY)
    assert [pace.gap(MONDAY + seconds * SECOND) for seconds in (0, 0.5, 2, 9)] == [2, 1.5, 0, 0]


def test_without_a_limit_there_is_no_gap():
    pace = Pace(None, None)
    pace.begin(MONDAY)
    assert pace.gap(MONDAY) == 0


@pytest.mark.parametrize(
    ("limit", "per_minute", "taken", "slower"),
    [(None, None, 30, 24), (None, None, 0, 1), (None, 6, 0, 4), (None, 6, 3, 2), (100, None, 0, 80), (None, 1, 1, 1)],
)
def test_after_a_refusal_it_is_a_fifth_slower_than_what_was_taken(limit, per_minute, taken, slower):
    pace = Pace(limit, per_minute)
    for _ in range(taken):
        pace.take(MONDAY)
    assert pace.slower() == slower


def test_what_was_taken_longer_than_a_minute_ago_does_not_count():
    pace = Pace(None, None)
    for seconds in (0, 1, 2, 60, 61):
        pace.take(MONDAY + seconds * SECOND)
    assert pace.slower() == 2


def test_a_minute_without_refusal_makes_it_a_tenth_faster():
    pace, paces = Pace(None, 6), []
    for seconds in range(0, 300, 10):
        pace.begin(MONDAY + seconds * SECOND)
        pace.take(MONDAY + seconds * SECOND)
        paces.append(pace.per_minute)
    assert list(dict.fromkeys(paces)) == [6, 7, 8, 9, 10]


@pytest.mark.parametrize(("limit", "per_minute"), [(30, 30), (None, 590)])
def test_a_pace_beyond_every_limit_is_forgotten(limit, per_minute):
    pace = Pace(limit, per_minute)
    pace.begin(MONDAY)
    pace.take(MONDAY + 60 * SECOND)
    assert pace.per_minute is None
