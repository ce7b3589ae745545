"""The power of a wave for the sizes of department that a company has."""

import numpy as np

from diagnostics.core.alerts.level import Thresholds
from diagnostics.core.arrays import Codes
from diagnostics.core.quality.power import change_power, level_power, spread
from diagnostics.scoring.method import LEVELS, RISES, Power
from diagnostics.scoring.wave import ScaleEstimate

# Departments from each of these sizes up to the next have one row.
_STEPS = (0, 10, 15, 25, 50, 100, 200, 500)


def power_table(
    index: ScaleEstimate, people: Codes, *, measures: int, min_group_size: int, thresholds: Thresholds
) -> tuple[Power, ...]:
    """A row for each step of size that has departments; of those too small for a figure at this response, none.

    `people` are the headcounts of all groups; where these are unknown, the respondents of each.
    """
    stats = index.stats
    known = stats.headcounts is not None
    response = min(stats.n.sum() / max(people.sum(), 1), 1.0)
    within, pooled = stats.within_variance or 0.0, int((stats.n - 1).sum())
    step = np.digitize(people, _STEPS)
    rows = []
    for place in np.unique(step):
        sizes = np.sort(people[step == place])
        middle = int(sizes[(len(sizes) - 1) // 2])
        answering = round(response * middle)
        level: tuple[int, ...] = ()
        change: tuple[int, ...] = ()
        if answering >= min_group_size and within > 0:
            size = middle if known else None
            department = spread(within_variance=within, pooled=pooled, rho=index.rho, people=size, answering=answering)
            above = (
                level_power(thresholds.level + points, department, index.posterior, thresholds) for points in LEVELS
            )
            level = tuple(round(100 * chance) for chance in above)
            change = tuple(
                round(100 * change_power(rise, department, len(people), measures, thresholds)) for rise in RISES
            )
        rows.append(Power(middle if known else None, len(sizes), answering, level, change))
    return tuple(rows)
