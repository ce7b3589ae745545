"""Each source is searched for each kind of canary. What may be found where is written down here, with the reason."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import connection

from surveys.audit.canaries import Canary
from surveys.audit.codes import AuditSource, SourceCode
from surveys.audit.company import RehearsalCompany, Vote
from surveys.audit.evidence import files, pages, rows, wal
from surveys.audit.gathering import DUMP, LOG, SQLITE, Gatherer, table_of
from surveys.audit.notebook import Notebook
from surveys.audit.site import body
from surveys.models import Comment, Employee, Mail, Response, UploadPart

OPEN, CLOSED = "open", "closed"
_SAMPLE = 10
_BODY = 60

# The roster is a list of addresses, and a mail to somebody names the address and carries the link.
_ROSTER, _MAILBOX = {"address"}, {"address", "token"}
# A mail waits with the address that its recipient had at the opening; a file of people waits for HR to confirm it.
_ADDRESSES = {table_of(model): _ROSTER for model in (Employee, Mail, UploadPart)}
# After closing the counted answers and the comments are what the product is for.
_PROMISED: Mapping[str, Mapping[str, set[str]]] = {
    OPEN: _ADDRESSES,
    CLOSED: _ADDRESSES | {table_of(Response): {"answers"}, table_of(Comment): {"comment"}},
}


def canaries(
    company: RehearsalCompany, votes: Sequence[Vote], links: Mapping[str, str], questionnaire: Mapping[str, Any]
) -> list[Canary]:
    """All addresses and all comments by the word that only they have; of answers and links a sample."""
    sample = votes[:_SAMPLE]
    sent = [body(vote, questionnaire) for vote in sample]
    return [
        Canary("address", company.domain.encode()),
        Canary("comment", company.word.encode()),
        *(Canary("answers", vote.answers) for vote in sample),
        # As a browser sends them, should a log or a trace have kept a request.
        *(Canary("answers", body[:_BODY]) for body in sent),
        *(Canary("token", links[vote.email].rpartition("/")[2].encode()) for vote in sample),
    ]


def search_all(
    notebook: Notebook, moment: str, gatherer: Gatherer, folders: Mapping[str, Path], known: Sequence[Canary]
) -> None:
    """Searches tables, pages, log, dump and every folder; `folders` by the name of what is in them."""

    def look(source: AuditSource, reader: Callable[[], Iterable[bytes]], allowed: Iterable[str] = ()) -> None:
        notebook.search(source, moment, reader, canaries=known, allowed=allowed)

    promised = _PROMISED[moment]
    everywhere = set(chain(*promised.values()))
    for table in rows.tables():
        whole = partial(_whole_table, table)
        look(AuditSource(SourceCode.TABLE, table), whole, promised.get(table, ()))
    if connection.vendor == "sqlite":
        look(SQLITE, lambda: (content for _, content in files.sqlite_files()), everywhere)
    elif gatherer.on_pages():
        for table in rows.tables():
            look(AuditSource(SourceCode.PAGES, table), partial(_pages, table), promised.get(table, ()))
    start = gatherer.start
    if start is not None:
        look(LOG, lambda: (content for _, content in wal.segments(start)), everywhere)
    look(DUMP, lambda: [files.dump()], everywhere)
    for name, folder in folders.items():
        allowed = _MAILBOX if name == "mailbox" else ()
        look(AuditSource(SourceCode.FOLDER, name), partial(files.folder, folder), allowed)


def _whole_table(table: str) -> list[bytes]:
    return [rows.all_rows(table)]


def _pages(table: str) -> Iterator[bytes]:
    for relation in pages.relations(table):
        yield b"".join(pages.raw(relation))
