"""A new database is made in one step. It is the one that all migrations make of an older one."""

import re

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.tiers import long_form

STEPS = {"diagnostics": "0020_scoring_fault", "surveys": "0028_audit_codes"}
ONE = {"surveys": "0001_squashed_0028_audit_codes", "diagnostics": "0001_squashed_0020_scoring_fault"}
POSTGRESQL = """
    SELECT conrelid::regclass::text, regexp_replace(conname, '.*_check$', 'check of a column'), pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION SELECT table_name, column_name,
        concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default, is_identity)
    FROM information_schema.columns WHERE table_schema = 'public'
"""


# PostgreSQL writes casts where a column had another length when its constraint was made.
CAST = re.compile(r"::[a-z ]+(\[\])?|[()]")


def described():
    """Columns, constraints and indexes of all tables, whatever their order. A renamed column keeps the name of a check."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL)
            return {(table, name, CAST.sub("", definition)) for table, name, definition in cursor.fetchall()}
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {(name, part) for name, sql in cursor.fetchall() for part in re.split(r',\s*(?="|CONSTRAINT)', sql[:-1])}


@pytest.fixture(params=["postgresql", pytest.param("sqlite", marks=long_form)])
def made_by(request, old_databases, django_db_blocker):
    def made_by(migrations, then=lambda: None):
        with django_db_blocker.unblock(), old_databases.copy(request.param) as migrate:
            for app, name in migrations.items():
                migrate(app, name)
            then()
            return described()

    return made_by


def lose_an_index():
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX alert_state_of_group")


def test_one_step_makes_the_tables_that_all_steps_make(made_by):
    tables = made_by(STEPS)
    assert made_by(ONE) == tables
    assert made_by(ONE, lose_an_index) != tables


@long_form
def test_a_database_that_has_had_some_of_the_steps_takes_the_others(made_by):
    def upgrade():
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
        loader = MigrationExecutor(connection).loader
        assert set(loader.graph.nodes) <= set(loader.applied_migrations)

    assert made_by({"surveys": "0027_delivered_addresses"}, upgrade) == made_by(ONE, upgrade)
