"""Which column of a table means what: by its own name, by other names for it, or as somebody chose."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from surveys.files.problems import FileProblem, UnusableFileError
from surveys.files.text import fold


@dataclass(frozen=True)
class FileColumns:
    """What the columns of a table may be."""

    # Without one of these the file is refused.
    required: tuple[str, ...]
    # Those that may be missing.
    optional: tuple[str, ...] = ()
    # Headers with the same key are one name.
    key: Callable[[str], str] = fold
    # Other names of a column, the best ones first: of several columns that may be meant, the best name is taken.
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
    # Any of these columns does instead of a required one.
    instead: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def ranks(self) -> dict[str, tuple[str, int]]:
        """Each known name by its key: which column it means, and how good a name it is; 0 is the column's own."""
        own = {self.key(name): (name, 0) for name in (*self.required, *self.optional)}
        others = {
            self.key(other): (name, rank)
            for name, names in self.aliases.items()
            for rank, other in enumerate(names, start=1)
        }
        return others | own


@dataclass(frozen=True)
class HeaderCell:
    """One cell of the header, and what is below it."""

    title: str
    # What a choice for it is stored under.
    key: str
    # The column that it means; empty for none.
    column: str
    # The first values below.
    sample: tuple[str, ...] = ()


class UnknownColumnsError(UnusableFileError):
    """A required column is missing: somebody may say which one it is."""

    def __init__(self, problems: Sequence[FileProblem], header: Sequence[HeaderCell]) -> None:
        self.header = tuple(header)
        super().__init__(problems)


def without_accents(name: str) -> str:
    """A header's key for people: `Prénom` is `prenom`, `Ё` is `е`."""
    plain = unicodedata.normalize("NFKD", name)
    return fold("".join(letter for letter in plain if not unicodedata.combining(letter)))


def assign(titles: Sequence[str], columns: FileColumns, chosen: Mapping[str, str]) -> list[str | None]:
    """The column that each title means. `chosen` has a column, or nothing, by key; it goes before any name.

    Titles that mean a column equally well all get it: that is for the reader of the file to settle.
    """
    ranks = columns.ranks
    known = {*columns.required, *columns.optional}
    found: list[tuple[str, int]] = []
    best: dict[str, int] = {}
    for key in map(columns.key, titles):
        column, rank = (chosen[key], -1) if key in chosen else ranks.get(key, ("", 0))
        found.append((column, rank) if column in known else ("", 0))
        best[column] = min(rank, best.get(column, rank))
    return [column if column and rank == best[column] else None for column, rank in found]
