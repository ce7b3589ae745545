"""The 90 % interval holds the true mean of all members 90 times in 100; two tempting shortcuts do not.

Companies are made up as in docs/method.md: 12 groups, persons differ by 18.6 within a group, the score has
reliability .83, ICC(1) is .107 (or .03), and 60 % answer (or all of them).
"""

import numpy as np
import pytest

from diagnostics.core.estimate.groups import group_stats
from diagnostics.core.estimate.index import estimate
from tests.diagnostics.core.wrong_estimators import with_the_full_correction, without_the_finite_prior

COMPANIES, WITHIN, RHO = 200, 18.6, 0.83


def made_up_company(rng, members, response, icc):
    """True mean of each group's members, and the statistics of those who answered."""
    tau = WITHIN * np.sqrt(icc / (1 - icc))
    truth, scores, groups = [], [], []
    for group, size in enumerate(members):
        true = rng.normal(39, tau) + rng.normal(0, WITHIN * np.sqrt(RHO), size=size)
        answered = true + rng.normal(0, WITHIN * np.sqrt(1 - RHO), size=size)
        answering = round(size * response)
        truth.append(true.mean())
        scores.append(answered[:answering])
        groups.append(np.full(answering, group))
    return np.array(truth), group_stats(np.concatenate(scores), np.concatenate(groups), len(members), np.array(members))


def as_it_is(stats, rho):
    return estimate(stats, rho=rho)


def coverage(method, members, response=0.6, icc=0.107):
    """Share of the smallest groups' true means that lie in their 90 % intervals."""
    rng = np.random.default_rng(20_260_101)
    small = np.array(members) == min(members)
    covered = []
    for _ in range(COMPANIES):
        truth, stats = made_up_company(rng, members, response, icc)
        mixture = method(stats, RHO).mixture
        inside = (mixture.quantile(0.05) <= truth) & (truth <= mixture.quantile(0.95))
        covered.append(inside[small])
    return np.mean(covered)


ALL_SMALL = [8] * 12
FEW_SMALL = [8] * 3 + [40] * 9


@pytest.mark.parametrize(
    ("members", "response"), [(ALL_SMALL, 0.6), (ALL_SMALL, 1.0), ([15] * 12, 0.6), ([40] * 12, 0.6)]
)
def test_the_interval_covers_as_often_as_promised(members, response):
    assert 0.86 <= coverage(as_it_is, members, response) <= 0.93


def test_without_the_finite_prior_small_groups_are_covered_too_rarely():
    assert 0.86 <= coverage(as_it_is, FEW_SMALL, icc=0.03) <= 0.93
    assert coverage(without_the_finite_prior, FEW_SMALL, icc=0.03) < 0.84


def test_the_full_correction_all_but_never_covers_when_everybody_answered():
    assert coverage(with_the_full_correction, ALL_SMALL, response=1.0) < 0.01
