"""From the sources to marks: of voters by their invitation, and of the rows that hold what they said."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection, models

from surveys.audit.codes import AuditSource, MarkPlace, RowKind, SourceCode
from surveys.audit.evidence import files, pages, wal
from surveys.audit.evidence.rows import row_marks
from surveys.audit.evidence.source import as_text, places
from surveys.audit.joins import Marks
from surveys.audit.notebook import Notebook, keyed, named
from surveys.choices import MailKind
from surveys.models import Comment, CounterpartRating, Invitation, Mail, Response, SealedBallot, Wave

# The rows of a wave that are examined.
KINDS: dict[RowKind, type[models.Model]] = {
    RowKind.INVITATIONS: Invitation,
    RowKind.SEALED_BALLOTS: SealedBallot,
    RowKind.ANSWERS: Response,
    RowKind.RATINGS: CounterpartRating,
    RowKind.COMMENTS: Comment,
}
PAGES = AuditSource(SourceCode.POSTGRESQL_PAGES)
LOG = AuditSource(SourceCode.WRITE_AHEAD_LOG)
DUMP = AuditSource(SourceCode.DUMP)
SQLITE = AuditSource(SourceCode.SQLITE_FILES)


def table_of(model: type[models.Model]) -> str:
    return model._meta.db_table


def ids(wave: Wave, model: type[models.Model]) -> list[str]:
    return [pk.hex for pk in model._default_manager.filter(wave=wave).values_list("pk", flat=True)]


@dataclass
class Gatherer:
    """Reads the marks of one wave."""

    # Takes down what cannot be read.
    notebook: Notebook
    # The wave whose rows are read.
    wave: Wave
    # A folder with the wave's mails, one file each, in order of arrival.
    mailbox: Path
    # The moment in PostgreSQL's log at which the reading began; None on SQLite.
    start: wal.Start | None = None

    def remember(self) -> None:
        """At opening: where every row is, to follow it through the log."""
        if connection.vendor == "postgresql":
            started = self.notebook.read(LOG, lambda: [wal.begin(map(table_of, KINDS.values()))])
            self.start = started[0] if started else None

    def live(self, kind: RowKind) -> list[Marks]:
        """What the live table says of its rows."""
        return named(kind, row_marks(table_of(KINDS[kind])))

    def chunks(self) -> list[Marks]:
        read = self.notebook.read(PAGES, lambda: pages.chunk_marks(table_of(SealedBallot))) if self.on_pages() else []
        return named(RowKind.SEALED_BALLOTS, read)

    def everything(self) -> dict[RowKind, list[Marks]]:
        """Every mark of every source, by kind of row."""
        found: dict[RowKind, list[Marks]] = {kind: self.live(kind) for kind in KINDS if kind != RowKind.SEALED_BALLOTS}
        found[RowKind.INVITATIONS] += self.mails()
        self._add(found, DUMP, self._dump)
        self._add(found, SQLITE, self._sqlite)
        self._add(found, PAGES, self._pages)
        self._add(found, LOG, self._log)
        return found

    def mails(self) -> list[Marks]:
        """By invitation: the rows of the outbox, and where its mails are in the mailbox."""
        sent = Mail.objects.filter(wave=self.wave, kind=MailKind.INVITATION)
        key_of = {pk.hex: key.replace("-", "") for pk, key in sent.values_list("id", "key")}
        return [*named(RowKind.MAILS, keyed(row_marks(table_of(Mail)), key_of)), *self._mailbox()]

    def on_pages(self) -> bool:
        return connection.vendor == "postgresql" and bool(self.notebook.read(PAGES, _pageinspect))

    def _mailbox(self) -> list[Marks]:
        letters = b"\n".join(path.read_bytes() for path in sorted(self.mailbox.iterdir()))
        people = Invitation.objects.filter(wave=self.wave, employee__isnull=False).values_list("id", "employee__email")
        address = {pk.hex: f"To: {email}".encode() for pk, email in people}
        found = places(MarkPlace.MAILBOX, letters, list(address), written=lambda row: (address[row],))
        return named(RowKind.MAILS, found)

    def _add(
        self,
        found: dict[RowKind, list[Marks]],
        source: AuditSource,
        reader: Callable[[], Iterable[tuple[RowKind, list[Marks]]]],
    ) -> None:
        for kind, marks in self.notebook.read(source, reader):
            found[kind] += named(kind, marks)

    def _rows(self, kinds: Collection[RowKind]) -> dict[RowKind, list[str]]:
        return {kind: ids(self.wave, KINDS[kind]) for kind in kinds if kind != RowKind.SEALED_BALLOTS}

    def _dump(self) -> list[tuple[RowKind, list[Marks]]]:
        text = files.dump()
        return [(kind, places(MarkPlace.DUMP, text, rows, written=as_text)) for kind, rows in self._rows(KINDS).items()]

    def _sqlite(self) -> list[tuple[RowKind, list[Marks]]]:
        heaps = files.sqlite_files() if connection.vendor == "sqlite" else []
        return [
            (kind, places(MarkPlace.FILE_BYTES, heap, rows, written=as_text, detail=str(number)))
            for number, (_, heap) in enumerate(heaps)
            for kind, rows in self._rows(KINDS).items()
        ]

    def _pages(self) -> list[tuple[RowKind, list[Marks]]]:
        if not self.on_pages():
            return []
        return [(kind, pages.page_marks(table_of(KINDS[kind]), rows)) for kind, rows in self._rows(KINDS).items()]

    def _log(self) -> list[tuple[RowKind, list[Marks]]]:
        if self.start is None:
            return []
        with TemporaryDirectory(prefix="faultline-audit-") as folder:
            by_table = wal.log_marks(self.start, Path(folder))
        return [(kind, by_table[table_of(KINDS[kind])]) for kind in KINDS if kind != RowKind.SEALED_BALLOTS]


def _pageinspect() -> list[bool]:
    pages.install_pageinspect()
    return [True]
