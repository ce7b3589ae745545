"""The response of a whole wave, while it is open and once it is counted."""

from functools import partial

import pytest

from surveys.rules.participation import (
    Participation,
    ParticipationCode,
    at_target,
    counted_participation,
    open_participation,
    open_percent,
)
from surveys.rules.rounding import Band, GroupResponse, Rate, band_of, rounded_percent


@pytest.mark.parametrize(
    ("groups", "percent"),
    [
        ([(4, 400)], None),
        ([(60, 99)], None),
        ([(5, 100)], 5),
        ([(45, 100)], 45),
        ([(57, 120)], 50),
        ([(9, 160)], 5),
        ([(108, 120)], 90),
        ([(120, 120)], 90),
        # 10, 10, 5 and nothing of four groups, and two for each.
        ([(14, 25), (10, 25), (8, 25), (4, 25)], 35),
    ],
)
def test_an_open_waves_response_is_rounded_to_five_and_capped(groups, percent):
    assert open_percent(groups, min_group_size=5) == percent


def test_the_lower_ends_of_bands_never_fall_again():
    """Not by an answer more, nor where a group of fewer than the minimum is merged into one."""
    for least in (5, 6, 7, 8, 13):
        low = {
            (count, people): band_of(count, people, min_group_size=least).low
            for people in range(least, 48)
            for count in range(least, people + 1)
        }
        for (count, people), end in low.items():
            assert end <= low.get((count + 1, people), end)
            assert all(
                end <= low.get((count + more, people + others), end)
                for more in range(least)
                for others in (more, more + 3, more + 11)
            )


def test_no_step_of_an_open_wave_is_a_lower_bound():
    """Of 120 people "90 %" begins with 105, which is less."""
    assert open_participation(90, people=24).rate == Rate(90)
    assert open_participation(45, people=24).rate == Rate(45)


def test_a_counted_wave_has_the_band_of_its_report():
    known, unknown = GroupResponse(5, Band(20, 29), Rate(70)), GroupResponse(5, Band(30, 34))
    assert counted_participation(known, people=36) == Participation(
        ParticipationCode.COUNTED_BAND, people=36, band=Band(20, 29)
    )
    assert counted_participation(unknown, people=None) == Participation(
        ParticipationCode.COUNTED_BAND, band=Band(30, 34)
    )


def test_where_nearly_everybody_answered_it_is_a_rate():
    nearly_all = Rate(90, at_least=True)
    found = counted_participation(GroupResponse(5, Band(45, 50), nearly_all), people=50)
    assert found == Participation(ParticipationCode.COUNTED_RATE, people=50, rate=nearly_all)


def test_too_few_answers_or_no_report_have_no_number():
    few = Participation(ParticipationCode.TOO_FEW, min_group_size=5)
    assert counted_participation(GroupResponse(5), people=30) == few
    assert counted_participation(None, people=30) == Participation(ParticipationCode.COUNTED)


def united(people, least, published):
    """The counts, from the minimum on, that are published alike while a wave is open, with their bands."""
    found = {}
    for count in range(least, people + 1):
        found.setdefault(published(answered=count), []).append(count)
    return found.values()


def three_fit(people, least, published):
    """Whether what was published open and the band after counting leave three counts, if the band holds three.

    Answers only grow: what was published open is a lower bound of what is counted.
    """
    for counts in united(people, least, published):
        for count in range(min(counts), people + 1):
            band = band_of(count, people, min_group_size=least)
            if band.high - band.low >= 2 and band.high - max(band.low, min(counts)) < 2:
                return False
    return True


@pytest.mark.parametrize("target", [30, 45, 60, 75, 90])
def test_the_target_and_the_band_after_counting_leave_three_counts(target):
    for people in range(10, 120):
        published = partial(at_target, invited=people, erased=0, min_group_size=5, target=target)
        assert three_fit(people, 5, published)


def test_the_count_itself_would_leave_one():
    """Negative controls: 60 % of 22 are 14 of 10-14; of 240 people "about 0 %" could only be the minimum."""
    assert not three_fit(22, 5, lambda answered: answered * 100 >= 60 * 22)
    assert [count for count in range(5, 241) if rounded_percent(count, 240) == 0] == [5]
    assert not three_fit(101, 5, lambda answered: rounded_percent(answered, 101))
