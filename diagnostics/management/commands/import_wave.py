import argparse
import datetime as dt
from collections.abc import Collection
from pathlib import Path

from django.core.management.base import CommandError
from django.template.defaultfilters import pluralize
from django.utils import timezone
from django.utils.dateparse import parse_date

from diagnostics.services import scoring
from surveys.management.base import SurveyCommand, parse_time
from surveys.management.dry_run import NOTHING_WRITTEN
from surveys.management.files import read_bytes, refused
from surveys.models import Survey
from surveys.questions.answers_file import PastAnswers, read_answers, read_headcounts
from surveys.roster.people_file import ReadingChoice, UnusableFileError
from surveys.services import importing


class Command(SurveyCommand):
    help = (
        "Takes in the answers of a past survey (docs/past-surveys.md) as a wave, and scores it; or says what is wrong."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV or XLSX: group, then a column an item")
        parser.add_argument("--survey", required=True, help="the survey's name")
        parser.add_argument("--closed-on", required=True, type=_day, help="when the past survey ended: 2025-11-30")
        parser.add_argument("--headcounts", "--people", type=Path, metavar="FILE", help="CSV or XLSX: group, people")
        parser.add_argument("--encoding", default="", help="of texts that are not in UTF-8, such as cp1250")
        parser.add_argument("--dry-run", action="store_true", help="only check the files and say what is in them")

    def handle(
        self,
        *,
        file: Path,
        survey: str,
        closed_on: dt.date,
        headcounts: Path | None,
        dry_run: bool,
        **options: str,
    ) -> None:
        found = self.survey(survey)
        choice = ReadingChoice(options["encoding"])
        answers = self._read(file, found, choice)
        people = _read_headcounts(headcounts, answers, choice) if headcounts else None
        counts = {"respondent": answers.respondents, "group": len(answers.rows), "item": len(answers.asked)}
        self.stdout.write(", ".join(f"{count} {what}{pluralize(count)}" for what, count in counts.items()))
        if answers.blank:
            self.stdout.write(f"Rows without any answer, left out: {answers.blank}.")
        if people is None:
            self.stdout.write("Without headcounts the response rate is unknown, and intervals are a little wider.")
        try:
            if dry_run:
                importing.check(survey=found, answers=answers, closed_on=closed_on, today=timezone.localdate())
                self._print_new(importing.new_departments(people or answers.rows))
                self.stdout.write(NOTHING_WRITTEN)
            else:
                self._import(found, answers, people, closed_on)
        except importing.CannotImportError as error:
            raise CommandError(f"Nothing is imported. {error}") from error

    def _read(self, file: Path, survey: Survey, choice: ReadingChoice) -> PastAnswers:
        try:
            answers = read_answers(read_bytes(file), document=survey.instrument.document, choice=choice)
        except UnusableFileError as error:
            raise refused(file, error) from error
        if answers.ignored_columns:
            self.stdout.write(f"Columns that mean nothing here: {', '.join(answers.ignored_columns)}.")
        return answers

    def _import(self, survey: Survey, answers: PastAnswers, people: dict[str, int] | None, closed_on: dt.date) -> None:
        done = importing.import_wave(
            survey=survey, answers=answers, headcounts=people, closed_on=closed_on, today=timezone.localdate()
        )
        self._print_new(done.new_departments)
        if done.merged:
            self.stdout.write(f"Groups merged, for too few answered in some of them: {done.merged}.")
        scoring.score(wave_id=done.wave_id)
        self.stdout.write(f"Wave {done.number} of “{survey}” is imported and scored; “manage.py report” shows it.")

    def _print_new(self, departments: Collection[str]) -> None:
        if departments:
            self.stdout.write(f"New departments, at the top of the tree: {', '.join(departments)}.")


def _read_headcounts(file: Path, answers: PastAnswers, choice: ReadingChoice) -> dict[str, int]:
    respondents = {name: len(rows) for name, rows in answers.rows.items()}
    try:
        return read_headcounts(read_bytes(file), respondents=respondents, choice=choice)
    except UnusableFileError as error:
        raise refused(file, error) from error


def _day(text: str) -> dt.date:
    return parse_time(parse_date, text, what="date", like="2025-11-30")
