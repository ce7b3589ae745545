import argparse
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from surveys.files.limits import MOST_SHOWN
from surveys.management.dry_run import NOTHING_WRITTEN
from surveys.management.files import add_reading_options, describe_source, read_bytes, refused
from surveys.roster.change import RosterChange
from surveys.roster.people_file import PeopleFile, ReadingChoice, UnusableFileError, read_people
from surveys.roster.people_file.people import COLUMNS
from surveys.roster.question_wording import explain_question
from surveys.roster.questions import Question
from surveys.roster.wording import counts, sections
from surveys.selectors.roster import known_columns
from surveys.services import column_names, roster

_ANSWER_HELP = (
    "what is asked about this department or address is the same one; also for all of a kind: renamed, address, "
    "person, department"
)


class _Column(argparse.Action):
    """Collects HEADER=COLUMN by the header's key."""

    def __call__(self, _parser: object, namespace: argparse.Namespace, values: Any, _option: object = None) -> None:
        header, _, column = values.rpartition("=")
        setattr(namespace, self.dest, {**getattr(namespace, self.dest), COLUMNS.key(header): column.strip()})


class Command(BaseCommand):
    help = "Brings the people in line with a CSV file or a workbook (docs/people-file.md), or lists what is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        add_reading_options(parser)
        parser.add_argument("--column", action=_Column, default={}, metavar="HEADER=COLUMN", help="what a header means")
        parser.add_argument("--same", action="append", default=[], metavar="NAME", help=_ANSWER_HELP)
        parser.add_argument("--other", action="append", default=[], metavar="NAME", help="the opposite of --same")
        parser.add_argument("--dry-run", action="store_true", help="only show what would change")
        parser.add_argument("--allow-gone", action="store_true", help="even if more than a third would be gone")

    def handle(self, *, file: Path, dry_run: bool, allow_gone: bool, **options: Any) -> None:
        columns = known_columns() | options["column"]
        choice = ReadingChoice(options["encoding"], options["sheet"], columns, options["skip_hidden"])
        people, change = _plan(file, choice, same=options["same"], other=options["other"])
        for line in describe_source(people.source):
            self.stdout.write(line)
        if people.ignored_columns:
            self.stdout.write(f"Columns that mean nothing here: {', '.join(people.ignored_columns)}.")
        if people.decoded.count:
            shown = f"“{people.decoded.before}” is read as “{people.decoded.after}”"
            self.stdout.write(f"Cells with codes of web pages: {people.decoded.count}; {shown}.")
        self._show_questions(change)
        if dry_run:
            self._show(change)
        else:
            _apply(change, allow_gone=allow_gone)
            column_names.remember(options["column"])
        self.stdout.write(", ".join(f"{title.lower()}: {count}" for title, count in counts(change)))
        self.stdout.write(NOTHING_WRITTEN if dry_run else _outcome(change))

    def _show_questions(self, change: RosterChange) -> None:
        for question in change.open_questions:
            self.stdout.write(f"{question.kind}: {explain_question(question)}")

    def _show(self, change: RosterChange) -> None:
        for section in sections(change, shown=MOST_SHOWN):
            self.stdout.write(f"{section.title} ({section.count}):")
            for entry in section.entries:
                self.stdout.write(f"  {' '.join(filter(None, (entry.name, entry.email)))}: {entry.what}")
            if section.more:
                self.stdout.write(f"  and {section.more} more")


def _plan(
    file: Path, choice: ReadingChoice, *, same: Sequence[str], other: Sequence[str]
) -> tuple[PeopleFile, RosterChange]:
    data = read_bytes(file)
    try:
        people = read_people(data, languages=settings.LANGUAGES, default_language=settings.LANGUAGE_CODE, choice=choice)
        change = roster.plan(people)
        answers = _answers(change.questions, same=same, other=other)
        return people, roster.plan(people, answers) if answers else change
    except UnusableFileError as error:
        raise refused(file, error) from error


def _answers(questions: Sequence[Question], *, same: Sequence[str], other: Sequence[str]) -> dict[str, bool]:
    answers: dict[str, bool] = {}
    for is_same, names in ((True, same), (False, other)):
        for question in questions:
            if not {question.kind.value, question.before, question.after}.isdisjoint(names):
                answers[question.key] = is_same
    return answers


def _apply(change: RosterChange, *, allow_gone: bool) -> None:
    try:
        roster.apply(change, allow_gone=allow_gone)
    except roster.OpenQuestionsError as error:
        raise CommandError(
            f"Nothing is changed: the file leaves {len(change.open_questions)} things open. Answer each with "
            "--same NAME or --other NAME, or correct the file."
        ) from error
    except roster.TooManyGoneError as error:
        raise CommandError(
            f"Nothing is changed: {len(change.gone)} people would be gone, more than a third. Look at --dry-run; "
            "if the file is complete, import it with --allow-gone."
        ) from error
    except roster.RosterChangedError as error:
        raise CommandError("Nothing is changed: the people were changed meanwhile. Start the import again.") from error


def _outcome(change: RosterChange) -> str:
    return "Nothing had to be changed." if change.is_empty else "The people are imported."
