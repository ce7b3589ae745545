"""What SQL says of live rows beyond their columns: transaction, command and place on PostgreSQL, place on SQLite."""

import uuid

from django.db import connection

from surveys.audit.codes import MarkPlace
from surveys.audit.joins import Marks, SourceName

_POSTGRESQL = {
    "transaction": "xmin::text::bigint",
    "command": "cmin::text::bigint",
    "place": "(ctid::text::point)[0]::bigint * 65536 + (ctid::text::point)[1]::bigint",
}
_SQLITE = {"place": "rowid"}


def hexadecimal(value: object) -> str:
    """A row's id in one form, whichever the database gives."""
    return (value if isinstance(value, uuid.UUID) else uuid.UUID(str(value))).hex


def row_marks(table: str, *, of: str = "id", where: str = "") -> list[Marks]:
    """Of every live row by the id in its column `of`."""
    kinds = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    with connection.cursor() as cursor:
        quote = connection.ops.quote_name
        columns = ", ".join([quote(of), quote("id"), *kinds.values()])
        cursor.execute(f"SELECT {columns} FROM {quote(table)} {where}")  # noqa: S608 -- names of our own tables
        rows = [(hexadecimal(row), hexadecimal(own), *values) for row, own, *values in cursor.fetchall()]
    names = ["id", *kinds]
    values = [{row[0]: int(row[1], 16) for row in rows}]
    values += [{row[0]: int(row[column]) for row in rows} for column in range(2, 2 + len(kinds))]
    return [Marks(SourceName(MarkPlace.ROWS, name), name, of_row) for name, of_row in zip(names, values, strict=True)]


def all_rows(table: str) -> bytes:
    """Everything that a SELECT shows of a table, as text."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- a name of our own
        return b"\n".join(_text(value) for row in cursor.fetchall() for value in row)


def tables() -> list[str]:
    with connection.cursor() as cursor:
        return sorted(connection.introspection.table_names(cursor))


def _text(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
