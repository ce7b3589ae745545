"""The false discovery rate, against published figures and two other programs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control
from statsmodels.stats.multitest import multipletests

from diagnostics.core.alerts.advance import benjamini_hochberg

# Benjamini and Hochberg (1995), section 3.2: 15 tests of a trial of two treatments after myocardial infarction.
TRIAL = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590),
    1.0,
]
probabilities = st.lists(st.floats(0, 1), min_size=1, max_size=40)


def test_the_example_of_1995_rejects_four_hypotheses_at_5_percent():
    q = benjamini_hochberg(np.array(TRIAL))
    assert (q <= 0.05).tolist() == [True] * 4 + [False] * 11


@given(probabilities)
def test_q_is_that_of_scipy_and_of_statsmodels(p):
    q = benjamini_hochberg(np.array(p))
    np.testing.assert_allclose(q, false_discovery_control(p, method="bh"), atol=1e-12)
    np.testing.assert_allclose(q, multipletests(p, method="fdr_bh")[1], atol=1e-12)


@given(probabilities, st.randoms())
def test_the_order_of_the_tests_is_irrelevant(p, chance):
    order = list(range(len(p)))
    chance.shuffle(order)
    assert benjamini_hochberg(np.array(p)[order]).tolist() == benjamini_hochberg(np.array(p))[order].tolist()


def test_no_tests_have_no_q():
    assert benjamini_hochberg(np.array([])).tolist() == []


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(p):
    with pytest.raises(ValueError, match="probabilities from 0 to 1"):
        benjamini_hochberg(np.array([0.5, p]))
