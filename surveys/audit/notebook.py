"""What an audit tried, what it searched, and what it could not read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from surveys.audit.canaries import Canary, Searched, search
from surveys.audit.codes import AttackGoal, AuditSource, RowKind, Unread
from surveys.audit.evidence.source import UnreadableError
from surveys.audit.joins import Attack, Marks, SourceName

T = TypeVar("T")


@dataclass
class Notebook:
    """What was tried in an audit, and what could not be read."""

    # One list a wave.
    attacks: list[list[Attack]] = field(default_factory=list)
    # One for each source and state of a wave that was searched.
    searches: list[Searched] = field(default_factory=list)
    # Why a source could not be read.
    not_examined: dict[AuditSource, Unread] = field(default_factory=dict)
    # How many made-up answers were given in all.
    votes: int = 0

    def read(self, source: AuditSource, reader: Callable[[], Iterable[T]]) -> list[T]:
        """What the source holds; nothing, with a note of the reason, where it cannot be read."""
        try:
            return list(reader())
        except UnreadableError as error:
            self.not_examined.setdefault(source, error.reason)
            return []

    def search(
        self,
        source: AuditSource,
        moment: str,
        reader: Callable[[], Iterable[bytes]],
        *,
        canaries: Sequence[Canary],
        allowed: Iterable[str] = (),
    ) -> None:
        try:
            self.searches.append(search(source, moment, reader(), canaries=canaries, allowed=allowed))
        except UnreadableError as error:
            self.not_examined.setdefault(source, error.reason)

    def linked(self) -> list[Attack]:
        """The attacks that hit more often than chance explains in two waves: once may happen, by definition."""
        over: dict[tuple[AttackGoal, SourceName, SourceName, str], list[Attack]] = {}
        for wave in self.attacks:
            for attack in wave:
                if attack.linked:
                    over.setdefault(attack.name, []).append(attack)
        return [attacks[-1] for attacks in over.values() if len(attacks) > 1]

    def leaks(self) -> list[Searched]:
        return [search for search in self.searches if search.leaking]


def named(kind: RowKind, marks: Iterable[Marks]) -> list[Marks]:
    """The same marks, saying of what kind of row they are."""
    return [Marks(source.source._replace(rows=kind), source.unit, source.of) for source in marks]


def keyed(marks: Iterable[Marks], key_of: Mapping[str, str]) -> list[Marks]:
    """The same marks by another key: of a mail, say, by the invitation that it carries."""
    return [
        Marks(source.source, source.unit, {key_of[row]: mark for row, mark in source.of.items() if row in key_of})
        for source in marks
    ]
