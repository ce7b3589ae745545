"""Every count of a band fits every share that is published beside it: over all counts of 10 to 60 people."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.core.disclosure.shares import Sides, agreeing_behind, coarse_percent, rule_against_share, share_step
from surveys.rules.rounding import Band, band_of

EVERYBODY = Sides(agreeing=0, others=0)


def published(people, sides):
    """By band and step, the counts that it is published of, with how many combinations of counts are shown."""
    counts, shown = defaultdict(set), 0
    for total in range(10, people + 1):
        band = band_of(total, people)
        for agreeing in range(total + 1):
            if rule_against_share(agreeing, total, band, sides) is None:
                counts[band, coarse_percent(agreeing, total, band)].add(total)
                shown += 1
    return counts, shown


@pytest.mark.parametrize(("sides", "expected"), [(EVERYBODY, 36_619), (Sides(), 33_929), (Sides(5, 5), 22_693)])
def test_each_count_of_the_band_fits_each_published_step(sides, expected):
    total_shown = 0
    for people in range(10, 61):
        counts, shown = published(people, sides)
        total_shown += shown
        for (band, percent), fitting in counts.items():
            assert fitting == set(range(band.low, band.high + 1)), (people, band, percent)
            assert len(fitting) >= 3
    print(f"\n{sides}: {total_shown} combinations of people, answers and those who agree are shown")
    assert total_shown == expected


@given(st.integers(10, 3000), st.data())
def test_no_published_step_is_of_everybody_alone(people, data):
    total = data.draw(st.integers(1, people))
    agreeing, band = data.draw(st.integers(0, total)), band_of(total, people)
    if rule_against_share(agreeing, total, band) is None:
        percent = coarse_percent(agreeing, total, band)
        behind = {count: agreeing_behind(percent, count, band, Sides()) for count in range(band.low, band.high + 1)}
        assert agreeing in behind[total]
        assert all(behind.values())
        assert len(behind) >= 3


@given(st.integers(10, 500), st.data())
def test_what_may_be_behind_a_step_is_what_falls_into_it(total, data):
    band = band_of(total, data.draw(st.one_of(st.none(), st.integers(total, 2 * total))))
    percent = coarse_percent(data.draw(st.integers(0, total)), total, band)
    assert list(agreeing_behind(percent, total, band, EVERYBODY)) == [
        agreeing for agreeing in range(total + 1) if coarse_percent(agreeing, total, band) == percent
    ]


@pytest.mark.parametrize(
    ("agreeing", "total", "band", "percent"),
    [
        (0, 10, (10, 14), 10),
        (2, 14, (10, 14), 10),
        (3, 17, (15, 19), 20),
        (3, 20, (20, 24), 15),
        (20, 20, (20, 24), 90),
    ],
)
def test_steps_are_10_percent_and_from_20_people_on_5(agreeing, total, band, percent):
    assert coarse_percent(agreeing, total, Band(*band)) == percent
    assert percent % share_step(Band(*band)) == 0


@pytest.mark.parametrize(
    ("agreeing", "total", "people", "rule"),
    [
        # Of ten people the last band is 5-10: that ten answered must not show in the reason.
        (4, 10, 10, SuppressionRule.TOO_FEW_FOR_SHARE),
        (4, 9, 10, SuppressionRule.TOO_FEW_FOR_SHARE),
        # Of eleven it is 10-11, of sixteen 15-16.
        (4, 11, 11, SuppressionRule.NARROW_BAND),
        (4, 15, 16, SuppressionRule.NARROW_BAND),
        (4, 12, 12, None),
        # 12 of 14 are not alike, 9 of 10 are: the step would say which of the two it is.
        (12, 14, 20, SuppressionRule.HOMOGENEOUS),
        (9, 10, 20, SuppressionRule.HOMOGENEOUS),
        (0, 10, 20, None),
        (18, 20, 30, None),
        (19, 20, 30, SuppressionRule.HOMOGENEOUS),
    ],
)
def test_the_rule_against_a_share_goes_by_the_band(agreeing, total, people, rule):
    assert rule_against_share(agreeing, total, band_of(total, people)) == rule


def test_whole_percents_would_leave_few_counts():
    """Negative control: of 36,619 combinations few leave three counts of the band."""
    alone = combinations = 0
    for people in range(10, 61):
        published_of = defaultdict(set)
        rows = [
            (band_of(total, people), round(100 * agreeing / total), total)
            for total in range(10, people + 1)
            for agreeing in range(total + 1)
        ]
        for band, percent, total in rows:
            published_of[band, percent].add(total)
        shown = [row for row in rows if row[0].low >= 10 and row[0].high - row[0].low >= 2]
        combinations += len(shown)
        alone += sum(len(published_of[band, percent]) < 3 for band, percent, _ in shown)
    print(f"\nby whole percents {alone} of {combinations} combinations leave one or two counts")
    assert combinations == 36_619
    assert alone > combinations / 2
