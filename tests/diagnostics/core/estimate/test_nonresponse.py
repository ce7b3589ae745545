"""What silence may hide widens a figure, by the published band of the response."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.core.estimate.nonresponse import CAUTION, NO_ALERT, OK, caution, nonresponse_band, response_of
from surveys.rules.rounding import band_of


def test_the_nonresponse_band_adds_ten_points_for_the_silent():
    low, high = nonresponse_band(np.array([30.0, 4.0, 50.0]), np.array([50.0, 20.0, 96.0]), np.array([0.6, 0.5, 0.0]))
    np.testing.assert_allclose(low, [26, 0, 40])
    np.testing.assert_allclose(high, [54, 25, 100])


@pytest.mark.parametrize(
    ("response", "flag"), [(1.0, OK), (0.5, OK), (0.499, CAUTION), (0.3, CAUTION), (0.299, NO_ALERT), (0, NO_ALERT)]
)
def test_low_response_is_a_caution_and_very_low_response_no_alert(response, flag):
    assert caution(response) == flag


@given(st.integers(5, 2000), st.data())
def test_cautions_and_nonresponse_bands_are_the_same_within_a_band(people, data):
    count, other = data.draw(st.integers(0, people)), data.draw(st.integers(0, people))
    same_band = band_of(count, people) == band_of(other, people)
    assert same_band <= (response_of(count, people) == response_of(other, people))
    # Half of the last band: a tenth of the people and four more at most.
    assert float(response_of(count, people)) == pytest.approx(count / people, abs=0.05 + 2.001 / people)


def test_the_response_of_many_groups_is_that_of_each():
    np.testing.assert_allclose(response_of(np.array([10, 21, 0]), np.array([10, 30, 0])), [7.5 / 10, 22 / 30, 0])
