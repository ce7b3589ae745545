"""Folders, a dump, and a broker's contents."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from surveys.audit.codes import UnreadReason
from surveys.audit.evidence.source import UnreadableError
from surveys.audit.evidence.wal import program


def folder(path: Path) -> Iterator[bytes]:
    """The name, the times and the bytes of every file below, or of the one file that it is."""
    for file in [path] if path.is_file() else sorted(below for below in path.rglob("*") if below.is_file()):
        times = file.stat()
        yield f"{file.relative_to(path)} {times.st_mtime_ns} {times.st_ctime_ns}\n".encode()
        yield file.read_bytes()


def dump() -> bytes:
    """The database as pg_dump, or SQLite's own dump, writes it."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return "\n".join(connection.connection.iterdump()).encode()
    at = connection.settings_dict
    command = [program("pg_dump"), "--host", at["HOST"] or "localhost", "--port", str(at["PORT"] or 5432)]
    command += ["--username", at["USER"], "--no-password", at["NAME"]]
    environment = os.environ | {"PGPASSWORD": at["PASSWORD"]}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)  # noqa: S603 -- PostgreSQL's own
    if done.returncode:
        detail = done.stderr.decode(errors="replace").strip()
        raise UnreadableError(UnreadReason.PROGRAM_FAILED, "pg_dump", detail=detail)
    return done.stdout


def sqlite_files() -> list[tuple[str, bytes]]:
    """The database's file, and its log beside it."""
    path = Path(connection.settings_dict["NAME"])
    beside = [path, path.with_name(f"{path.name}-wal")]
    # By another process: closing the file here would drop the locks that this process's SQLite holds on it
    # (https://www.sqlite.org/howtocorrupt.html, 2.2).
    return [
        (copy.name, subprocess.run(["cat", copy], capture_output=True, check=True).stdout)  # noqa: S603, S607
        for copy in beside
        if copy.exists()
    ]
