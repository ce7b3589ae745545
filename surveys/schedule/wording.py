"""Sentences for HR on when waves open: what keeps one from it, and where a planned one has moved."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format

from surveys.rules.english import format_count
from surveys.schedule.obstacles import Obstacle, ObstacleCode

# When a wave opens and closes.
Window = tuple[dt.datetime, dt.datetime]


def explain_move(before: Window | None, after: Window | None) -> str:
    """What a change of the schedule has done to the planned wave; empty if it left it, or made the first one."""
    if before is None or before == after:
        return ""
    was = f"It was planned for {_span(before)}."
    return f"The next wave now runs from {_span(after)}. {was}" if after else f"No further wave is planned. {was}"


def _span(window: Window) -> str:
    opens_at, closes_at = (date_format(timezone.localtime(moment), "j F Y, H:i") for moment in window)
    return f"{opens_at} to {closes_at}"


def explain_obstacle(obstacle: Obstacle) -> str:
    """Why the wave does not open, and what to do about it."""
    match obstacle.code:
        case ObstacleCode.TOO_FEW_PEOPLE:
            return (
                f"The survey reaches {_people(obstacle.people)}; at least {obstacle.needed} are needed to keep their "
                "answers anonymous. Import more people or widen the audience."
            )
        case ObstacleCode.ASKED_RECENTLY:
            recent = format_count(obstacle.left_out, "more person was", "more people were")
            return (
                f"It reaches {_people(obstacle.people)}; at least {obstacle.needed} are needed. "
                f"{recent} asked a short time ago, and nobody is asked twice within four "
                f"weeks. It opens by itself on {date_format(obstacle.free_from, 'j F Y')}, or widen the audience."
            )
        case ObstacleCode.TRUSTEE_KEY_CHANGED:
            return (
                "The trustee’s key is not the one that was set: it was changed in the database, or LINK_KEY was. "
                "Ask an auditor to set the passphrase again."
            )
        case ObstacleCode.WAVE_BEFORE:
            return (
                f"Wave {obstacle.wave} is not counted yet, and two waves of a survey never run at once. "
                f"The note at wave {obstacle.wave} says what it waits for."
            )
        case ObstacleCode.NOT_TAKEN:
            return (
                "Its hour has passed, and no worker has opened it. Ask the operator of the server to see whether the "
                "counting worker and the scheduler run, and what is in their logs."
            )


def _people(count: int) -> str:
    return format_count(count, "person", "people")
