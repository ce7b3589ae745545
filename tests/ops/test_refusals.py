"""What the checks call an error, and a setting that cannot be read, end every process before it does anything."""

import os
import subprocess
import sys
from itertools import starmap
from pathlib import Path

import pytest
from django.db import connection

from tests.services import free_port
from tests.tiers import long_form

ROOT = Path(__file__).resolve().parents[2]
KEY = "0b1c7f5e92a84d36be0f7a1359c2d4e8776fa01b3c5d9e2480ab6713f4d5c9e2"
# One that a check finds, and one that reading the settings does. Of the others, tests/ops/test_checks.py and
# tests/config/parsing hold what finds them, without a process for each.
FAULTS = [
    ({"LINK_KEY": "x"}, "E002"),
    ({"SITE_URL": "pulse.acme.example"}, "SITE_URL does not begin with https://"),
]
MORE_FAULTS = [
    ({"LINK_KEY": ""}, "E002"),
    ({"LINK_KEY": "a" * 32}, "E002"),
    ({"LINK_KEY": KEY, "SECRET_KEY": KEY}, "E007"),
    ({"SECRET_KEY": "x"}, "E006"),
    ({"SITE_URL": "http://pulse.acme.example"}, "E008"),
    ({"DEBUG": "1", "SITE_URL": "https://pulse.acme.example"}, "E009"),
    ({"DEBUG": "1", "BIND": "0.0.0.0:0"}, "E009"),
    ({"ALLOWED_HOSTS": "*"}, "E010"),
    ({"EMBEDDED": "1", "BALLOT_KEY_DIR": "keys"}, "BALLOT_KEY_DIR is set"),
    ({"SITE_URL": "https://acme.example/pulse"}, "SITE_URL has a path"),
    ({"MAIL_FROM": "Acme HR"}, "MAIL_FROM has no mail address"),
    ({"EMAIL_URL": "mail.acme.example:25"}, "EMAIL_URL does not begin with smtp://"),
    ({"COMPANY_TIME_ZONE": "Berlin"}, "COMPANY_TIME_ZONE is Berlin"),
    ({"LINK_KEY_FILE": "/nowhere/link_key"}, "LINK_KEY is to be read from a file"),
]
COMMANDS = {
    "web": ["scripts/process.sh", "web"],
    "answers": ["scripts/process.sh", "answers"],
    "worker": ["scripts/process.sh", "worker"],
    "counting": ["scripts/process.sh", "counting"],
    "beat": ["scripts/process.sh", "beat"],
    "manage": [sys.executable, "manage.py", "tick"],
}


def long(*values):
    return pytest.param(*values, marks=long_form)


def run(command, environment, folder):
    address = f"127.0.0.1:{free_port()}"
    own = {"BIND": address, "ANSWERS_BIND": address, "VAR_DIR": str(folder), "WEB_WORKERS": "1"}
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | own | environment, capture_output=True, text=True, check=False, timeout=90
    )


@pytest.mark.parametrize(("environment", "why"), [*FAULTS, *starmap(long, MORE_FAULTS)])
def test_whatever_serves_pages_refuses_faulty_settings(environment, why, tmp_path):
    done = run([sys.executable, "-c", "import config.wsgi"], environment, tmp_path)
    assert done.returncode == 1
    assert why in done.stderr


def test_whatever_serves_pages_starts_without_a_fault(tmp_path, db):
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    done = run([sys.executable, "-c", "import config.wsgi"], {"DATABASE_URL": url}, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_site_answers_to_its_international_name(tmp_path, db):
    ask = "print(Client().get('/healthz', headers={'host': 'umfrage.xn--mller-kva.example'}).status_code)"
    program = f"import config.wsgi; from django.test import Client; {ask}"
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    address = {"DATABASE_URL": url, "SITE_URL": "https://Umfrage.müller.example"}
    assert run([sys.executable, "-c", program], address, tmp_path).stdout == "200\n"


def test_a_web_process_starts_while_the_database_cannot_be_reached(tmp_path):
    nowhere = {"DATABASE_URL": f"postgres://postgres@127.0.0.1:{free_port()}/faultline"}
    done = run([sys.executable, "-c", "import config.wsgi"], nowhere, tmp_path)
    assert done.returncode == 0
    assert done.stderr.count("WARNING config.starting: ") == 1


@pytest.mark.parametrize(
    "name",
    ["web", "counting", "manage", *(pytest.param(name, marks=long_form) for name in ("answers", "worker", "beat"))],
)
def test_every_process_ends_at_once_on_an_error_of_the_checks(name, tmp_path):
    done = run(COMMANDS[name], {"LINK_KEY": "a" * 32}, tmp_path)
    assert done.returncode != 0
    assert "faultline.E002" in done.stderr
    assert "openssl rand -hex 32" in done.stderr
