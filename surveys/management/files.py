"""What the commands that read a file share."""

from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import CommandError

from surveys.roster.people_file import FileProblem, PeopleFileError

PROBLEMS_SHOWN = 100


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def refused(path: Path, error: PeopleFileError) -> CommandError:
    """The first problems and how many there are, for the command to raise."""
    return CommandError(f"{path} is not imported, and nothing is changed:\n{_listed(error.problems)}")


def _listed(problems: Sequence[FileProblem]) -> str:
    lines = [f"  {problem}" for problem in problems[:PROBLEMS_SHOWN]]
    if len(problems) > PROBLEMS_SHOWN:
        lines.append(f"  and {len(problems) - PROBLEMS_SHOWN} more, {len(problems)} in all")
    return "\n".join(lines)
