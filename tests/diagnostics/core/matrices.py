"""Matrices "A says of B" drawn from the social relations model, rater by rater."""

import numpy as np

from diagnostics.core.pairs.estimate import Directions

WITHIN = 18.6
RATER_SHARE = 0.3


def directions_of(rng, departments, *, keep=None):
    """Codes of all directions between so many departments, or of `keep` drawn ones."""
    rater, rated = np.divmod(np.arange(departments**2), departments)
    rater, rated = rater[rater != rated], rated[rater != rated]
    if keep is None:
        return rater, rated
    kept = np.sort(rng.choice(len(rater), keep, replace=False))
    return rater[kept], rated[kept]


def draw(rng, departments, sds, *, raters=(5, 13), keep=None):
    """The true figures (N,) and what raters say of them; `sds` are those of rater, rated, pair and direction."""
    rater, rated = directions_of(rng, departments, keep=keep)
    pair = np.triu(rng.normal(0, sds[2], (departments, departments)), 1)
    truth = 40 + rng.normal(0, sds[0], departments)[rater] + rng.normal(0, sds[1], departments)[rated]
    truth += (pair + pair.T)[rater, rated] + rng.normal(0, sds[3], len(rater))
    n = rng.integers(*raters, len(rater))
    mean, variance = np.empty(len(n)), np.empty(len(n))
    for department in np.unique(rater):
        own = np.flatnonzero(rater == department)
        tempers = rng.normal(0, WITHIN * np.sqrt(RATER_SHARE), int(1.6 * n[own].max()))
        for place in own:
            scores = rng.choice(tempers, n[place], replace=False) + truth[place]
            scores = scores + rng.normal(0, WITHIN * np.sqrt(1 - RATER_SHARE), n[place])
            mean[place], variance[place] = scores.mean(), scores.var(ddof=1)
    return truth, Directions(rater, rated, n, mean, variance)
