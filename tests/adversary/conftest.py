import os
import subprocess
import sys

import pytest
from django.conf import settings

LONG = os.environ.get("ADVERSARY") == "long"


@pytest.fixture(scope="session")
def collected_static():
    """The static files where web processes serve them from."""
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, cwd=settings.BASE_DIR, check=True)
