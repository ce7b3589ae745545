"""What the containers run, run here as plain processes on a real PostgreSQL and Redis."""

import json
import os
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from tests.services import free_port

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = ("web", "worker", "counting")
START_SECONDS = 90
TOKEN = "abcdefghijklmnopqrstuvwxyz"


def run(*command: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "scripts" / command[0], *command[1:]], env=env, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture(scope="module")
def database():
    """A database of its own, for processes do not see the transaction of a test."""
    server, name = urlsplit(os.environ["DATABASE_URL"]), f"faultline_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield server._replace(path=f"/{name}").geturl()
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def environment(database, tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("stack"), free_port()
    return os.environ | {
        "DATABASE_URL": database,
        "REDIS_URL": os.environ["REDIS_URL"].rpartition("/")[0] + "/1",
        "VAR_DIR": str(folder),
        "STATIC_ROOT": str(folder / "static"),
        "SITE_URL": f"http://faultline.localhost:{port}",
        "BIND": f"127.0.0.1:{port}",
        "WEB_WORKERS": "1",
        "WORKER_CONCURRENCY": "1",
    }


@pytest.fixture(scope="module")
def stack(environment):
    """The folder with the logs of web, worker and counting, which run until the last test of this file."""
    folder = Path(environment["VAR_DIR"])
    for step in (("process.sh", "migrate"), ("static.sh",)):
        done = run(*step, env=environment)
        assert done.returncode == 0, done.stderr
    started = []
    for name in PROCESSES:
        with (folder / f"{name}.log").open("wb") as log:
            command = [ROOT / "scripts" / "process.sh", name]
            started.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True))
    yield folder
    for process in started:
        process.terminate()
    assert [process.wait(60) for process in started] == [0] * len(PROCESSES)


def healthy(name: str, environment: dict[str, str]) -> bool:
    return run("health.sh", name, env=environment).returncode == 0


def get(path: str, environment: dict[str, str]) -> tuple[int, dict[str, str]]:
    request = urllib.request.Request(
        f"http://{environment['BIND']}{path}", headers={"Host": urlsplit(environment["SITE_URL"]).netloc}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:  # noqa: S310 -- loopback
            return reply.status, dict(reply.headers)
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers)


@pytest.mark.parametrize("name", PROCESSES)
def test_each_process_becomes_healthy(stack, environment, name):
    deadline = time.monotonic() + START_SECONDS
    while not healthy(name, environment):
        assert time.monotonic() < deadline, (stack / f"{name}.log").read_text()
        time.sleep(0.2)


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_a_process_that_does_not_run_is_not_healthy(environment, tmp_path, name):
    elsewhere = {
        "BIND": f"127.0.0.1:{free_port()}",
        "REDIS_URL": environment["REDIS_URL"].rpartition("/")[0] + "/2",
        "VAR_DIR": str(tmp_path),
    }
    assert not healthy(name, environment | elsewhere)


def test_static_files_are_served_and_kept_for_ever(stack, environment):
    manifest = json.loads((stack / "static" / "staticfiles.json").read_text())
    hashed = next(name for original, name in sorted(manifest["paths"].items()) if original.endswith(".css"))
    status, headers = get(f"/static/{hashed}", environment)
    assert (status, headers["Cache-Control"]) == (200, "max-age=315360000, public, immutable")


def test_the_log_of_the_web_process_has_no_trace_of_answer_pages(stack, environment):
    get(f"/a/{TOKEN}", environment)
    get("/no-such-page", environment)
    log = (stack / "web.log").read_text()
    assert "/no-such-page" in log
    assert TOKEN not in log


def test_only_the_counting_worker_has_the_keys(stack, environment):
    with_keys = environment | {"BALLOT_KEY_DIR": str(stack / "keys"), "BIND": f"127.0.0.1:{free_port()}"}
    for name in ("web", "worker", "beat"):
        done = run("process.sh", name, env=with_keys)
        assert done.returncode != 0
        assert "BALLOT_KEY_DIR is set" in done.stderr
