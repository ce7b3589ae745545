"""The web servers that are compared, each with two processes of four threads, and what they take of memory."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.benchmarks.bench.child import peak_megabytes
from tests.services import free_port

ROOT = Path(__file__).resolve().parents[4]
WORKERS, THREADS, SECONDS = "2", "4", 60


@contextmanager
def product(folder, application="config.wsgi"):
    """As `scripts/process.sh web` starts it, or with another application."""
    port = free_port()
    own = {"BIND": f"127.0.0.1:{port}", "WEB_WORKERS": WORKERS, "WEB_THREADS": THREADS, "VAR_DIR": str(folder)}
    # As scripts/process.sh has it.
    own |= {"PYTHONMALLOC": "malloc", "MALLOC_PERTURB_": "165", "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0"}
    command = [sys.executable, "-m", "gunicorn", "--config", "config/web_server/gunicorn.py", application]
    with _running(command, os.environ | own, port) as process:
        yield port, process


@contextmanager
def peer(python, environment):
    """By the same web server, with the kind of worker that has threads."""
    port = free_port()
    command = [python, "-m", "gunicorn", "--workers", WORKERS, "--threads", THREADS, "--bind", f"127.0.0.1:{port}"]
    command += ["--log-level", "error", "django.core.wsgi:get_wsgi_application()"]
    with _running(command, environment, port) as process:
        yield port, process


def peer_environment(database):
    """Of its processes: a database of its own on the same server."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE DATABASE peer")
        address = f"{connection.info.host}:{connection.info.port}:peer"
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    site = str(ROOT / "tests" / "benchmarks" / "bench" / "peer" / "site")
    return kept | {"PEER_DATABASE": address, "DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": site}


def memory(process):
    """Of its worker that has taken most, in MB."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
    return max(map(peak_megabytes, children))


@contextmanager
def _running(command, environment, port):
    process = subprocess.Popen(list(map(str, command)), env=environment, cwd=ROOT, start_new_session=True)
    try:
        _wait(process, port)
        yield process
    finally:
        process.terminate()
        process.wait(SECONDS)


def _wait(process, port):
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"{process.args} did not start.")
