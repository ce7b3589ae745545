"""The tables of ballots hold the columns that docs/anonymity.md lists, and nothing else."""

import pytest
from django.db import connection

from surveys import models
from tests.architecture.promises import promised

pytestmark = pytest.mark.django_db

TABLES = (models.Invitation, models.SealedBallot, models.Response, models.CounterpartRating, models.Comment)


def stored():
    """Columns by table, as the database has them; a foreign key by the name of its field."""
    with connection.cursor() as cursor:
        return {
            model.__name__: sorted(
                column.name.removesuffix("_id")
                for column in connection.introspection.get_table_description(cursor, model._meta.db_table)
            )
            for model in TABLES
        }


def test_the_tables_hold_what_is_promised_and_nothing_else():
    assert stored() == promised()


def test_a_column_too_many_would_be_found():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE surveys_response ADD COLUMN created_at timestamp")
    assert stored() != promised()


def test_no_sequence_gives_away_an_order():
    with connection.cursor() as cursor:
        sequences = [connection.introspection.get_sequences(cursor, model._meta.db_table) for model in TABLES]
    assert sequences == [[], [], [], [], []]


def test_no_other_table_points_to_them():
    names = {model._meta.db_table for model in TABLES}
    with connection.cursor() as cursor:
        pointing = [
            (table, column)
            for table in connection.introspection.table_names(cursor)
            for column, (_, target) in connection.introspection.get_relations(cursor, table).items()
            if target in names
        ]
    assert pointing == []
