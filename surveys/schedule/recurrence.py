"""When waves open and close: by the company's clock, so that daylight saving does not move the hour."""

import datetime as dt
from itertools import count

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr
from dateutil.tz import resolve_imaginary
from django.utils import timezone

from surveys.choices import Cadence
from surveys.models import Survey, Wave
from surveys.schedule import periods

_STEPS = {
    Cadence.FOUR_WEEKLY: relativedelta(weeks=4),
    Cadence.MONTHLY: relativedelta(months=1),
    Cadence.QUARTERLY: relativedelta(months=3),
}


def next_opening(survey: Survey, after: dt.datetime | None) -> dt.datetime | None:
    """The survey's first opening later than `after` (None: its very first). None when its own rule has ended."""
    zone = timezone.get_default_timezone()
    first = dt.datetime.combine(survey.first_opens_on, dt.time(survey.opening_hour))
    bound = timezone.make_naive(after, zone) if after else first - dt.timedelta(microseconds=1)
    if survey.cadence == Cadence.OWN:
        found = rrulestr(survey.rule, dtstart=first).after(bound)
    else:
        # Counted from the first one, so that a survey of the 31st comes back to the 31st after a short month.
        openings = (first + number * _STEPS[Cadence(survey.cadence)] for number in count())
        found = next(opening for opening in openings if opening > bound)
    return _by_company_clock(found) if found else None


def opening_after(survey: Survey, last: Wave | None) -> dt.datetime | None:
    """When the survey's next wave opens after its wave `last`; None when its own rule has ended.

    An opening before the end of that wave, or in the period that it asked about, is left out: one that was begun early
    has taken its place.
    """
    if last is None:
        return next_opening(survey, None)
    period = periods.period_of(survey.cadence)
    free = start_of(periods.day_of(last) + dt.timedelta(periods.least_days_apart(period, period)))
    return next_opening(survey, max(last.closes_at, free) - dt.timedelta.resolution)


def start_of(day: dt.date) -> dt.datetime:
    """When a day begins by the company's clock."""
    return _by_company_clock(dt.datetime.combine(day, dt.time()))


def closing_time(survey: Survey, opens_at: dt.datetime) -> dt.datetime:
    """When a wave that opens then closes: `days_open` days later, at the opening hour."""
    last_day = timezone.localtime(opens_at).date() + dt.timedelta(days=survey.days_open)
    return _by_company_clock(dt.datetime.combine(last_day, dt.time(survey.opening_hour)))


def moment_at(local: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """When a clock of the zone shows `local`; an hour that it skips in spring becomes the next one that exists."""
    return resolve_imaginary(local.replace(tzinfo=zone)).astimezone(dt.UTC)


def _by_company_clock(local: dt.datetime) -> dt.datetime:
    return moment_at(local, timezone.get_default_timezone())
