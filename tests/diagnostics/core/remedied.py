"""Companies in which one of the departments at risk is given a remedy, with an effect or with none."""

import numpy as np

from diagnostics.core.estimate.effect import Change, EffectVerdict, effect
from diagnostics.core.estimate.groups import group_stats
from diagnostics.core.estimate.index import estimate
from surveys.rules.rounding import whole

WITHIN, BETWEEN, RHO, MIDDLE, SEED = 18.6, 6.4, 0.83, 39, 20_260_301


def published(rng, means, size):
    """(value, low, high) of each department, as a wave of `size` people at 60 % response publishes them."""
    n = round(size * 0.6)
    scores = (means[:, None] + rng.normal(0, WITHIN, (len(means), n))).ravel()
    stats = group_stats(scores, np.repeat(np.arange(len(means)), n), len(means), np.full(len(means), size))
    found = estimate(stats, rho=RHO)
    return [tuple(map(whole, row)) for row in zip(found.index, found.low, found.high, strict=True)]


def simulated(remedy, *, companies, departments=24, size=15, flare=3.0):
    """(naive change, naive interval holds 0, own part, its interval holds 0, holds the effect, found to have helped) of
    one department a company, drawn from the three at highest risk; NaN where no other was alike. `flare` is the SD of
    what comes and goes from wave to wave in every department.
    """
    rng = np.random.default_rng(SEED)
    rows = []
    for _ in range(companies):
        base = rng.normal(MIDDLE, BETWEEN, departments)
        before = published(rng, base + rng.normal(0, flare, departments), size)
        treated = int(rng.choice(np.argsort([-figure[0] for figure in before])[:3]))
        later = base + rng.normal(0, flare, departments)
        later[treated] += remedy
        changes = [Change(*pair) for pair in zip(before, published(rng, later, size), strict=True)]
        own_change = changes.pop(treated)
        found = effect(own_change, changes)
        low, high = own_change.interval
        own = [np.nan] * 4
        if found is not None:
            holds = [found.low <= true <= found.high for true in (0, remedy)]
            own = [found.own, *holds, found.verdict == EffectVerdict.HELPED]
        rows.append([own_change.points, low <= 0 <= high, *own])
    return np.array(rows, dtype=float)
