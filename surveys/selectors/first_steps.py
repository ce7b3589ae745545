"""How far the way from an empty product to the first wave has been gone."""

import datetime as dt
from dataclasses import dataclass

from surveys.choices import SEALED, WaveState
from surveys.models import Employee, Instrument, Survey, Wave


@dataclass(frozen=True)
class FirstSteps:
    """How far the first steps have come."""

    # How many are on the roster.
    people: int
    # How many versions of instruments there are to choose from.
    instruments: int
    # How many surveys are set up, paused ones among them.
    surveys: int
    # The opening of the wave planned next; None if none is.
    next_opening: dt.datetime | None
    # The end of the wave that is open; None if none is.
    closing: dt.datetime | None

    @property
    def ready(self) -> bool:
        """Whether a wave can be planned."""
        return bool(self.people and self.instruments and self.surveys)


def first_steps() -> FirstSteps:
    """Counts what is there now; five queries."""
    planned = Wave.objects.filter(state=WaveState.PLANNED, survey__paused=False).order_by("opens_at")
    running = Wave.objects.filter(state__in=SEALED).order_by("closes_at")
    return FirstSteps(
        people=Employee.objects.filter(active=True).count(),
        instruments=Instrument.objects.count(),
        surveys=Survey.objects.count(),
        next_opening=planned.values_list("opens_at", flat=True).first(),
        closing=running.values_list("closes_at", flat=True).first(),
    )
