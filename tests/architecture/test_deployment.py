"""The settings under which the product ships."""

import os
import re
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection

from tests.architecture.source import ROOT

PRODUCTION = {
    "SITE_URL": "https://faultline.example.com",
    "SECRET_KEY": "a session key for this test, with enough different letters: 0123456789",
    "LINK_KEY": "a link key for this test, with enough different letters: 0123456789",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    whole = os.environ | PRODUCTION | environment
    # The browser tests set it for this process; a deployment has none.
    whole.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    return subprocess.run(command, cwd=ROOT, env=whole, capture_output=True, text=True, check=False)


def test_djangos_deployment_checks_find_nothing_under_production_settings(db):
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    done = manage("check", "--deploy", "--fail-level", "WARNING", "--database", "default", DATABASE_URL=url.geturl())
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"System check .* no issues \(0 silenced\)\.\n", done.stdout)


def test_a_command_refuses_a_site_without_https():
    done = manage("check", SITE_URL="http://faultline.example.com")
    assert done.returncode == 1
    assert "faultline.E008" in done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "LINK_KEY", "REDIS_URL"])
def test_no_secret_and_no_server_has_a_default_in_production(name, monkeypatch):
    monkeypatch.delenv(name)
    monkeypatch.delitem(PRODUCTION, name, raising=False)
    done = manage("check")
    assert done.returncode == 1
    assert f"Set the {name} environment variable" in done.stderr


def test_only_the_counting_worker_may_be_given_the_keys_of_the_ballots(tmp_path):
    refused = manage("check", BALLOT_KEY_DIR=str(tmp_path))
    assert refused.returncode == 1
    assert "Only the counting worker may hold the keys" in refused.stderr
    assert manage("check", BALLOT_KEY_DIR=str(tmp_path), FAULTLINE_ROLE="counting").returncode == 0


def test_a_secret_can_be_a_file(tmp_path, monkeypatch):
    monkeypatch.delitem(PRODUCTION, "LINK_KEY")
    monkeypatch.delenv("LINK_KEY")
    (tmp_path / "link_key").write_text("0123456789" * 4 + "\n")
    done = manage(
        "shell",
        "--no-imports",
        "-c",
        "from django.conf import settings; print(settings.LINK_KEY.decode(), end='|')",
        LINK_KEY_FILE=str(tmp_path / "link_key"),
    )
    assert done.stdout == "0123456789" * 4 + "|"


@pytest.mark.parametrize(
    ("name", "value", "least", "most"),
    [
        ("SHUFFLE_HOUR", "24", 0, 23),
        ("SHUFFLE_HOUR", "three", 0, 23),
        ("MAIL_PER_MINUTE", "-1", 0, 100000),
        ("ALERT_LEVEL", "19", 20, 80),
        ("RETAIN_INVITATIONS_DAYS", "-1", 0, 3650),
        ("RETAIN_RESPONSES_DAYS", "3651", 0, 3650),
    ],
)
def test_a_number_out_of_its_range_is_refused(name, value, least, most):
    done = manage("check", **{name: value})
    assert done.returncode == 1
    assert f"{name} is {value}. Set it to a whole number from {least} to {most}." in done.stderr


def test_migrations_are_complete(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
