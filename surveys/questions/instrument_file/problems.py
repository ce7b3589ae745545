"""What is wrong with a document, where, and what to do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surveys.questions.instrument_file.codes import InstrumentProblemCode
from surveys.questions.instrument_file.wording import Argument, explain_instrument_problem


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a document."""

    # Where: like `scales[3].items[1].text.ru`, list entries counted from 0; else `line 3`, or `file`.
    path: str
    # What is there, shortened; empty where it is not worth showing.
    value: str
    code: InstrumentProblemCode
    # What the sentence of the code names.
    arguments: Mapping[str, Argument] = field(default_factory=dict, hash=False)

    @property
    def message(self) -> str:
        """What is wrong and what to do, a whole sentence."""
        return explain_instrument_problem(self.code, self.arguments)

    def __str__(self) -> str:
        found = f" (found: {self.value})" if self.value else ""
        return f"{self.path}: {self.message}{found}"


class InstrumentError(Exception):
    """The document cannot be used; `problems` holds at least one."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = list(problems)


def place(path: Sequence[str | int]) -> str:
    """A path of keys and list positions as text; the empty one is the document itself."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".") or "document"
