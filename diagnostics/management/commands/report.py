from django.core.management.base import BaseCommand, CommandError, CommandParser

from diagnostics.exports import report
from diagnostics.report import selectors
from diagnostics.report.report import WaveInfo

FORMATS = {"table": report.as_table, "json": report.as_json, "csv": report.as_csv}


class Command(BaseCommand):
    help = "Prints what a scored wave publishes: the latest, unless another is named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--survey", help="the survey's name; without it, any survey")
        parser.add_argument("--wave", help="the wave's id, or its number within the survey")
        parser.add_argument("--format", choices=FORMATS, default="table")

    def handle(self, *, survey: str | None, wave: str | None, format: str, **_options: object) -> None:  # noqa: A002
        waves = selectors.scored_waves()
        chosen = _chosen(waves, survey, wave)
        if not chosen:
            raise CommandError(f"No scored wave fits. There are: {_listed(waves)}.")
        if wave is not None and len(chosen) > 1:
            raise CommandError(
                f"“{wave}” fits more than one wave: {_listed(chosen)}. Name the survey, or the wave's id."
            )
        found = selectors.report(chosen[0].id, within=None)
        self.stdout.write(FORMATS[format](found), ending="" if format == "csv" else "\n")


def _chosen(waves: tuple[WaveInfo, ...], survey: str | None, wave: str | None) -> tuple[WaveInfo, ...]:
    return tuple(
        known
        for known in waves
        if survey in (None, known.survey_name) and wave in (None, str(known.id), known.id.hex, str(known.number))
    )


def _listed(waves: tuple[WaveInfo, ...]) -> str:
    return "; ".join(f"“{wave.survey_name}” wave {wave.number} ({wave.id})" for wave in waves) or "none yet"
