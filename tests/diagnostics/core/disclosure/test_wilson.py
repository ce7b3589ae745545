"""Wilson's interval of a share, against published tables."""

import math

import pytest
from statsmodels.stats.proportion import proportion_confint

from diagnostics.core.disclosure.shares import wilson


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_that_of_newcombe_1998_table_1(count, total, low, high):
    assert wilson(count / total, total, level=0.95) == pytest.approx((low, high), abs=0.00005)


@pytest.mark.parametrize(("count", "total"), [(0, 10), (1, 10), (3, 11), (7, 20), (20, 20)])
def test_the_interval_is_that_of_statsmodels(count, total):
    ours = wilson(count / total, total, level=0.90)
    assert ours == pytest.approx(proportion_confint(count, total, alpha=0.10, method="wilson"), abs=1e-12)


def test_the_ends_of_the_interval_are_where_the_score_test_just_rejects():
    for end in wilson(7 / 20, 20, level=0.90):
        assert abs(7 / 20 - end) / math.sqrt(end * (1 - end) / 20) == pytest.approx(1.6448536, abs=1e-6)


def test_a_share_of_all_ends_at_one_and_a_share_of_none_begins_at_none():
    assert (wilson(1.0, 12)[1], wilson(0.0, 12)[0]) == (1.0, 0.0)


def test_a_share_above_one_is_refused():
    with pytest.raises(ValueError, match="from 0 to 1"):
        wilson(3 / 2, 2)
