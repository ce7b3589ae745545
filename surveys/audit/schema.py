"""Whether the tables of ballots hold what docs/anonymity.md lists, and nothing else."""

from collections.abc import Iterator

from django.db import connection, models

from surveys.models import Comment, CounterpartRating, Invitation, Response, SealedBallot

# Foreign keys by the name of their field. A test compares this with the document.
COLUMNS: dict[type[models.Model], frozenset[str]] = {
    Invitation: frozenset({"id", "wave", "employee", "group", "token_hash", "answered"}),
    SealedBallot: frozenset({"id", "wave", "box"}),
    Response: frozenset({"id", "wave", "group", "answers"}),
    CounterpartRating: frozenset({"id", "wave", "group", "division", "counterpart", "answers"}),
    Comment: frozenset({"id", "wave", "division", "text", "hidden"}),
}


def stored() -> dict[type[models.Model], frozenset[str]]:
    """The columns that the database has."""
    with connection.cursor() as cursor:
        return {
            model: frozenset(
                column.name.removesuffix("_id")
                for column in connection.introspection.get_table_description(cursor, model._meta.db_table)
            )
            for model in COLUMNS
        }


def differences() -> Iterator[str]:
    """What the database has too much or too little, in words."""
    for model, columns in stored().items():
        for column in sorted(columns ^ COLUMNS[model]):
            yield f"{model.__name__} {'has' if column in columns else 'lacks'} the column {column}"
    names = {model._meta.db_table for model in COLUMNS}
    yield from (f"{table} has a sequence, which keeps an order" for table in sorted(names & _with_sequence(names)))
    with connection.cursor() as cursor:
        introspection = connection.introspection
        for table in introspection.table_names(cursor):
            for column, (_, target) in introspection.get_relations(cursor, table).items():
                if target in names:
                    yield f"{table} points to {target} by {column}"


def _with_sequence(names: set[str]) -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Django's own introspection takes every key for a sequence there.
            cursor.execute("SELECT tbl_name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
            return {name for (name,) in cursor.fetchall()}
        return {name for name in names if connection.introspection.get_sequences(cursor, name)}
