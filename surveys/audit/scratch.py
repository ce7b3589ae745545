"""A database beside the configured one, for a rehearsal: made before it, gone after it, whatever happens."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.db import DatabaseError, connection

from surveys.audit.site import RehearsalError

# PostgreSQL cuts names off here.
_NAME_BYTES = 63
AUDIT_LOCK = 7_240_153_881


@contextmanager
def scratch_database(folder: Path) -> Iterator[str]:
    """Its DATABASE_URL. Raises RehearsalError if it cannot be made, or another audit is running."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'rehearsal.sqlite3'}"
        return
    prefix = f"{connection.settings_dict['NAME'][: _NAME_BYTES - 20]}_audit_"
    name = f"{prefix}{secrets.token_hex(6)}"
    with _alone():
        # A run that was killed could not clear up after itself.
        for left_over in _names(prefix):
            _execute(f"DROP DATABASE {connection.ops.quote_name(left_over)} WITH (FORCE)")
        try:
            _execute(f"CREATE DATABASE {connection.ops.quote_name(name)} TEMPLATE template0")
        except DatabaseError as error:
            raise RehearsalError(
                f"The scratch database could not be made: {str(error).strip()}. Let the database user make databases "
                "(ALTER ROLE ... CREATEDB), or run this with a DATABASE_URL whose user may."
            ) from error
        try:
            configured = urlsplit(environ.FileAwareEnv().str("DATABASE_URL"))
            yield configured._replace(path=f"/{name}").geturl()
        finally:
            _execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")


@contextmanager
def _alone() -> Iterator[None]:
    """One audit a database at a time, or one would drop the scratch database of the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [AUDIT_LOCK])
        if not cursor.fetchone()[0]:
            raise RehearsalError("Another audit of this database is running. Wait until it has ended.")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [AUDIT_LOCK])


def _names(prefix: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE left(datname, %s) = %s", [len(prefix), prefix])
        return [name for (name,) in cursor.fetchall()]


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
