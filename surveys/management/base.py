"""What the commands about waves share."""

import argparse
import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from surveys.models import Survey

T = TypeVar("T")


def add_now(parser: CommandParser) -> None:
    """Adds the option `now`: a moment, or None for the present one."""
    parser.add_argument("--now", type=_moment, help="act as if it were then, for example 2026-11-23T09:00")


class SurveyCommand(BaseCommand):
    """A command whose first argument names a survey."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("survey", help="the survey's name")

    def survey(self, name: str) -> Survey:
        """The survey of that name. Raises CommandError, with all names, where there is none."""
        found = Survey.objects.filter(name=name).first()
        if found is None:
            names = ", ".join(f"“{survey}”" for survey in Survey.objects.all()) or "none yet"
            raise CommandError(f"There is no survey “{name}”. There are: {names}.")
        return found


class DatedSurveyCommand(SurveyCommand):
    """A command about a survey that may act as if it were another moment."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_now(parser)


def parse_time(parse: Callable[[str], T | None], text: str, *, what: str, like: str) -> T:
    """What `parse` reads in an option's text. Raises ArgumentTypeError where that is nothing, or cannot be."""
    try:
        parsed = parse(text)
    except ValueError:
        parsed = None
    if parsed is None:
        raise argparse.ArgumentTypeError(f"“{text}” is no {what}; write it like {like}.")
    return parsed


def _moment(text: str) -> dt.datetime:
    """By the company's clock where the text names no zone."""
    parsed = parse_time(parse_datetime, text, what="date and time", like="2026-11-23T09:00")
    return parsed if timezone.is_aware(parsed) else timezone.make_aware(parsed)
