"""One cell that the change alert follows through waves."""

from diagnostics.core.alerts.advance import advance_changes
from diagnostics.core.alerts.change import Measured
from diagnostics.core.alerts.thresholds import DEFAULTS

GONE = None
MONTH = 28
FLAT = [38.0] * 4


def step_of(memory, value, *, variance=4.0, items="a", wave=1, day=None, thresholds=DEFAULTS):  # noqa: PLR0913 - most have a default
    before = {} if memory is None else {"cell": memory}
    now = {} if value is GONE else {"cell": Measured(value, variance, round(value), items=items)}
    day = MONTH * wave if day is None else day
    return advance_changes(before, now, wave=wave, day=day, thresholds=thresholds).get("cell")


def play(values, *, items="", every=MONTH, **how):
    """One cell through waves of y, or GONE where it is suppressed, not counted or too few answered; every step.

    `items` has a letter for each wave.
    """
    memory, steps = None, []
    for wave, value in enumerate(values, start=1):
        asked = items[wave - 1] if items else "a"
        steps.append(step_of(memory, value, items=asked, wave=wave, day=every * wave, **how))
        memory = steps[-1].memory if steps[-1] else memory
    return steps
