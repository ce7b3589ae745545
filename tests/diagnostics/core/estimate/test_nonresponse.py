"""A low response widens a figure and calls for a caution, by the published band of the response."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.core.estimate.nonresponse import Caution, caution, nonresponse_band, response_of
from surveys.rules.rounding import Band, band_of


def test_the_nonresponse_band_adds_ten_points_for_the_silent():
    low, high = nonresponse_band(np.array([30.0, 4.0, 50.0]), np.array([50.0, 20.0, 96.0]), np.array([0.6, 0.5, 0.0]))
    np.testing.assert_allclose(low, [26, 0, 40])
    np.testing.assert_allclose(high, [54, 25, 100])


@pytest.mark.parametrize(
    ("expected", "responses"),
    [
        (Caution.NONE, (None, 1.0, 0.5)),
        (Caution.READ_WITH_CARE, (0.499, 0.3)),
        (Caution.NO_ALERT, (0.299, 0.0)),
    ],
)
def test_below_half_a_response_is_a_caution_below_three_tenths_no_alert(expected, responses):
    assert {caution(response) for response in responses} == {expected}


@given(st.integers(5, 2000), st.data())
def test_cautions_and_nonresponse_bands_are_the_same_within_a_band(people, data):
    count, other = data.draw(st.integers(0, people)), data.draw(st.integers(0, people))
    response, other_response = response_of([band_of(count, people), band_of(other, people)], [people, people])
    assert (band_of(count, people) == band_of(other, people)) <= (response == other_response)
    # Half of the last band: a tenth of the people and four more at most.
    assert response == pytest.approx(count / people, abs=0.05 + 2.001 / people)


def test_the_response_of_many_groups_is_that_of_each():
    bands = [Band(5, 10), Band(20, 24), Band(0, 0)]
    np.testing.assert_allclose(response_of(bands, np.array([10, 30, 0])), [7.5 / 10, 22 / 30, 0])
