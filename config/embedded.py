"""`make run`: the whole product for real use on one machine, kept in var/run.

The settings are written once to var/run/env, for the operator to edit; what they mean is in docs/operations.md.
"""

import os
import secrets
import shlex
import socket
import subprocess
import sys
from pathlib import Path

from honcho.environ import parse

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "run"
_TEMPLATE = """\
# The settings of this installation; docs/operations.md explains each. Keep the file secret and in your backup.
SECRET_KEY={secret_key}
# Without the link key no link that was mailed leads to its answer page any more.
LINK_KEY={link_key}
EMBEDDED=1
VAR_DIR={folder}
STATIC_ROOT={folder}/static
# Where the web server listens, and the address under which employees reach it.
BIND=127.0.0.1:8000
# The same pages from processes of their own, for a proxy that sends answer pages (/a/) there.
ANSWERS_BIND=127.0.0.1:8001
SITE_URL=http://127.0.0.1:8000
# Your mail server: smtp+tls://user:password@host:587
EMAIL_URL=smtp://127.0.0.1:25
MAIL_FROM='Faultline <faultline@localhost>'
ORGANISATION='Your organisation'
# Waves open by this clock.
COMPANY_TIME_ZONE=UTC
"""
_WELCOME = """
Faultline runs at {SITE_URL} (Ctrl-C ends it). Its settings are in {file}.
First steps, in another terminal:
  scripts/manage.sh create_staff you@example.com --name "Your name" --role hr
  scripts/manage.sh import_people people.csv
"""


def write_settings(folder: Path) -> Path:
    """The settings file of the installation in `folder`: new keys if there is none yet, else as it is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "env"
    if not path.exists():
        text = _TEMPLATE.format(
            secret_key=secrets.token_urlsafe(50), link_key=secrets.token_urlsafe(50), folder=shlex.quote(str(folder))
        )
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
    return path


def prepare(environment: dict[str, str]) -> None:
    """Brings database and static files up to this version. Raises CalledProcessError if a step fails."""
    for command in (["migrate", "--no-input"], ["collectstatic", "--no-input"]):
        subprocess.run(  # noqa: S603 -- our own commands
            [sys.executable, ROOT / "manage.py", *command, "--verbosity", "0"], cwd=ROOT, env=environment, check=True
        )


def address_taken(bind: str) -> bool:
    host, _, port = bind.rpartition(":")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError:
            return True
    return False


def main() -> None:
    file = write_settings(FOLDER)
    settings = parse(file.read_text())
    for name, bind in (("BIND", settings["BIND"]), ("ANSWERS_BIND", settings.get("ANSWERS_BIND", "127.0.0.1:8001"))):
        if address_taken(bind):
            sys.exit(f"{bind} is taken by another program. Change {name} in {file}; with BIND also SITE_URL.")
    environment = os.environ | settings
    try:
        prepare(environment)
    except subprocess.CalledProcessError as error:
        sys.exit(f"Not started: {shlex.join(map(str, error.cmd))} failed, as it says above.")
    print(_WELCOME.format(**settings, file=file), flush=True)  # noqa: T201 -- this is for the person at the terminal
    honcho = [sys.executable, "-m", "honcho", "--env", str(file), "--procfile", "Procfile", "start"]
    os.chdir(ROOT)
    os.execve(sys.executable, honcho, environment)  # noqa: S606 -- Ctrl-C goes to honcho, which ends all processes together


if __name__ == "__main__":
    main()
