"""Counts of answers are in bands, and beside a known number of people no band says that everybody answered."""

from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.core.alerts.participation import published_response
from diagnostics.core.estimate.nonresponse import caution, response_of
from surveys.rules.limits import MIN_GROUP_SIZE
from surveys.rules.participation import counted_participation
from surveys.rules.rounding import band_of, band_text, rate_of_count

MANY = 400


def everything_shown(count, people, least):
    """By the report's figures, its alert of a fallen response, and the page of waves."""
    response = float(response_of(count, people, min_group_size=least))
    page = counted_participation(responses=count, people=people, min_group_size=least)
    fell = published_response(count, people, min_group_size=least)
    return rate_of_count(count, people, min_group_size=least), response, caution(response), fell, page


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


@given(st.integers(1, MANY), st.integers(MIN_GROUP_SIZE, 20))
def test_all_that_is_shown_of_a_count_is_the_same_for_its_whole_band(people, least):
    for counts in bands_of(people, least, least).values():
        assert len({everything_shown(count, people, least) for count in counts}) == 1


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
        at_least, true = rate_of_count(counts[0], people).at_least, counts[0] * 10 >= people * 9
        assert at_least == true, band


def test_where_headcounts_are_unknown_the_bands_are_fives():
    assert [band_of(count, None) for count in (5, 9, 10, 14, 112)] == [(5, 9), (5, 9), (10, 14), (10, 14), (110, 114)]


def fives(count, people):
    start = count // 5 * 5
    return start, min(start + 4, people)


def narrowed(parent, children):
    """Ends of counts that add up: once what each says of the others; True where any of them moved."""
    low, high = sum(known[0] for known in children), sum(known[1] for known in children)
    before = [list(known) for known in (parent, *children)]
    parent[:] = max(parent[0], low), min(parent[1], high)
    for known in children:
        known[:] = max(known[0], parent[0] - high + known[1]), min(known[1], parent[1] - low + known[0])
    return before != [parent, *children]


def given_away(people, answered, band):
    """How many departments all bands of a company together say to have answered to the last; and to fewer than three
    counts, though their own band holds three.
    """
    groups = [
        [list(band(known, of)) if known >= 5 else [0, 4] for known, of in zip(*both, strict=True)]
        for both in zip(answered, people, strict=True)
    ]
    own = [tuple(known) for known in chain(*groups)]
    divisions = [list(band(sum(known), sum(of))) for known, of in zip(answered, people, strict=True)]
    company = list(band(sum(map(sum, answered)), sum(map(sum, people))))
    while any([narrowed(company, divisions), *map(narrowed, divisions, groups)]):
        pass
    everybody = sum(known[0] == of for known, of in zip(chain(*groups), chain(*people), strict=True))
    few = [known for known, (low, high) in zip(chain(*groups), own, strict=True) if high - low >= 2]
    return np.array([everybody, sum(high - low < 2 for low, high in few)])


@pytest.mark.parametrize("response", [0.6, 0.75, 0.85, 0.95])
def test_a_companys_bands_give_away_less_than_1_department_in_1000(response):
    rng = np.random.default_rng(20_261_125)
    departments, by_fives, by_rule = 0, np.zeros(2, dtype=int), np.zeros(2, dtype=int)
    for _ in range(500):
        people = [rng.integers(8, 30, size=rng.integers(1, 5)).tolist() for _ in range(rng.integers(1, 6))]
        answered = [rng.binomial(some, response).tolist() for some in people]
        departments += sum(map(len, people))
        by_fives += given_away(people, answered, fives)
        by_rule += given_away(people, answered, band_of)
    print(f"\n{response:.0%}: of {departments} departments {by_fives[0]} by fives, {by_rule[0]} by the rule", end="")
    print(f"; to fewer than three counts {by_rule[1]} by the rule")
    assert by_rule[0] < departments / 1_000
    assert by_rule[1] < departments / 50
    if response > 0.9:
        assert by_fives[0] > departments / 20
