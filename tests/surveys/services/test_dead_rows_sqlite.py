"""The same of the embedded database: after closing its files say nothing of who answered."""

import json
import os
import subprocess
import sys

from django.conf import settings

from tests.surveys.sqlite_wave import PEOPLE, VOTERS


def counts_of_a_wave(folder, *more):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "EMBEDDED": "1",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'faultline.sqlite3'}",
    }
    command = [sys.executable, "-m", "tests.surveys.sqlite_wave", folder, *more]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_on_sqlite_no_file_reveals_who_answered_or_was_reminded(tmp_path):
    assert counts_of_a_wave(tmp_path) == {"open": [VOTERS, PEOPLE - VOTERS], "closed": [0, 0]}


def test_without_secure_delete_they_would(tmp_path):
    answered, reminded = counts_of_a_wave(tmp_path, "careless")["closed"]
    assert answered + reminded > PEOPLE / 12
