"""Counts of answers are in bands, and beside a known number of people no band says that everybody answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rules.limits import MIN_GROUP_SIZE
from surveys.rules.rounding import band_of, band_text, rate_of

MANY = 400


def bands_of(people, least=MIN_GROUP_SIZE, lowest=0):
    """Each band as it is published, with the counts from `lowest` on that it is of."""
    bands = {}
    for count in range(lowest, people + 1):
        bands.setdefault(band_of(count, people, min_group_size=least), []).append(count)
    return bands


@pytest.mark.parametrize(
    ("people", "last"),
    [
        (5, "5-5"), (6, "5-6"), (8, "5-8"), (10, "5-10"), (12, "10-12"), (15, "10-15"), (16, "15-16"), (20, "15-20"),
        (40, "35-40"), (100, "90-100"), (1000, "900-1000"),
    ],
)  # fmt: skip
def test_the_last_band_goes_from_the_five_with_90_percent_up_to_everybody(people, last):
    assert band_text(band_of(people, people)) == last


@given(st.integers(0, 5000))
def test_no_count_is_shown_any_finer_than_90_percent(people):
    high = [count for count in range(people + 1) if count * 10 >= people * 9]
    assert {band_of(count, people) for count in high} == {band_of(people, people)}


@pytest.mark.parametrize("least", range(MIN_GROUP_SIZE, 31))
def test_under_each_minimum_a_band_has_three_counts_if_people_have(least):
    """What is published begins with the minimum: of 5-9 under a minimum of 8 only two counts were left."""
    for people in [None, *range(least + 2, 120)]:
        highest = people or 120
        bands = {band_of(count, people, min_group_size=least) for count in range(least, highest + 1)}
        assert all(band.low >= least for band in bands)
        small = [band for band in bands if band.high - band.low < 2]
        # Only the last one may: of 11 people it is 10-11.
        assert [band for band in small if band.high != people] == []
        assert len(small) <= 1


def test_plain_fives_would_leave_one_count_under_a_minimum_of_nine():
    """Negative control: 5-9 could only be nine people."""
    assert [count for count in range(9, 15) if count // 5 == 1] == [9]
    assert band_of(9, 40, min_group_size=9) == band_of(14, 40, min_group_size=9) == (9, 14)
    assert band_of(15, 40, min_group_size=9) == (15, 19)
    assert band_of(7, 40, min_group_size=7) == (7, 9)


@given(st.integers(6, 5000))
def test_no_band_is_everybody_alone(people):
    """Of fewer a figure says it anyway: docs/anonymity.md, "What bands tell"."""
    assert len(bands_of(people)[band_of(people, people)]) > 1


def test_plain_fives_to_the_end_would_reveal_that_everybody_answered():
    """Negative control: beside ten people "10-14" is everybody, and so is every tenth count of people at the end."""
    alone = [people for people in range(6, MANY) if [n for n in range(people + 1) if n // 5 == people // 5] == [people]]
    assert alone == list(range(10, MANY, 5))


@given(st.integers(1, MANY))
def test_bands_contain_the_counts_that_they_name_and_no_others(people):
    for (low, high), counts in bands_of(people).items():
        assert counts == list(range(low, high + 1))


@given(st.integers(1, MANY))
def test_at_least_90_percent_is_shown_where_it_is_true(people):
    for band, counts in bands_of(people).items():
        at_least, true = rate_of(*band, people).at_least, counts[0] * 10 >= people * 9
        assert at_least == true, band


def test_where_headcounts_are_unknown_the_bands_are_fives():
    assert [band_of(count, None) for count in (5, 9, 10, 14, 112)] == [(5, 9), (5, 9), (10, 14), (10, 14), (110, 114)]
