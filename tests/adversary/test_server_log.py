"""What a real PostgreSQL writes into its log, setting by setting, and that the audit finds each that says too much.

Values are bound by the server, as the product binds them, so that most lines hold placeholders only; but not all.
"""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import yaml
from django.conf import settings

from surveys.audit.codes import Unread, UnreadReason
from surveys.audit.server import LIBRARIES, OF_LIBRARIES, READ, problems, unseen
from tests import services

OPTIONS = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "logging_collector=on")
PERSON, ANSWERS = 7_712_345, b"the-answers-of-one"
SIGNS = {
    "values": (str(PERSON).encode(), ANSWERS.hex().encode()),
    "statements": (b"UPDATE invitation", b"INSERT INTO response"),
    "places of rows": (b"tuple (0,",),
    "transactions": tuple(b"xid/subid/cid: %d" % first for first in range(1, 10)),
}
TABLES = (
    "CREATE TABLE invitation (id integer PRIMARY KEY, answered boolean)",
    f"INSERT INTO invitation VALUES ({PERSON}, false)",
    "CREATE TABLE response (code integer CHECK (code < 5), answers bytea)",
)


def production():
    """The settings that docker-compose.yml gives its server."""
    compose = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text(encoding="utf-8"))
    return tuple(part for part in compose["services"]["postgres"]["command"].split() if "=" in part)


@pytest.fixture(scope="module")
def server():
    """(url, folder of its logs) of a server as in production."""
    with tempfile.TemporaryDirectory(prefix="faultline-server-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with services.postgres(folder / "postgres", (*OPTIONS, *production())) as made:
            url = made.rpartition("/")[0] + "/postgres"
            with psycopg.connect(url, autocommit=True) as connection:
                for statement in TABLES:
                    connection.execute(statement)
            yield url, folder / "postgres" / "data" / "log"


def until(happened):
    deadline = time.monotonic() + 30
    while not (found := happened()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return found


def session(url, changes):
    connection = psycopg.connect(url, autocommit=True)
    for change in changes:
        connection.execute(change)
    return connection


def live_through(url, changes):
    """An answer that is stored, one that cannot be stored, and two processes that wait for one row."""
    with session(url, changes) as one, session(url, changes) as other, session(url, changes) as third:
        one.execute("UPDATE invitation SET answered = true WHERE id = %s", [PERSON])
        one.execute("INSERT INTO response VALUES (%s, %s)", [1, ANSWERS])
        with pytest.raises(psycopg.errors.CheckViolation):
            one.execute("INSERT INTO response VALUES (%s, %s)", [9, ANSWERS])
        with ThreadPoolExecutor(2) as pool, one.transaction():
            one.execute("UPDATE invitation SET answered = true WHERE id = %s", [PERSON])
            lock = "SELECT FROM invitation WHERE id = %s FOR UPDATE"
            for waiting in (other, third):
                pool.submit(waiting.execute, lock, [PERSON])
            long = "SELECT count(*) = 2 FROM pg_locks WHERE clock_timestamp() - waitstart > interval '50 ms'"
            until(lambda: one.execute(long).fetchone()[0])
        return dict(one.execute(READ, [OF_LIBRARIES]).fetchall())


def logged(server, changes):
    """(kinds of things in what was logged meanwhile, the server's settings)."""
    url, logs = server
    before = {path: path.stat().st_size for path in logs.iterdir()}
    found = live_through(url, ["SET deadlock_timeout = '1 ms'", *changes])
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DO $$ BEGIN RAISE LOG 'no more'; END $$")

    def text():
        heap = b"".join(path.read_bytes()[before.get(path, 0) :] for path in logs.iterdir())
        return heap if b"no more" in heap else None

    heap = until(text)
    return {kind for kind, signs in SIGNS.items() if any(sign in heap for sign in signs)}, found


def at_fault(found):
    return {problem.partition(" ")[0] for problem in problems(found)}


def test_the_settings_of_production_let_nothing_into_the_log(server):
    heard, found = logged(server, [])
    assert (heard, list(problems(found)), unseen(found)) == (set(), [], {})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (["log_statement = 'all'"], {"statements"}),
        (["log_statement = 'mod'"], {"statements"}),
        (["log_min_duration_statement = 0"], {"statements"}),
        (["log_min_error_statement = 'error'"], {"statements"}),
        (["log_error_verbosity = 'default'"], {"values"}),
        (["log_lock_waits = on"], {"places of rows"}),
        (["log_min_messages = 'debug2'"], {"statements"}),
        (["log_min_messages = 'debug5'"], {"statements", "transactions"}),
    ],
)
def test_any_other_value_logs_too_much_and_is_found(server, changes, expected):
    heard, found = logged(server, [f"SET {change}" for change in changes])
    assert heard == expected
    assert at_fault(found) == {change.partition(" ")[0] for change in changes}


def test_statements_come_with_their_values_unless_the_log_is_terse(server):
    heard, found = logged(server, ["SET log_statement = 'all'", "SET log_error_verbosity = 'default'"])
    assert heard == {"statements", "values"}
    assert [problem for problem in problems(found) if "log_statement" in problem] == [
        "log_statement is all: it writes answers into the server's log; set it to ddl or none"
    ]
    (terse,) = problems(found | {"log_error_verbosity": "terse"})
    assert "it writes statements into the server's log, though without their values" in terse


def test_plans_of_auto_explain_hold_values_however_terse_the_log_is(server):
    loaded = ["LOAD 'auto_explain'"]
    heard, found = logged(server, loaded)
    assert (heard, at_fault(found)) == (set(), set())
    heard, found = logged(server, [*loaded, "SET auto_explain.log_min_duration = 0"])
    assert {"statements", "values"} <= heard
    assert at_fault(found) == {"auto_explain.log_min_duration"}


@pytest.mark.parametrize("destination", ["csvlog", "jsonlog"])
def test_structured_logs_have_the_failed_row_even_if_terse(server, destination):
    with psycopg.connect(server[0], autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET log_destination = 'stderr, {destination}'")
        connection.execute("SELECT pg_reload_conf()")
        until(lambda: destination in connection.execute("SHOW log_destination").fetchone()[0])
        try:
            heard, found = logged(server, [])
        finally:
            connection.execute("ALTER SYSTEM RESET log_destination")
            connection.execute("SELECT pg_reload_conf()")
            until(lambda: destination not in connection.execute("SHOW log_destination").fetchone()[0])
    assert (heard, at_fault(found)) == ({"values"}, {"log_destination"})


def test_pgaudit_is_judged_by_its_own_settings(server):
    """It is not installed with PostgreSQL; its settings can be made without it."""
    _, found = logged(server, ["SET pgaudit.log = 'write'"])
    assert at_fault(found) == {"pgaudit.log"}
    preloaded = found | {"shared_preload_libraries": "pgaudit", "pgaudit.log": "none", "pgaudit.role": ""}
    assert (at_fault(preloaded), unseen(preloaded)) == (set(), {})


def test_what_cannot_be_read_or_is_not_known_is_not_examined(server):
    url, _ = server
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE ROLE reader LOGIN")
        found = dict(connection.execute(READ, [OF_LIBRARIES]).fetchall())
    with psycopg.connect(url.replace("postgres@", "reader@")) as connection:
        less = dict(connection.execute(READ, [OF_LIBRARIES]).fetchall())
    assert list(problems(less)) == []
    hidden = ("shared_preload_libraries", "session_preload_libraries")
    assert unseen(less) == {LIBRARIES: Unread(UnreadReason.LIBRARIES_HIDDEN, hidden)}
    strange = {"shared_preload_libraries": 'pg_stat_statements, "$libdir/plugins/watcher.so"'}
    assert unseen(found | strange) == {LIBRARIES: Unread(UnreadReason.LIBRARIES_UNKNOWN, ("watcher",))}
    assert unseen(found | {"session_preload_libraries": "auto_explain"}) == {
        LIBRARIES: Unread(UnreadReason.LIBRARIES_UNKNOWN, ("auto_explain",))
    }
