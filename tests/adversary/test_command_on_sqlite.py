"""manage.py audit_anonymity by itself, on the embedded default."""

import json
import os
import subprocess
import sys

import jsonschema
from django.conf import settings

from tests.adversary.audit_command import DEFECT, SCHEMA, failed
from tests.tiers import long_form

pytestmark = long_form


def audit(folder, **environment):
    """(exit code, the document)."""
    gone = ("REDIS_URL", "DJANGO_ALLOW_ASYNC_UNSAFE")
    process = {name: value for name, value in os.environ.items() if name not in gone} | {
        "DATABASE_URL": f"sqlite:///{folder / 'faultline.sqlite3'}",
        "EMBEDDED": "1",
        "VAR_DIR": str(folder),
        "SITE_URL": "http://127.0.0.1:8000",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        **environment,
    }
    run = [sys.executable, "manage.py"]
    subprocess.run([*run, "migrate", "--verbosity", "0"], cwd=settings.BASE_DIR, env=process, check=True)
    done = subprocess.run(
        [*run, "audit_anonymity", "--json"],
        cwd=settings.BASE_DIR,
        env=process,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    result = json.loads(done.stdout)
    jsonschema.validate(result, SCHEMA)
    return done.returncode, result


def test_where_nothing_is_shuffled_it_fails(collected_static, tmp_path):
    code, result = audit(tmp_path, DJANGO_SETTINGS_MODULE=DEFECT)
    assert code == 1
    assert result["verdict"] == "failed"
    # SQLite keeps no transaction numbers; what tells there is that rows lie in the order of the ballots.
    # A reminder tells who answers late, so roughly which rows are theirs: in one run of a hundred it is enough.
    assert failed(result, besides="mailbox") == {"comments_by_answers"}


def test_it_holds(collected_static, tmp_path):
    code, result = audit(tmp_path)
    assert (code, failed(result)) == (0, set())
