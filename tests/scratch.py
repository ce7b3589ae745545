"""A database of one test's own, to migrate step by step with rows of the old form in it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import load_backend

ALIAS = "scratch"


class ScratchDatabase:
    def migrate(self, app: str, name: str):
        """Migrates forwards or backwards, and returns the models as they are then."""
        target = [(app, name)]
        MigrationExecutor(connections[ALIAS]).migrate(target)
        return MigrationExecutor(connections[ALIAS]).loader.project_state(target).apps

    @staticmethod
    def rows(apps, label: str):
        """The manager of a model of these apps, on the scratch database."""
        return apps.get_model(label).objects.using(ALIAS)


@contextmanager
def scratch_database(settings: dict) -> Iterator[ScratchDatabase]:
    """Not in the settings: Django's tests refuse databases of the settings that a test did not ask for."""
    whole = {**connections["default"].settings_dict, **settings}
    connections[ALIAS] = load_backend(whole["ENGINE"]).DatabaseWrapper(whole, ALIAS)
    try:
        yield ScratchDatabase()
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]


@contextmanager
def scratch_on_sqlite() -> Iterator[ScratchDatabase]:
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "OPTIONS": {}}
    with scratch_database(engine) as database:
        yield database


@contextmanager
def scratch_on_postgres() -> Iterator[ScratchDatabase]:
    name = f"scratch_{secrets.token_hex(6)}"
    with connections["default"].creation._nodb_cursor() as cursor:  # noqa: SLF001 -- Django's own, beside a test's transaction
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        with scratch_database({"NAME": name}) as database:
            yield database
    finally:
        with connections["default"].creation._nodb_cursor() as cursor:  # noqa: SLF001 -- Django's own, beside a test's transaction
            cursor.execute(f"DROP DATABASE {name}")
