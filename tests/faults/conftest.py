import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from tests.company import make_people, make_survey, open_next
from tests.scripted_smtp import scripted_server


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


@pytest.fixture
def people(request):
    """How many are invited: as the module has in PEOPLE, unless a test asks for another number."""
    return request.module.PEOPLE


@pytest.fixture
def server(settings, tmp_path, people):
    """A scripted mail server, and the invitations of an open wave to so many people."""
    make_people({"Sales": (None, people)})
    open_next(make_survey(), tmp_path)
    with scripted_server(settings) as server:
        yield server
