"""A source that could not be read, and the places of row ids in a heap of bytes."""

import uuid
from collections.abc import Callable, Collection

from surveys.audit.codes import MarkPlace, Unread, UnreadReason
from surveys.audit.joins import Marks, SourceName


class UnreadableError(Exception):
    """The source cannot be read from here, so nothing is known of it. That never counts as passed."""

    def __init__(self, code: UnreadReason, *about: str, detail: str = "") -> None:
        self.reason = Unread(code, about, detail)
        super().__init__(*self.reason)


def as_bytes(row: str) -> tuple[bytes, ...]:
    """A row's id as PostgreSQL stores it."""
    return (bytes.fromhex(row),)


def as_text(row: str) -> tuple[bytes, ...]:
    """A row's id as SQLite stores it and as a dump has it."""
    return row.encode(), str(uuid.UUID(row)).encode()


def places(
    place: MarkPlace,
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
        if found := [offset for form in forms if (offset := heap.find(form)) >= 0]:
            first[row] = min(found)
            last[row] = max(heap.rfind(form) for form in forms)
    unit = f"{place}: {detail}"
    which = f"{detail}: " if detail else ""
    return [
        Marks(SourceName(place, f"{which}first place"), unit, first),
        Marks(SourceName(place, f"{which}last place"), unit, last),
    ]
