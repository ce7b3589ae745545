"""Takes one step of a wave in a process of its own and writes what it took: `python -m ... STEP PEOPLE FOLDER`."""

import json
import os
import resource
import sys
import time
from pathlib import Path

import django

TICKS = os.sysconf("SC_CLK_TCK")


def peak_megabytes(process="self"):
    """The most memory that a process has had, what it shares with others included."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


class Meter:
    """Measures the one call that a step is about; what is done before it is preparation."""

    def __init__(self):
        self.found = {}

    def measure(self, work):
        """The seconds of `work`, those on the processor in this thread and in the database's process, and peaks."""
        before, began, busy = self._database_seconds(), time.perf_counter(), time.thread_time()
        outcome = work()
        busy, seconds = time.thread_time() - busy, time.perf_counter() - began
        server = self._server()
        self.found |= {
            "seconds": seconds,
            "busy": busy + self._database_seconds() - before,
            # Of this process or of one that it has started, whichever has had more.
            "megabytes": max(peak_megabytes(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
            "database_megabytes": peak_megabytes(server) if server else None,
        }
        return outcome

    def _database_seconds(self):
        server = self._server()
        if server is None:
            return 0.0
        after_name = Path(f"/proc/{server}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / TICKS

    @staticmethod
    def _server():
        """The process of PostgreSQL that serves this one; None on SQLite, which has none."""
        from django.db import connection  # noqa: PLC0415 -- Django must be set up first

        if connection.vendor != "postgresql":
            return None
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return cursor.fetchone()[0]


def main(name, people, folder):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from tests.benchmarks.bench import steps  # noqa: PLC0415 -- models need Django to be set up

    meter = Meter()
    getattr(steps, name)(meter, people, folder)
    (folder / "measured.json").write_text(json.dumps(meter.found))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
