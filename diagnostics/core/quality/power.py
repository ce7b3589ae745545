"""What a wave of this company can show: how likely a department of some size is found by its level, or by its rise.

    y ~ N(truth, v),  v = s0^2/n (1 - rho f)      the mean of those who answer, around that of all N members
    level:   found where P(theta > c) >= .95, or >= .80 twice; theta's posterior is that of a further group beside those
             of the wave, given what they say of tau and the centre
    change:  found where y_t - y_b >= max(rise, t sd),  sd^2 = v + v / base_waves,  t the quantile of q / m of Student's
             distribution, with the degrees of freedom of change.py

Both within two published waves. For the change, m tests are made of which no other is found: the least that
Benjamini and Hochberg allow, so that the true chance is as good or better. No simulation: normal probabilities only
(tests/diagnostics/core/quality/test_power.py holds them against one).
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, stdtrit

from diagnostics.core.alerts.advance import highest_q
from diagnostics.core.alerts.thresholds import Thresholds
from diagnostics.core.arrays import Floats
from diagnostics.core.estimate.index import Mixture, Posterior, freedom

# Means far beyond the scale of 0 to 100, for the chance at either is 0 or 1, and how near a least mean is found.
_LOWEST, _HIGHEST, _NEAR = -200.0, 300.0, 1e-9
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(41)


@dataclass(frozen=True)
class Spread:
    """A further department, from s0^2, rho, how many people it has and how many of them answer."""

    # The sampling variance and the prior variance, as in index.py, in squared points.
    v: float
    # The prior variance.
    h: float
    # The degrees of freedom of v.
    freedom: float


def spread(*, within_variance: float, pooled: int, rho: float, people: int | None, answering: int) -> Spread:
    """`pooled` are the degrees of freedom of the within variance, that is of all who answered less one a group.

    Where it is unknown how many people there are, both finite-population terms are 0, as in the estimator.
    Raises ValueError for fewer than one answer, or more answers than people.
    """
    own = float(freedom(np.array(answering - 1), pooled + answering - 1))
    if people is None:
        return Spread(within_variance / answering, 0.0, own)
    if not 1 <= answering <= people:
        raise ValueError(f"Of {people} people, 1 to {people} can answer, not {answering}.")
    return Spread(within_variance / answering * (1 - rho * answering / people), rho * within_variance / people, own)


def level_power(truths: Floats, department: Spread, posterior: Posterior, thresholds: Thresholds) -> Floats:
    """The chance 0..1 that the level alert of a department is raised within two waves, one for each true mean."""
    t, deviation = thresholds, np.sqrt(department.v)
    sure, likely = (_least_mean(department, posterior, t.level, chance) for chance in (t.raise_at, t.raise_repeated_at))
    at_once, at_least_likely = (ndtr((truths - point) / deviation) for point in (sure, likely))
    # Twice likely and never sure counts as well, where two waves do.
    twice = (at_least_likely - at_once) ** 2 if t.raise_repeated_waves <= 2 else 0.0
    chances: Floats = 1 - (1 - at_once) ** 2 + twice
    return chances


def change_power(rise: float, department: Spread, departments: int, measures: int, thresholds: Thresholds) -> float:
    """The chance 0..1 that a department that rises by `rise` points is put on watch within two waves.

    It is judged together with so many departments, itself included, each by so many measures.
    """
    t = thresholds
    base_sd = np.sqrt(department.v / t.base_waves)
    # By Welch and Satterthwaite; each wave of the baseline counts 1 / base_waves.
    nu = department.freedom * (1 + 1 / t.base_waves) ** 2 / (1 + 1 / t.base_waves**3)
    sure = float(-stdtrit(nu, highest_q(departments, t) / max(departments * measures, 1)))
    needed = max(t.rise, sure * np.sqrt(department.v + base_sd**2))
    # Both waves are compared with the same baseline: independent given its error, which is integrated out.
    missed = ndtr((needed - rise + base_sd * _NODES) / np.sqrt(department.v)) ** 2
    return float(1 - missed @ _WEIGHTS / _WEIGHTS.sum())


def _least_mean(department: Spread, posterior: Posterior, point: float, chance: float) -> float:
    """The least observed mean y at which P(theta > point) is `chance`; it rises with y."""
    arguments = (department, posterior, point, chance)
    if _excess(_HIGHEST, *arguments) < 0:
        return _HIGHEST
    if _excess(_LOWEST, *arguments) > 0:
        return _LOWEST
    return float(brentq(_excess, _LOWEST, _HIGHEST, arguments, xtol=_NEAR))


def _excess(y: float, department: Spread, posterior: Posterior, point: float, chance: float) -> float:
    """By how much P(theta > point) exceeds `chance` at the observed mean y; below 0 where it falls short."""
    pull = department.v / (department.v + department.h + posterior.tau**2)
    means: Floats = (1 - pull) * y + pull * posterior.centre
    sds = np.sqrt((1 - pull) * department.v + pull**2 * posterior.centre_variance)
    return float(Mixture(posterior.mixture.weights, means[None, :], sds[None, :]).above(point)[0]) - chance
