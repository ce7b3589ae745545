"""The power of a wave for the sizes of department that a company has."""

from collections.abc import Iterator

import numpy as np

from diagnostics.core.alerts.level import Thresholds
from diagnostics.core.arrays import Codes
from diagnostics.core.estimate.groups import GroupStats
from diagnostics.core.estimate.index import estimate
from diagnostics.core.quality.power import change_power, level_power, spread
from diagnostics.scoring.method import LEVELS, RISES, Power

# Sizes from each of these up to the next are told in one row.
_STEPS = (0, 10, 15, 25, 50, 100, 200, 500)


def power_table(  # noqa: PLR0913, PLR0917 - what the power of a wave hangs on
    stats: GroupStats, rho: float, people: Codes, min_group_size: int, measures: int, thresholds: Thresholds
) -> tuple[Power, ...]:
    """A row for each step of size that has departments; of those too small for a figure at this response, none."""
    return tuple(_rows(stats, rho, people, min_group_size, measures, thresholds))


def _rows(  # noqa: PLR0913, PLR0917 - the same
    stats: GroupStats, rho: float, people: Codes, min_group_size: int, measures: int, thresholds: Thresholds
) -> Iterator[Power]:
    posterior = estimate(stats, rho=rho)
    known = stats.headcounts is not None
    response = min(stats.n.sum() / max(people.sum(), 1), 1.0)
    within, pooled = stats.within_variance or 0.0, int((stats.n - 1).sum())
    step = np.digitize(people, _STEPS)
    for one in np.unique(step):
        sizes = np.sort(people[step == one])
        middle = int(sizes[(len(sizes) - 1) // 2])
        answering = round(response * middle)
        level: tuple[int, ...] = ()
        change: tuple[int, ...] = ()
        if answering >= min_group_size and within > 0:
            size = middle if known else None
            department = spread(within_variance=within, pooled=pooled, rho=rho, people=size, answering=answering)
            above = (level_power(thresholds.level + points, department, posterior, thresholds) for points in LEVELS)
            level = tuple(round(100 * chance) for chance in above)
            change = tuple(
                round(100 * change_power(rise, department, len(people), measures, thresholds)) for rise in RISES
            )
        yield Power(middle if known else None, len(sizes), answering, level, change)
