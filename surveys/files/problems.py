"""What is wrong with a file, where, and what to do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surveys.files.codes import FileProblemCode
from surveys.files.wording import Argument, explain_file_problem

_VALUE_SHOWN = 80


@dataclass(frozen=True)
class FileProblem:
    """One thing that is wrong with a file."""

    code: FileProblemCode
    # Counted from 1 as a spreadsheet shows it; None is the file as a whole.
    row: int | None = None
    # The name of the column; empty is the file, or the row, as a whole.
    column: str = ""
    # What is in the cell.
    value: str = ""
    # What the sentence of the code names, JSON types only.
    arguments: Mapping[str, Argument] = field(default_factory=dict)

    def __str__(self) -> str:
        place = ", ".join(filter(None, (f"row {self.row}" if self.row else "", self.column)))
        found = f" (found: “{self.shown_value}”)" if self.value else ""
        return f"{place}: {self.message}{found}" if place else f"{self.message}{found}"

    @property
    def message(self) -> str:
        """What is wrong and what to do, as a sentence."""
        return explain_file_problem(self.code, self.arguments)

    @property
    def shown_value(self) -> str:
        return self.value if len(self.value) <= _VALUE_SHOWN else f"{self.value[:_VALUE_SHOWN]}…"


class UnusableFileError(Exception):
    """The file cannot be used; `problems` holds at least one, in the order of the rows."""

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.row or 0)
        super().__init__("\n".join(map(str, self.problems)))
