import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture
def killed():
    """Closes (or opens) a wave in a process of its own that is killed at a point; returns how that process ended."""
    database = connection.settings_dict
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.killed"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def run(point, wave, folder, *, step="close"):
            process.stdin.write(f"{step} {point} {wave.id} {folder}\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        yield run
