"""How far apart two waves that ask the same people must open: no two of them in one period (docs/anonymity.md)."""

import datetime as dt

from django.utils import timezone

from surveys.choices import Cadence
from surveys.models import Wave
from surveys.rules.limits import LATE_DAYS, LONGEST_PERIOD_DAYS, PERIOD_DAYS

# All that there are, in days.
PERIODS = (PERIOD_DAYS, LONGEST_PERIOD_DAYS)


def period_of(cadence: str) -> int:
    """How many days a wave of this cadence asks about."""
    return LONGEST_PERIOD_DAYS if cadence == Cadence.QUARTERLY else PERIOD_DAYS


def day_of(wave: Wave) -> dt.date:
    """The day that a wave counts as asked on, by the company's clock.

    The one that it was planned for, if it opened not much later; of one that was opened by hand, the actual one. A wave
    that was run elsewhere may have been answered on its last day.
    """
    if wave.imported_for is not None:
        return wave.imported_for
    opened = timezone.localdate(wave.opens_at)
    planned = wave.planned_on
    return planned if planned and (opened - planned).days <= LATE_DAYS else opened


def least_days_apart(period: int, other: int) -> int:
    """How many days lie at least between two waves that ask the same people, by what the two ask about."""
    return max(period, other)
