"""Made-up companies over many waves, measured by the estimator, for the error rates of alerts.

Ten items of five signs: a person's index varies by 18.6 within a group with reliability .83, groups with ICC(1) .107
around 39. The same people are asked in every wave, and 60 % of each group, drawn in each wave, answer.
"""

from dataclasses import dataclass

import numpy as np

from diagnostics.core.alerts.advance import PublishedCell, advance_alerts
from diagnostics.core.alerts.change import Measured
from diagnostics.core.estimate.groups import group_stats
from diagnostics.core.estimate.index import estimate

WITHIN, RHO, ICC, MEAN, RESPONSE = 18.6, 0.83, 0.107, 39.0, 0.6
SIGNS, MEASURES = 5, ("index", 0, 1, 2, 3, 4)
_ITEM = np.sqrt((1 - RHO) * 10 * 0.6) * WITHIN
_SIGN = np.sqrt((1 - RHO) * SIGNS * 0.4) * WITHIN
_PERSON = np.sqrt(WITHIN**2 - _ITEM**2 / 10 - _SIGN**2 / SIGNS)
_SIGN_RHO = (_PERSON**2 + _SIGN**2) / (_PERSON**2 + _SIGN**2 + _ITEM**2 / 2)


@dataclass(frozen=True)
class Rise:
    """From wave `since` on, and before wave `until`, `group` lies `by` points higher, in all signs or in one."""

    group: int
    by: float
    since: int
    sign: int | None = None
    until: int | None = None


def waves(chance, sizes, count, *, rise=None, means=None):
    """Each wave's cells {(group, measure): PublishedCell}.

    `means` are the true means of all members of the groups; where none are given, they are drawn.
    """
    sizes = np.array(sizes)
    groups = np.repeat(np.arange(len(sizes)), sizes)
    people = chance.normal(0, _PERSON, (len(groups), 1)) + chance.normal(0, _SIGN, (len(groups), SIGNS))
    if means is None:
        means = chance.normal(MEAN, WITHIN * np.sqrt(ICC / (1 - ICC)), len(sizes))
    else:
        people -= np.add.reduceat(people, np.cumsum(sizes) - sizes)[groups] / sizes[groups, None]
    true = np.array(means)[groups, None] + people
    for wave in range(1, count + 1):
        now = true.copy()
        if rise and rise.since <= wave < (rise.until or count + 1):
            now[groups == rise.group, slice(None) if rise.sign is None else rise.sign] += rise.by
        order = np.lexsort((chance.random(len(groups)), groups))
        place = np.arange(len(groups)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        who = order[place < np.round(RESPONSE * sizes)[groups]]
        signs = now[who] + chance.normal(0, _ITEM / np.sqrt(2), (len(who), SIGNS))
        yield _cells(signs, groups[who], sizes)


def histories(companies, sizes, count, *, seed, step=advance_alerts, **how):
    """For each company its waves, each {(group, measure): step}; `step` may be another than the real one."""
    chance = np.random.default_rng(seed)
    for _ in range(companies):
        memory, steps = {}, []
        for wave, seen in enumerate(waves(chance, sizes, count, **how), start=1):
            steps.append(step(memory, seen, wave=wave, day=28 * wave))
            memory |= {key: made.memory for key, made in steps[-1].items()}
        yield steps


def _cells(signs, groups, sizes):
    cells = {}
    for measure in MEASURES:
        scores, rho = (signs.mean(axis=1), RHO) if measure == "index" else (signs[:, measure], _SIGN_RHO)
        found = estimate(group_stats(scores, groups, len(sizes), sizes), rho=rho)
        chances = [found.prob_above(50), found.prob_above(45)]
        columns = [*chances, found.observed, found.sampling_variance, found.index, found.variance_error]
        for group, (above, clear, y, v, value, error) in enumerate(np.column_stack(columns).tolist()):
            measured = Measured(y, v, round(value), error, department=str(group))
            cells[group, measure] = PublishedCell(above, clear, measured)
    return cells
