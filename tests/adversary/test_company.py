"""The attack on 400 people: real PostgreSQL, gunicorn, workers, beat, Redis and SMTP, and all they leave behind."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from surveys.audit.site import free_address
from tests import services
from tests.tiers import LONG, long_form

POSTGRES = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "track_commit_timestamp=off",
    "wal_level=replica",
    "log_connections=on",
    "log_checkpoints=on",
    "fsync=off",  # the data live as long as the tests
)
LEGITIMATE = {
    # The roster is a list of addresses, and so are the mails and a file of people that HR looks at; whatever holds the
    # whole database holds it too.
    "open": {("write_ahead_log", ""), ("dump", ""), ("folder", "mailbox")}
    | {(kind, f"surveys_{table}") for kind in ("table", "pages") for table in ("employee", "mail", "uploadpart")},
}
LEGITIMATE["closed"] = LEGITIMATE["open"] | {
    (kind, f"surveys_{table}") for kind in ("table", "pages") for table in ("response", "comment")
}


@pytest.fixture(scope="module")
def found(collected_static):
    with tempfile.TemporaryDirectory(prefix="faultline-adversary-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        aof = ("--appendonly", "yes", "--appendfsync", "everysec")
        with (
            services.postgres(folder / "postgres", POSTGRES) as database,
            services.redis(folder / "redis", *aof) as broker,
        ):
            with psycopg.connect(database.rpartition("/")[0] + "/postgres", autocommit=True) as server:
                server.execute("CREATE DATABASE faultline")
            environment = os.environ | {
                "DATABASE_URL": database,
                "REDIS_URL": broker,
                "EMAIL_URL": f"smtp://127.0.0.1:{services.free_port()}",
                "SITE_URL": f"http://{free_address()}",
                "VAR_DIR": str(folder / "var"),
                "WORKER_CONCURRENCY": "2",
                "POSTGRES_LOG": str(folder / "postgres" / "log"),
                "REDIS_LOG": str(folder / "redis" / "log"),
                "REDIS_AOF": str(folder / "redis" / "appendonlydir"),
            }
            command = [sys.executable, "-m", "tests.adversary.live", str(folder)]
            done = subprocess.run(
                command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
            )
        logs = "".join(path.read_text(errors="replace")[-2000:] for path in sorted((folder / "logs").glob("*.log")))
        assert done.returncode == 0, f"{done.stderr}\n{logs}"
        return json.loads((folder / "found.json").read_text())


def attacks(found, goal):
    return [attack for attack in found["attacks"] if attack["goal"] == goal]


def source_of(search):
    return search["code"], search["name"]


def print_attacks(rows):
    for row in rows:
        print(f"\n{row['what']}, {row['source']}: {row['tries']} joins, best {row['hits']} of {row['guesses']}, "
              f"chance {row['chance']}, at most {row['at_most']}", end="")  # fmt: skip


def test_everything_was_read(found):
    assert found["not_examined"] == []
    assert found["logs"] == ["beat.log", "counting.log", "web.log", "worker.log"]
    size = {(*source_of(search), search["moment"]): search["bytes"] for search in found["searches"]}
    for name in ("POSTGRES_LOG", "REDIS_LOG", "REDIS_AOF", "redis-contents", "mailbox", "logs"):
        assert size["folder", name, "open"] > 100, name
    assert size["dump", "", "open"] > 100
    assert size["write_ahead_log", "", "closed"] >= 16 * 2**20
    assert size["folder", "keys", "open"] > 64
    assert size["folder", "beat", "closed"] > 0
    print(f"\n{sum(size.values()):,} bytes searched:")
    for (code, name, moment), count in size.items():
        if code not in ("table", "pages"):
            print(f"  {name or code}, {moment}: {count:,}")


def test_while_a_wave_is_open_nothing_can_be_read_of_it_without_the_key(found):
    open_wave = [search for search in found["searches"] if search["moment"] == "open"]
    assert {kind for search in open_wave for kind in search["found"]} == {"address", "token"}


def test_each_source_holds_what_it_may_and_nothing_else(found):
    for moment, sources in LEGITIMATE.items():
        holding = {source_of(search) for search in found["searches"] if search["moment"] == moment and search["found"]}
        assert holding == sources
    assert [search for search in found["searches"] if search["verdict"] == "failed"] == []
    (box,) = [search for search in found["searches"] if (search["name"], search["moment"]) == ("mailbox", "closed")]
    assert box["found"] == ["address", "token"]


def test_with_the_key_after_a_shuffle_live_tables_link_no_person(found):
    rows = attacks(found, "sealed_ballots")
    print_attacks(rows)
    assert {(row["rows"], row["place"]) for row in rows} == {
        ("invitations", "rows"),
        ("mails", "rows"),
        ("mails", "mailbox"),
    }
    assert all(row["guesses"] > (200 if LONG else 120) and row["verdict"] == "passed" for row in rows)


@pytest.mark.parametrize("goal", ["answers", "ratings", "comments", "comments_by_answers"])
def test_after_closing_all_sources_together_link_no_person(found, goal):
    rows = attacks(found, goal)
    print_attacks(rows)
    assert {row["verdict"] for row in rows} == {"passed"}
    assert {row["place"] for row in rows} >= {"rows", "dump", "pages", "page_bytes", "log"}


def test_who_answered_is_forgotten_and_all_waves_of_it_reveal_nothing(found):
    rows = attacks(found, "presence") + attacks(found, "answers_by_presence")
    print_attacks(rows)
    assert found["waves"] == (6 if LONG else 3)
    assert [row["verdict"] for row in rows] == ["passed", "passed"]


@long_form
def test_presence_that_is_known_from_elsewhere_would_reveal_something(found):
    """The reason why it is forgotten, and what copies that were made meanwhile still give away."""
    known = found["presence_known"]
    print(f"\nknown presence over six waves: {known['hits']} of {known['guesses']}, chance {known['chance']:.1f}")
    assert known["hits"] > known["at_most"]
