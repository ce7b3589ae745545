from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from surveys.management.dry_run import NOTHING_WRITTEN
from surveys.management.files import add_reading_options, describe_source, read_bytes, refused
from surveys.models import Department
from surveys.roster.people_file import ReadingChoice, UnusableFileError, read_counterparts
from surveys.services import counterparts


class Command(BaseCommand):
    help = "Says who works with whom by a CSV file or a workbook with the columns department and counterpart."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        add_reading_options(parser)
        parser.add_argument("--dry-run", action="store_true", help="only show what would change")

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        names = list(Department.objects.values_list("name", flat=True))
        choice = ReadingChoice(options["encoding"], options["sheet"], skips_hidden=options["skip_hidden"])
        try:
            found = read_counterparts(read_bytes(file), departments=names, choice=choice)
        except UnusableFileError as error:
            raise refused(file, error) from error
        for line in describe_source(found.source):
            self.stdout.write(line)
        change = counterparts.plan(found.counterparts)
        for name, after in change.after.items():
            self.stdout.write(f"{name}: {', '.join(change.before[name]) or 'nobody'} → {', '.join(after) or 'nobody'}")
        self.stdout.write(f"changed: {len(change.after)}, unchanged: {change.unchanged}")
        if dry_run:
            self.stdout.write(NOTHING_WRITTEN)
        else:
            counterparts.apply(change)
