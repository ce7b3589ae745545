"""Checking that a survey does not ask more often than its questions look back."""

import datetime as dt
from itertools import pairwise, takewhile

from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError

from surveys.choices import Cadence
from surveys.models import Survey
from surveys.rules.limits import PERIOD_DAYS

# So far an own rule is looked at when it is checked.
LOOKS_AHEAD_YEARS = 10


def check_spacing(survey: Survey) -> None:
    """Raises ValidationError if two openings by an own rule are fewer than 28 days apart in its first ten years.

    The other cadences never are. The rule must be one that can be read.
    """
    if survey.cadence == Cadence.OWN and asks_too_often(survey.rule, survey.first_opens_on):
        raise ValidationError(
            "By this rule a wave would open less than four weeks after another. Nobody is asked twice within four "
            "weeks: write a rule that opens waves at least 28 days apart, such as FREQ=WEEKLY;INTERVAL=4.",
            code="too_often",
        )


def asks_too_often(rule: str, first: dt.date) -> bool:
    """By calendar days, which daylight saving does not shorten."""
    start = dt.datetime.combine(first, dt.time())
    end = start + dt.timedelta(days=366 * LOOKS_AHEAD_YEARS)
    openings = takewhile(lambda opening: opening < end, rrulestr(rule, dtstart=start))
    return any((later - earlier).days < PERIOD_DAYS for earlier, later in pairwise(openings))
