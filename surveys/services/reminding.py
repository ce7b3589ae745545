"""Which reminders of the open waves are due, each by the clock of its readers, and writing them."""

import datetime as dt
from collections import defaultdict

from surveys.choices import WaveState
from surveys.models import Employee, Wave
from surveys.schedule.reminders import reminder_due, reminder_times
from surveys.schedule.zones import clock_of
from surveys.services.attempts import attempt
from surveys.services.inviting import remind, reminded_in


def remind_all_due(now: dt.datetime) -> None:
    """Writes the reminders that are due at the moment; after down time the one that is still of use, not all."""
    waves = list(Wave.objects.filter(state=WaveState.OPEN, closes_at__gt=now).select_related("survey"))
    zones = Employee.objects.filter(active=True).order_by().values_list("time_zone", flat=True).distinct()
    names = list(zones) if waves else []
    for wave in waves:
        attempt(_remind, wave, names, now)


def _remind(wave: Wave, names: list[str], now: dt.datetime) -> None:
    for number, due in _due(wave, names, now).items():
        remind(wave_id=wave.id, number=number, zones=due)


def _due(wave: Wave, names: list[str], now: dt.datetime) -> dict[int, list[str]]:
    """The time zones by the number of the reminder that is due in them."""
    due: dict[int, list[str]] = defaultdict(list)
    for name in names:
        zone = clock_of(name)
        number = reminder_due(reminder_times(wave.survey.reminders, wave.opens_at, wave.closes_at, zone), now, zone)
        if number > reminded_in(wave, name):
            due[number].append(name)
    return due
