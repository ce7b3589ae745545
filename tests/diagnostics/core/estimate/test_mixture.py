import numpy as np

from diagnostics.core.estimate.index import Mixture


def test_a_certain_event_has_probability_one_and_no_more():
    weights = np.array([0.1, 0.2, 0.7 + 2**-52])
    sure = Mixture(weights / weights.sum() * (1 + 2**-51), np.full((1, 3), 90.0), np.full((1, 3), 0.1))
    assert sure.above(10.0).tolist() == [1.0]
