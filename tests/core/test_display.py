"""Figures are coarsened before anybody sees them."""

import numpy as np
import pytest

from diagnostics.core.display import open_rate, rate_text, response_band, whole
from diagnostics.core.nonresponse import CAUTION, NO_ALERT, OK, caution, outer_band


@pytest.mark.parametrize(
    ("score", "shown"), [(0, 5), (5.4, 5), (5.5, 6), (42.5, 43), (94.6, 95), (95.4, 95), (100, 95)]
)
def test_scores_are_whole_numbers_from_5_to_95(score, shown):
    assert whole(score) == shown


@pytest.mark.parametrize(("count", "band"), [(5, "5-9"), (9, "5-9"), (10, "10-14"), (112, "110-114"), (0, "0-4")])
def test_counts_are_shown_in_bands_of_five(count, band):
    assert response_band(count) == band


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="cannot be -1"):
        response_band(-1)


@pytest.mark.parametrize(
    ("share", "text"), [(0.624, "62 %"), (0.29, "29 %"), (0.8999, "89 %"), (0.9, "≥ 90 %"), (1.0, "≥ 90 %")]
)
def test_rates_are_capped_at_90_percent(share, text):
    assert rate_text(share) == text


@pytest.mark.parametrize(("share", "percent"), [(0.0, 0), (0.024, 0), (0.025, 5), (0.62, 60), (0.63, 65), (1, 100)])
def test_the_rate_of_an_open_wave_is_rounded_to_5_percent(share, percent):
    assert open_rate(share) == percent


def test_the_outer_band_adds_ten_points_for_all_who_are_silent_within_the_scale():
    low, high = outer_band(np.array([30.0, 4.0, 50.0]), np.array([50.0, 20.0, 96.0]), np.array([0.6, 0.5, 0.0]))
    np.testing.assert_allclose(low, [26, 0, 40])
    np.testing.assert_allclose(high, [54, 25, 100])


@pytest.mark.parametrize(
    ("response", "flag"), [(1.0, OK), (0.5, OK), (0.499, CAUTION), (0.3, CAUTION), (0.299, NO_ALERT), (0, NO_ALERT)]
)
def test_low_response_calls_for_caution_and_very_low_response_allows_no_alert(response, flag):
    assert caution(response) == flag
