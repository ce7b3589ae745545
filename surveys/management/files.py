"""What the commands that read a file share."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.core.management.base import CommandError

from surveys.files.limits import MOST_SHOWN
from surveys.files.source import Source
from surveys.roster.people_file import FileProblem, UnknownEncodingError, UnusableFileError


def add_reading_options(parser: ArgumentParser) -> None:
    """Adds what may be chosen of how a file is read: `encoding`, `sheet` and `skip_hidden`."""
    parser.add_argument("--encoding", default="", help="of a text that is not in UTF-8, such as cp1250")
    parser.add_argument("--sheet", default="", help="of a workbook; otherwise the first visible one with the columns")
    parser.add_argument("--skip-hidden", action="store_true", help="leave out rows that are hidden in the sheet")


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def describe_source(source: Source) -> Iterator[str]:
    """Lines on what somebody may not expect to be read, or left out."""
    if source.sheet:
        yield f"Read from the sheet “{source.sheet}”, of {len(source.sheets)} visible."
    if source.hidden_rows:
        outcome = "left out" if source.skips_hidden else "read too (--skip-hidden leaves them out)"
        yield f"Hidden rows of the sheet: {source.hidden_rows}, {outcome}."
    if source.hidden_columns:
        yield f"Hidden columns of the sheet: {source.hidden_columns}, read too."


def refused(path: Path, error: UnusableFileError) -> CommandError:
    """The first problems and how many there are, for the command to raise; and the encodings to choose from."""
    if isinstance(error, UnknownEncodingError):
        lines = [
            f"  --encoding {candidate.encoding:<13} {candidate.title}: {' · '.join(candidate.sample)}"
            for candidate in error.candidates
        ]
        return CommandError("\n".join([f"{path} is not imported: it is not in UTF-8. What reads right?", *lines]))
    return CommandError(f"{path} is not imported, and nothing is changed:\n{_listed(error.problems)}")


def _listed(problems: Sequence[FileProblem]) -> str:
    lines = [f"  {problem}" for problem in problems[:MOST_SHOWN]]
    if len(problems) > MOST_SHOWN:
        lines.append(f"  and {len(problems) - MOST_SHOWN} more, {len(problems)} in all")
    return "\n".join(lines)
