from surveys.mails.requeueing import requeue_failed
from surveys.management.base import SurveyCommand
from surveys.models import Wave


class Command(SurveyCommand):
    help = (
        "Queues the mails of a survey again that were given up for another reason than their recipients' own, and lets "
        "the mail server be tried at once. Only invitations are counted."
    )

    def handle(self, *, survey: str, **_options: object) -> None:
        counted = requeue_failed(Wave.objects.filter(survey=self.survey(survey)))
        self.stdout.write(f"Invitations that are sent again: {counted.queued}.")
        if counted.left:
            self.stdout.write(f"Refused for the recipients' own reasons, and left: {counted.left}.")
