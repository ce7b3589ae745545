"""A source that could not be read, and the places of row ids in a heap of bytes."""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass

from surveys.audit.joins import Marks, SourceName


class UnreadableError(Exception):
    """The source cannot be read from here; the message says why."""


@dataclass(frozen=True)
class NotExamined:
    """A source of which nothing can be said. It never counts as passed."""

    # Which one, in words.
    source: str
    # Why it was not read, in words.
    reason: str


def as_bytes(row: str) -> tuple[bytes, ...]:
    """A row's id as PostgreSQL stores it."""
    return (bytes.fromhex(row),)


def as_text(row: str) -> tuple[bytes, ...]:
    """A row's id as SQLite stores it and as a dump has it."""
    return row.encode(), str(uuid.UUID(row)).encode()


def places(
    source: str,
    heap: bytes,
    rows: Collection[str],
    *,
    written: Callable[[str], tuple[bytes, ...]],
    detail: str = "",
) -> list[Marks]:
    """Where the id of each row is found first and last."""
    first, last = dict[str, int](), dict[str, int]()
    for row in rows:
        forms = written(row)
        if found := [place for form in forms if (place := heap.find(form)) >= 0]:
            first[row] = min(found)
            last[row] = max(heap.rfind(form) for form in forms)
    unit = str(SourceName(source, detail))
    which = f"{detail}: " if detail else ""
    return [
        Marks(SourceName(source, f"{which}first place"), unit, first),
        Marks(SourceName(source, f"{which}last place"), unit, last),
    ]
