import datetime as dt

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from surveys.management.base import add_now
from surveys.tasks import run_tick


class Command(BaseCommand):
    help = "Starts whatever is due, as beat does every minute: opening, reminding, closing, scoring, mailing."

    def add_arguments(self, parser: CommandParser) -> None:
        add_now(parser)

    def handle(self, *, now: dt.datetime | None, **_options: object) -> None:
        run_tick(now or timezone.now())
