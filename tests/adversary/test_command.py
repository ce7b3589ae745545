"""manage.py audit_anonymity: what holds passes, what is broken fails, what could not be read is neither."""

import io
import json
from pathlib import Path

import jsonschema
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from surveys.audit import scratch, stage
from surveys.audit.schema import COLUMNS, differences
from surveys.models import AuditRun, Employee, Wave
from tests.adversary.audit_command import DEFECT, SCHEMA, failed
from tests.architecture.promises import promised
from tests.tiers import long_form

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _encrypted_site(settings):
    settings.SITE_URL = "https://faultline.example"
    # Browser tests in the same process allow what no deployment may; without that, no database after them.
    settings.SILENCED_SYSTEM_CHECKS = ["async.E001"]


def audit(*arguments):
    """(exit code, the document)."""
    out, code = io.StringIO(), 0
    try:
        call_command("audit_anonymity", "--json", *arguments, stdout=out)
    except SystemExit as end:
        code = end.code
    result = json.loads(out.getvalue())
    jsonschema.validate(result, SCHEMA)
    return code, result


def databases():
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}


@pytest.fixture(scope="module")
def rehearsed():
    """What the first rehearsal of this module found, for those tests that are about what comes after it."""
    return {}


@pytest.fixture
def as_rehearsed(rehearsed, monkeypatch):
    assert rehearsed, "the first test of this file did not end well"
    written = json.dumps(rehearsed)
    monkeypatch.setattr(stage, "start", lambda _, folder: (folder / stage.RESULT).write_text(written))


def test_on_postgresql_it_holds_and_leaves_nothing_behind(collected_static, rehearsed):
    before = databases()
    code, result = audit()
    rehearsed |= {name: result[name] for name in ("waves", "answers", "attacks", "searches")} | {"not_examined": []}
    assert (code, failed(result)) == (0, set())
    assert databases() == before
    assert (Employee.objects.count(), Wave.objects.count()) == (0, 0)
    unseen = {entry["code"]: entry["reason_code"] for entry in result["not_examined"]}
    assert unseen == {"ballot_keys": "keys_apart", "console": "output_elsewhere", "broker": "broker_in_use"}
    run = AuditRun.objects.get()
    assert (run.verdict, run.version, run.report) == ("passed", result["version"], result)
    bytes_of = {(search["code"], search["name"], search["moment"]): search["bytes"] for search in result["searches"]}
    folders = [("folder", name) for name in ("mailbox", "keys")]
    for source in (("write_ahead_log", ""), ("dump", ""), ("pages", "surveys_invitation"), *folders):
        assert bytes_of[*source, "open"] > 100, source
    sources = {(attack["rows"], attack["place"]) for attack in result["attacks"] if attack["goal"] == "answers"}
    assert sources == {("invitations", place) for place in ("rows", "dump", "pages", "page_bytes", "log")} | {
        ("mails", "rows"),
        ("mails", "mailbox"),
    }
    print(f"\n{result['answers']} answers; joins: {sum(attack['tries'] for attack in result['attacks'])}; "
          f"searched: {sum(bytes_of.values()):,} bytes")  # fmt: skip


@long_form
def test_where_nothing_is_shuffled_it_fails(collected_static, monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", DEFECT)
    code, result = audit()
    assert code == 1
    assert "answers" in failed(result)


def test_a_log_with_the_address_of_an_answer_page_fails(as_rehearsed, tmp_path):
    log = tmp_path / "proxy.log"
    log.write_text("GET /waves/ 200\n")
    assert audit("--log", str(log))[0] == 0
    log.write_text(f"GET /a/{'abcdefghijklmnopqrstuvwxyz'} 200\n")
    code, result = audit("--log", str(log))
    assert (code, failed(result)) == (1, {"logs"})


@pytest.mark.parametrize(
    ("setting", "failing"),
    [
        ("log_min_duration_statement = 0", {"settings", "server_log"}),
        ("log_lock_waits = on", {"server_log"}),
    ],
)
def test_a_server_that_logs_statements_or_rows_fails(as_rehearsed, setting, failing):
    with connection.cursor() as cursor:
        cursor.execute(f"SET {setting}")
    try:
        code, result = audit()
    finally:
        connection.close()
    assert (code, failed(result)) == (1, failing)


def test_a_column_too_many_fails(as_rehearsed):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE surveys_response ADD COLUMN created_at timestamp")
    try:
        code, result = audit()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE surveys_response DROP COLUMN created_at")
    assert (code, failed(result)) == (1, {"columns"})
    assert list(differences()) == []


def test_keys_within_reach_of_another_process_than_counting_fail(as_rehearsed, settings, tmp_path):
    settings.BALLOT_KEY_DIR = str(tmp_path)
    assert failed(audit()[1]) == {"ballot_keys"}


@pytest.mark.parametrize(("mode", "verdict"), [(0o700, set()), (0o755, {"ballot_keys"})])
def test_on_one_machine_the_keys_must_be_closed_to_other_users(as_rehearsed, settings, tmp_path, mode, verdict):
    settings.BALLOT_KEY_DIR, settings.KEY_APART = str(tmp_path), False
    tmp_path.chmod(mode)
    assert failed(audit()[1]) == verdict


def test_a_site_without_https_fails_and_would_not_start(as_rehearsed, settings):
    settings.SITE_URL = "http://faultline.example"
    assert failed(audit()[1]) == {"https", "settings"}


def test_a_rehearsal_that_breaks_off_fails_stores_nothing_and_clears_up(monkeypatch):
    before = databases()
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.adversary.defects.nowhere")
    with pytest.raises(CommandError, match=r"Not audited. The rehearsal broke off"):
        call_command("audit_anonymity")
    assert databases() == before
    assert AuditRun.objects.count() == 0


def test_what_a_killed_audit_left_behind_goes_with_the_next_one(as_rehearsed):
    left_over = f"{connection.settings_dict['NAME']}_audit_0123456789ab"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {left_over}")
    audit()
    assert left_over not in databases()


def test_two_audits_do_not_run_at_once(as_rehearsed, tmp_path):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [scratch.AUDIT_LOCK])
            with pytest.raises(CommandError, match="Another audit"):
                call_command("audit_anonymity")
    finally:
        other.close()


def test_a_rehearsal_refuses_a_database_that_holds_something(tmp_path: Path):
    with pytest.raises(CommandError, match="needs an empty database"):
        call_command("audit_anonymity", "--rehearse", str(tmp_path))


def test_the_columns_that_it_checks_are_those_of_the_document():
    assert {model.__name__: sorted(columns) for model, columns in COLUMNS.items()} == promised()


def test_for_a_reader_it_prints_every_attack_search_and_check(as_rehearsed, rehearsed):
    out = io.StringIO()
    call_command("audit_anonymity", stdout=out)
    text = out.getvalue()
    assert text.splitlines()[-1].startswith("Verdict: passed")
    assert all(attack["what"] in text and attack["source"] in text for attack in rehearsed["attacks"])
    assert text.count("Not examined: ") == 3
