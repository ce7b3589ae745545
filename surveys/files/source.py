"""How a file is read, and what was found in it before its cells are looked at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from surveys.files.codes import FileProblemCode
from surveys.files.problems import FileProblem, UnusableFileError


@dataclass(frozen=True)
class ReadingChoice:
    """What somebody chose of how the file is to be read."""

    # A codec of Python; empty is UTF-8 or UTF-16, and any other is asked for.
    encoding: str = ""
    # The name of a visible sheet; empty is the first one.
    sheet: str = ""
    # The column that a header means, by the header's key; empty for none.
    columns: Mapping[str, str] = field(default_factory=dict)
    # Whether rows that are hidden in the sheet are left out.
    skips_hidden: bool = False


@dataclass(frozen=True)
class Source:
    """Where the rows come from."""

    # The codec that the text was read by; empty for a workbook.
    encoding: str = ""
    # The sheet that was read; empty for text.
    sheet: str = ""
    # All visible sheets, in the workbook's order.
    sheets: tuple[str, ...] = ()
    # How many rows with values are hidden in the sheet; None where that cannot be told.
    hidden_rows: int | None = None
    # How many columns are hidden among those that are read; None where that cannot be told.
    hidden_columns: int | None = None
    # Whether the hidden rows were left out.
    skips_hidden: bool = False


@dataclass(frozen=True)
class RawRows:
    """A file as rows of text. The rows can be read once, and raise UnusableFileError where the file is broken."""

    source: Source
    # The cells row by row, from the file's first row; blank rows as empty lists.
    rows: Iterator[list[str]]


@dataclass(frozen=True)
class EncodingCandidate:
    """One way in which the bytes of a text may be meant."""

    # A codec of Python.
    encoding: str
    # What people call it.
    title: str
    # Some cells with letters beyond ASCII, as they read in this encoding.
    sample: tuple[str, ...]


class UnknownEncodingError(UnusableFileError):
    """The text is in none of the encodings that can be told for sure: somebody must look at the samples and choose."""

    def __init__(self, candidates: Sequence[EncodingCandidate]) -> None:
        self.candidates = tuple(candidates)
        super().__init__([FileProblem(FileProblemCode.NOT_UTF_8)])
