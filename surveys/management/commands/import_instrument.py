from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from surveys.questions.instrument_file import InstrumentError
from surveys.services.instruments import InstrumentOutcome, import_instrument

WORDS = {
    InstrumentOutcome.CREATED: "is imported",
    InstrumentOutcome.REPLACED: "is replaced; no wave has used it yet",
    InstrumentOutcome.UNCHANGED: "is there already with the same content; nothing is changed",
}


class Command(BaseCommand):
    help = "Imports an instrument from a YAML file (docs/instrument-format.md), or says all that is wrong with it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.yaml")

    def handle(self, *, file: Path, **_options: object) -> None:
        try:
            imported = import_instrument(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except InstrumentError as error:
            problems = "\n".join(f"  {problem}" for problem in error.problems)
            raise CommandError(f"{file} is not imported:\n{problems}") from error
        instrument = imported.instrument
        self.stdout.write(f"Version {instrument.version} of {instrument.code} {WORDS[imported.outcome]}.")
