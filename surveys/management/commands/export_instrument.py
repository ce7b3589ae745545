from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from surveys.models import Instrument
from surveys.questions.instrument_file import dump


class Command(BaseCommand):
    help = "Writes an instrument as YAML (docs/instrument-format.md), the latest version unless another is asked for."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        # Django's own --version would be in the way.
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--version", type=int, metavar="N")
        parser.add_argument("--output", type=Path, metavar="FILE", help="instead of standard output")

    def handle(self, *, code: str, version: int | None, output: Path | None, **_options: object) -> None:
        text = dump(_find(code, version).document)
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error


def _find(code: str, version: int | None) -> Instrument:
    versions = {instrument.version: instrument for instrument in Instrument.objects.filter(code=code)}
    if not versions:
        known = ", ".join(Instrument.objects.order_by("code").values_list("code", flat=True).distinct())
        raise CommandError(f"There is no instrument {code}. Known: {known or 'none yet'}.")
    wanted = max(versions) if version is None else version
    if wanted not in versions:
        known = ", ".join(map(str, sorted(versions)))
        raise CommandError(f"There is no version {wanted} of {code}. Known: {known}.")
    return versions[wanted]
