"""A PostgreSQL of their own for the benchmarks, and a folder that goes when they end."""

import os
import tempfile
from contextlib import contextmanager
from multiprocessing import Process
from pathlib import Path

import django
from django.core.management import call_command

from tests import services

# As in production: what is timed waits for the disk.
SYNCED = services.POSTGRES_OPTIONS[: services.POSTGRES_OPTIONS.index("fsync=off")]


@contextmanager
def own_folder():
    """One that the server's user can enter too."""
    with tempfile.TemporaryDirectory(prefix="faultline-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@contextmanager
def own_postgres(folder, options=services.POSTGRES_OPTIONS):
    """The address of an empty database: the cluster is new, so that is the server's own."""
    with services.postgres(folder / "postgres", options) as url:
        yield f"{url.rpartition('/')[0]}/postgres"


def missed_on_either(write_files, measure):
    """Writes files into a folder of their own, and measures on SQLite, then on PostgreSQL: whether a goal is missed.

    `measure` takes the database's name, its address and the folder.
    """
    with own_folder() as folder:
        # By a process of its own: one that is started by a large one is counted as large itself.
        writing = Process(target=write_files, args=[folder])
        writing.start()
        writing.join()
        missed = measure("SQLite", f"sqlite:///{folder / 'faultline.sqlite3'}", folder)
        with own_postgres(folder) as url:
            return measure("PostgreSQL", url, folder) or missed


@contextmanager
def django_on_postgres(options=services.POSTGRES_OPTIONS):
    """Sets Django up in this process, on migrated tables; models can be imported from then on."""
    with own_folder() as folder, own_postgres(folder, options) as url:
        os.environ |= {
            "DATABASE_URL": url,
            "REDIS_URL": "redis://127.0.0.1:1/0",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        services.set_environment(folder)
        django.setup()
        call_command("migrate", verbosity=0)
        yield
