import datetime as dt

from django.core.management.base import CommandError
from django.utils import timezone

from surveys.management.base import DatedSurveyCommand
from surveys.services import scheduling
from surveys.tasks import start


class Command(DatedSurveyCommand):
    help = "Closes the open wave of a survey now instead of at its hour. The counting worker does it."

    def handle(self, *, survey: str, now: dt.datetime | None, **_options: object) -> None:
        step = scheduling.end_now(survey=self.survey(survey), now=now or timezone.now())
        if step is None:
            raise CommandError(f"No wave of “{survey}” is open.")
        start([step])
        self.stdout.write(f"The open wave of “{survey}” is being closed.")
