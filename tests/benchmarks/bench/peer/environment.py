"""An environment of its own for the peer, from PyPI, with the same Django, web server and driver as the product."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

PEER = "django-survey-and-report==1.5.0"
FOLDER = Path("var/peer")


def peer_python():
    """The Python that has it; installed the first time."""
    python = FOLDER.absolute() / "bin" / "python"
    same = [f"{name}=={version(name)}" for name in ("django", "gunicorn", "psycopg", "psycopg-binary")]
    wanted = "\n".join([PEER, *same])
    installed = FOLDER / "installed"
    if not installed.exists() or installed.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", FOLDER], check=True)
        subprocess.run([python, "-m", "pip", "install", "-qq", *wanted.split()], check=True)
        installed.write_text(wanted)
    return python
