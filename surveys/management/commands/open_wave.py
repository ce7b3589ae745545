import datetime as dt

from django.core.management.base import CommandError
from django.utils import timezone

from surveys.management.base import DatedSurveyCommand
from surveys.selectors.obstacles import CannotOpenError
from surveys.services import scheduling
from surveys.tasks import start


class Command(DatedSurveyCommand):
    help = "Opens the next wave of a survey now instead of at its hour. The counting worker does it."

    def handle(self, *, survey: str, now: dt.datetime | None, **_options: object) -> None:
        try:
            step = scheduling.begin_now(survey=self.survey(survey), now=now or timezone.now())
        except CannotOpenError as error:
            raise CommandError(str(error)) from error
        if step is None:
            raise CommandError(f"A wave of “{survey}” is running: close it first.")
        start([step])
        self.stdout.write(f"The next wave of “{survey}” is being opened.")
