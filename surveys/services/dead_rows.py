"""What rows were before they were changed or deleted: databases leave it in their files until something removes it.

Everything here must run outside a transaction.
"""

import time
from collections.abc import Iterable

import psycopg
from django.db import OperationalError, connection
from django.db.models import Model

from surveys.models import Invitation, Mail, ReportingGroup, SealedBallot, Wave

# How long the erasing waits for those who are using a table, before it leaves it to a later tick: an answer
# meanwhile queues behind it.
LOCK_MILLISECONDS = 300
TRIES, _PAUSE_SECONDS = 20, 0.1


def vacuum(*models: type[Model]) -> None:
    """Frees the dead rows of these tables, else of boxes, invitations and mails.

    Nobody waits for it, and nothing is erased for certain. PostgreSQL by itself leaves dead rows where they are,
    readable, until they are a fifth of the table: of one person or one wave that may be never.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM {_tables(*(models or (SealedBallot, Invitation, Mail)))}")
    else:
        _empty_log()


def erase() -> bool:
    """Erases the dead rows of invitations, mails and groups from the tables' files, and frees those of the boxes.

    A plain VACUUM leaves the bytes of dead rows in its pages, and with them who had answered. So the tables are
    rewritten, which takes a lock for as long. False if it could not be done: somebody holds a table, or an old
    transaction may still read dead rows; then it is to be tried again.
    """
    vacuum()
    return _rewrite(Invitation, Mail, ReportingGroup) if connection.vendor == "postgresql" else _empty_log()


def rewrite(*models: type[Model]) -> bool:
    """Writes these tables anew without their dead rows, on SQLite the whole file. False as of `erase`."""
    if connection.vendor == "postgresql":
        return _rewrite(*models)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    return _empty_log()


def _rewrite(*models: type[Model]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::xid::text")
        [newest] = cursor.fetchone()
        if not all_ended(newest):
            return False
        cursor.execute(f"SET lock_timeout = {LOCK_MILLISECONDS}")
        try:
            cursor.execute(f"VACUUM (FULL) {_tables(*models)}")
        except OperationalError as error:
            if not isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
                raise
            return False
        finally:
            cursor.execute("RESET lock_timeout")
    return True


def all_ended(newest: str) -> bool:
    """Whether no transaction can read any more what was there before transaction number `newest`.

    Views of the server tell that only to its administrator. But freezing a table sets its oldest number to the oldest
    that anybody may still ask for; the table of waves is small, and nobody waits for it.
    """
    with connection.cursor() as cursor:
        for _ in range(TRIES):
            cursor.execute(f"VACUUM (FREEZE) {_tables(Wave)}")
            oldest = "SELECT age(relfrozenxid) <= age(%s::text::xid) FROM pg_class WHERE oid = %s::regclass"
            cursor.execute(oldest, [newest, _tables(Wave)])
            if cursor.fetchone()[0]:
                return True
            time.sleep(_PAUSE_SECONDS)
    return False


def _empty_log() -> bool:
    """Deleted rows are overwritten by `secure_delete`; the log beside the file keeps each page as it was, in order."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [busy, *_] = cursor.fetchone()
    return not busy


def _tables(*models: type[Model]) -> str:
    names: Iterable[str] = (model._meta.db_table for model in models)
    return ", ".join(map(connection.ops.quote_name, names))
