"""An empty database of its own, migrated to where an older release left it."""

import os
import uuid
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import load_backend
from psycopg import sql

ENGINES = ("sqlite", "postgresql")


@contextmanager
def old_database(engine, folder):
    """Replaces the default database; yields a function that migrates it and returns the models of then."""
    with _settings(engine, folder) as settings:
        before = connections["default"]
        complete = connections.configure_settings({"default": settings})["default"]
        connections["default"] = load_backend(complete["ENGINE"]).DatabaseWrapper(complete, "default")
        try:
            yield _migrate
        finally:
            connections["default"].close()
            connections["default"] = before


def _migrate(*target):
    """To an app's migration, such as ("diagnostics", "0006_remedy")."""
    executor = MigrationExecutor(connections["default"])
    executor.migrate([target])
    return MigrationExecutor(connections["default"]).loader.project_state([target]).apps


@contextmanager
def _settings(engine, folder):
    if engine == "sqlite":
        yield {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "old.sqlite3")}
        return
    server = urlsplit(os.environ["DATABASE_URL"])
    if not server.scheme.startswith("postgres"):
        pytest.skip("no PostgreSQL in these tests")
    name = sql.Identifier(f"old_{uuid.uuid4().hex}")
    address = {"host": server.hostname, "port": server.port, "user": server.username, "password": server.password}
    with psycopg.connect(**address, dbname="postgres", autocommit=True) as maintenance:
        maintenance.execute(sql.SQL("create database {}").format(name))
        try:
            yield {"ENGINE": "django.db.backends.postgresql", "NAME": name.as_string().strip('"')} | {
                "HOST": server.hostname,
                "PORT": server.port,
                "USER": server.username,
                "PASSWORD": server.password or "",
            }
        finally:
            maintenance.execute(sql.SQL("drop database {} with (force)").format(name))
