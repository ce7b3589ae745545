from django.core.management.base import CommandError, CommandParser

from surveys.management.base import SurveyCommand
from surveys.services import abandoning


class Command(SurveyCommand):
    help = (
        "Ends a wave whose key, or whose trustee's passphrase, never comes back, without its answers. Call it without "
        "--ballots first: it says how many are lost."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--ballots", type=int, metavar="N", help="how many sealed ballots are lost by it")

    def handle(self, *, survey: str, ballots: int | None, **_options: object) -> None:
        wave_id = abandoning.stranded_wave(self.survey(survey))
        nothing = CommandError(
            f"No wave of “{survey}” waits for a lost key or a passphrase, so there is nothing to abandon. End an open "
            "wave with close_wave first."
        )
        if wave_id is None:
            raise nothing
        try:
            abandoning.abandon(wave_id=wave_id, ballots=ballots)
        except abandoning.NotLostError as error:
            raise nothing from error
        except abandoning.BallotsDifferError as error:
            raise CommandError(
                f"{error.ballots} sealed ballots would be lost for good, even if the key or the passphrase is found "
                f"later. Nothing was changed. If that is what you want, add --ballots {error.ballots}."
            ) from error
        self.stdout.write(f"The wave of “{survey}” is abandoned; {ballots} ballots were deleted unread.")
