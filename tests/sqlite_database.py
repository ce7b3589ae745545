"""An empty database in an SQLite file, with the product's own options, in the place of the default one."""

from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test.utils import override_settings


@contextmanager
def sqlite_database(folder):
    """For all threads: those that start inside get connections of their own to it."""
    before, known = connections["default"], connections.settings["default"]
    file = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "wave.sqlite3")}
    new = connections.configure_settings({"default": file | {"OPTIONS": settings.SQLITE_OPTIONS}})["default"]
    connections.settings["default"] = new
    del connections["default"]
    try:
        _make_tables()
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = known
        connections["default"] = before


def _make_tables():
    """As the models say they are now: the migrations that lead there would take seconds."""
    with override_settings(
        MIGRATION_MODULES=dict.fromkeys(("auth", "contenttypes", "sessions", "surveys", "diagnostics"))
    ):
        call_command("migrate", run_syncdb=True, verbosity=0)
