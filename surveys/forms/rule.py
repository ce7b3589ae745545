"""Checking a schedule before it is saved: an own rule, and that one wave ends before the next begins."""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice, pairwise

from dateutil.rrule import rrule, rrulestr
from django.core.exceptions import ValidationError

from surveys.models import Survey
from surveys.schedule.recurrence import closing_time, next_opening
from surveys.schedule.spacing import LOOKS_AHEAD_YEARS

# An interval of 0 would make dateutil count for ever.
_BY_DAYS = re.compile(
    r"(RRULE:)?FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;INTERVAL=[1-9]\d{0,2}|;(?!FREQ|INTERVAL|BYHOUR|BYMINUTE|BYSECOND)[A-Z]+=[A-Z0-9,+-]+)*",
    re.IGNORECASE,
)
_EXAMPLE = "Write it like FREQ=WEEKLY;INTERVAL=6;BYDAY=TU."
# After so many years the calendar is the same again, weekdays included.
_CALENDAR_YEARS = 400
_OPENINGS = 14


def check_rule(rule: str, first: dt.datetime) -> None:
    """Raises ValidationError unless `rule` is one iCalendar RRULE that recurs by days or longer, and soon enough."""
    if not _BY_DAYS.fullmatch(rule):
        raise ValidationError(f"The rule must be one line with a frequency of a day or longer. {_EXAMPLE}", code="rule")
    try:
        parsed = rrulestr(rule, dtstart=first)
        opens = isinstance(parsed, rrule) and _recurs_soon(parsed, first) and next(iter(parsed), None) is not None
    except (ValueError, TypeError, OverflowError, IndexError) as error:  # no rule, or numbers that no calendar has
        raise ValidationError(f"This is no iCalendar rule ({error}). {_EXAMPLE}", code="rule") from error
    if not isinstance(parsed, rrule):
        raise ValidationError(f"Give one rule and nothing else. {_EXAMPLE}", code="rule")
    if not opens:
        raise ValidationError("By this rule no wave would open in the next ten years.", code="rule")


def _recurs_soon(parsed: rrule, first: dt.datetime) -> bool:
    """Whether the rule has an opening within ten years of its first day, were it never to end.

    dateutil looks for the 30th of February until the year 9999, whatever the bound. So it is asked about the same
    calendar centuries later, where it does not have far to go.
    """
    centuries = (dt.MAXYEAR - LOOKS_AHEAD_YEARS - 1 - first.year) // _CALENDAR_YEARS
    start = first.replace(year=first.year + centuries * _CALENDAR_YEARS)
    end = start + dt.timedelta(days=366 * LOOKS_AHEAD_YEARS)
    return next(iter(parsed.replace(dtstart=start, until=end, count=None)), None) is not None


def check_length(survey: Survey) -> None:
    """Raises ValidationError if a wave would still be open when the next one is due."""
    openings = _openings(survey)
    if any(closing_time(survey, earlier) > later for earlier, later in pairwise(openings)):
        raise ValidationError(
            "A wave would still be open when the next one is due. Keep it open for fewer days, or ask less often.",
            code="overlap",
        )


def _openings(survey: Survey) -> list[dt.datetime]:
    def walk() -> Iterator[dt.datetime]:
        opening = next_opening(survey, None)
        while opening is not None:
            yield opening
            opening = next_opening(survey, opening)

    return list(islice(walk(), _OPENINGS))
