"""Counts are published in bands, rates are made of the bands alone, and scores are whole numbers."""

import pytest

from surveys.rules.rounding import (
    Band,
    GroupResponse,
    Rate,
    band_of,
    band_text,
    group_response,
    rate_of,
    rate_text,
    response_text,
    whole,
)


@pytest.mark.parametrize(("count", "band"), [(5, "5-9"), (9, "5-9"), (10, "10-14"), (112, "110-114"), (0, "0-4")])
def test_counts_are_shown_in_bands_of_five(count, band):
    assert band_text(band_of(count, 200)) == band


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="cannot be -1"):
        band_of(-1, 10)


@pytest.mark.parametrize(
    ("respondents", "people", "text"),
    [
        (17, 24, "about 70 %"),
        (12, 40, "about 30 %"),
        (5, 60, "about 10 %"),
        (10, 10, "about 75 %"),
        (16, 19, "about 90 %"),
        (40, 40, "about 90 %"),
        (16, 16, "≥ 90 %"),
        (47, 50, "≥ 90 %"),
    ],
)
def test_rates_are_the_rounded_middle_of_the_band_up_to_90_percent(respondents, people, text):
    assert rate_text(rate_of(*band_of(respondents, people), people)) == text


@pytest.mark.parametrize(
    ("score", "shown"), [(0, 5), (5.4, 5), (5.5, 6), (42.5, 43), (94.6, 95), (95.4, 95), (100, 95)]
)
def test_scores_are_whole_numbers_from_5_to_95(score, shown):
    assert whole(score) == shown


@pytest.mark.parametrize(
    ("band", "people", "response", "text"),
    [
        (Band(0, 4), 24, GroupResponse(5), "under 5"),
        (Band(15, 19), 24, GroupResponse(5, Band(15, 19), Rate(70)), "15-19"),
        (Band(15, 16), 16, GroupResponse(5, Band(15, 16), Rate(90, at_least=True)), "15-16"),
        (Band(20, 29), 36, GroupResponse(5, Band(20, 29), Rate(70)), "20-29"),
        (Band(15, 19), None, GroupResponse(5, Band(15, 19)), "15-19"),
    ],
)
def test_a_group_has_band_and_rate_from_the_minimum_size_on(band, people, response, text):
    assert group_response(band, people, min_group_size=5) == response
    assert response_text(response) == text


def test_nothing_is_written_where_nothing_is_known():
    assert (response_text(None), band_text(None), rate_text(None)) == ("", "", "")
