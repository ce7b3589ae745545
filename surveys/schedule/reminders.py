"""When a wave reminds: on working days, at the hour of openings by the reader's clock, at least a day apart."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone

from surveys.schedule.recurrence import moment_at

_DAY = dt.timedelta(days=1)
# A reminder that leaves its reader less than that is of little use.
_LEAST_LEFT = dt.timedelta(hours=12)
# So many hours after its own hour a reminder that was missed may still go out on a working day.
_WORKING_HOURS = 8
_SATURDAY = 5


@lru_cache(maxsize=4096)
def reminder_times(
    reminders: int, opens_at: dt.datetime, closes_at: dt.datetime, zone: ZoneInfo
) -> tuple[dt.datetime, ...]:
    """When readers in the zone are reminded: half-way (of two), and on the last working day with half a day left.

    The wave closes at the survey's opening hour; that hour is kept by each reader's clock. The first one comes a day
    after the opening at the earliest. There are fewer than `reminders` where the wave has too few working days.
    """
    hour = timezone.localtime(closes_at).hour
    mornings = _mornings(opens_at + _DAY, closes_at - _LEAST_LEFT, hour, zone)
    if not reminders or not mornings:
        return ()
    last = mornings[-1]
    earlier = [morning for morning in mornings if last - morning >= _DAY]
    if reminders == 1 or not earlier:
        return (last,)
    half_way = opens_at + (closes_at - opens_at) / 2
    return min(earlier, key=lambda morning: abs(morning - half_way)), last


def reminder_due(times: tuple[dt.datetime, ...], now: dt.datetime, zone: ZoneInfo) -> int:
    """The number (from 1) of the latest reminder whose time has come; 0 if there is none.

    One that was missed waits for working hours, and gives way to the next one where that is less than a day away.
    """
    number = sum(moment <= now for moment in times)
    if not number:
        return 0
    local, hour = now.astimezone(zone), times[number - 1].astimezone(zone).hour
    at_work = local.weekday() < _SATURDAY and hour <= local.hour < hour + _WORKING_HOURS
    crowded = any(now < moment < now + _DAY for moment in times)
    return number if at_work and not crowded else 0


def _mornings(first: dt.datetime, last: dt.datetime, hour: int, zone: ZoneInfo) -> list[dt.datetime]:
    """The hour of each working day in the zone, from `first` to `last`."""
    day, end = first.astimezone(zone).date(), last.astimezone(zone).date()
    days = [day + dt.timedelta(days=number) for number in range((end - day).days + 1)]
    hours = [moment_at(dt.datetime.combine(day, dt.time(hour)), zone) for day in days if day.weekday() < _SATURDAY]
    return [moment for moment in hours if first <= moment <= last]
