import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from django.core.management.base import BaseCommand, CommandError, CommandParser

from diagnostics.core.simulation.checks import Check, CheckedFigure
from diagnostics.core.simulation.plan import plan
from diagnostics.core.simulation.table import table


class Command(BaseCommand):
    help = (
        "Tries the method on made-up companies and prints how often it is right; exit code 1 where it misses a limit."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--companies", type=_positive, default=200, help="companies for each condition")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same figures")
        parser.add_argument("--jobs", type=_positive, default=1, help="processes at once")

    def handle(self, *, companies: int, seed: int, jobs: int, **_options: object) -> None:
        checks = plan()
        found = list(zip(checks, _run(checks, companies, seed, jobs), strict=True))
        self.stdout.write(table(_by_section(found)))
        rows = [row for _, rows_of_check in found for row in rows_of_check]
        missed = [row for row in rows if not row.kept]
        if missed:
            raise CommandError(f"{len(missed)} of {len(rows)} figures miss their limit; they are in bold above.")
        self.stdout.write(f"\n{companies} companies, seed {seed}: every figure keeps its limit.")


def _run(checks: Sequence[Check], companies: int, seed: int, jobs: int) -> Iterator[list[CheckedFigure]]:
    work = partial(_rows, companies=companies, seed=seed)
    if jobs == 1:
        yield from map(work, checks, range(len(checks)))
    else:
        with ProcessPoolExecutor(jobs) as pool:
            yield from pool.map(work, checks, range(len(checks)))


def _rows(check: Check, place: int, *, companies: int, seed: int) -> list[CheckedFigure]:
    return check.rows(1000 * seed + place, companies)


def _by_section(found: Sequence[tuple[Check, list[CheckedFigure]]]) -> dict[str, list[CheckedFigure]]:
    sections: dict[str, list[CheckedFigure]] = {}
    for check, rows in found:
        sections.setdefault(check.section, []).extend(rows)
    return sections


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1, not “{text}”")
    return int(text)
