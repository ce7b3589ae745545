"""A database for one test, as an older release left it.

To migrate an empty one takes seconds. So one without rows is kept for each migration that tests begin at, and each
test gets a copy of it.
"""

import gc
import os
import shutil
import uuid
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.utils import load_backend
from psycopg import sql


class OldDatabases:
    """What a session of tests keeps: databases without rows, by engine and by the migrations that they have had."""

    def __init__(self, folder):
        self._databases = {"sqlite": lambda like: _sqlite(folder, like), "postgresql": _postgresql}
        self._kept = {engine: {frozenset(): None} for engine in self._databases}
        self._loader = _each_alone(MigrationLoader(None))
        self._models = {}
        self._stack = ExitStack()
        self.close = self._stack.close

    @contextmanager
    def copy(self, engine):
        """Replaces the default database; yields a function that migrates it and returns the models of then.

        The first migration that it is given, such as ("diagnostics", "0006_remedy"), is where the database begins.
        """
        with ExitStack() as of_test:
            begun = False

            def migrate(*target):
                nonlocal begun
                if begun:
                    _migrate(target)
                else:
                    settings = of_test.enter_context(self._databases[engine](self._at(engine, target)))
                    of_test.enter_context(_default(settings))
                    begun = True
                return self._models_at(target)

            yield migrate

    def _at(self, engine, target):
        """The settings of the database at a migration, which is made from the nearest one before if there is none."""
        kept, migrations = self._kept[engine], frozenset(self._loader.graph.forwards_plan(target))
        if migrations not in kept:
            nearest = max((before for before in kept if before < migrations), key=len)
            settings = self._stack.enter_context(self._databases[engine](kept[nearest]))
            with _default(settings):
                _migrate(target)
            kept[migrations] = settings
        return kept[migrations]

    def _models_at(self, target):
        if target not in self._models:
            self._models[target] = self._loader.project_state([target]).apps
        return self._models[target]


def _each_alone(loader):
    """Migrations that others replace for new databases count, too: older databases have had some of them."""
    loader.replace_migrations = False
    loader.build_graph()
    return loader


def _migrate(target):
    """Without the garbage collector, which would look through all models again and again."""
    gc.disable()
    try:
        executor = MigrationExecutor(connections["default"])
        _each_alone(executor.loader)
        executor.migrate([target])
    finally:
        gc.enable()


@contextmanager
def _default(settings):
    before = connections["default"]
    complete = connections.configure_settings({"default": settings})["default"]
    connections["default"] = load_backend(complete["ENGINE"]).DatabaseWrapper(complete, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = before


@contextmanager
def _sqlite(folder, like):
    """A new database, empty or like another one that nobody is connected to; yields its settings."""
    path = folder / f"{uuid.uuid4().hex}.sqlite3"
    if like:
        shutil.copyfile(like["NAME"], path)
    try:
        yield {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _postgresql(like):
    server = urlsplit(os.environ["DATABASE_URL"])
    if not server.scheme.startswith("postgres"):
        pytest.skip("no PostgreSQL in these tests")
    name = f"old_{uuid.uuid4().hex}"
    template = like["NAME"] if like else "template1"
    _execute(server, "create database {} template {}", name, template)
    try:
        yield {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "HOST": server.hostname,
            "PORT": server.port,
            "USER": server.username,
            "PASSWORD": server.password or "",
        }
    finally:
        _execute(server, "drop database {} with (force)", name)


def _execute(server, statement, *names):
    """Outside of the database that it is about."""
    address = {"host": server.hostname, "port": server.port, "user": server.username, "password": server.password}
    with psycopg.connect(**address, dbname="postgres", autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
