"""The rehearsal itself, in a process whose only database is the scratch one: it could not touch another."""

import datetime as dt
import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from surveys.audit.company import SMALL, RehearsalCompany
from surveys.audit.rehearsal import Rehearsal
from surveys.audit.report import rehearsal_document
from surveys.audit.site import RehearsalError, free_address, web_process
from surveys.audit.steps import ServiceSteps

_FOLDERS = ("mailbox", "logs", "keys", "broker")
RESULT = "result.json"
# A Monday; the rehearsal's waves open one after the other by the calendar, not by the clock.
_FIRST = dt.date(2026, 3, 2)
# What belongs to the real deployment. The rehearsal gets none of it, or its own.
_REAL = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "LINK_KEY", "SITE_URL", "ALLOWED_HOSTS", "VAR_DIR")
_REAL_ALONE = ("BALLOT_KEY_DIR", "FAULTLINE_ROLE", "BEHIND_PROXY", "SECURE_SSL_REDIRECT", "BIND")


def environment(database: str, folder: Path) -> dict[str, str]:
    """Of the rehearsal's processes: a database, keys, a broker and a mailbox of their own."""
    left_out = {name + suffix for name in (*_REAL, *_REAL_ALONE) for suffix in ("", "_FILE")}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {
        "DATABASE_URL": database,
        "EMBEDDED": "1",
        "VAR_DIR": str(folder),
        "STATIC_ROOT": str(settings.STATIC_ROOT),
        "SECRET_KEY": secrets.token_hex(32),
        "LINK_KEY": secrets.token_hex(32),
        "SITE_URL": f"http://{free_address()}",
        "EMAIL_URL": f"filemail:///{quote(str(folder / 'mailbox'))}",
    }


def start(database: str, folder: Path) -> None:
    """Carries the rehearsal out in a process of its own. Raises RehearsalError, with what it said, if it breaks off."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "audit_anonymity", "--rehearse", str(folder)]
    done = subprocess.run(  # noqa: S603 -- our own command
        command, env=environment(database, folder), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RehearsalError(f"The rehearsal broke off:\n{done.stderr.strip() or done.stdout.strip()}")


def carry_out(folder: Path, *, seed: int) -> Mapping[str, Any]:
    """In the process that `start` started. Raises RehearsalError unless the database is empty."""
    if connection.introspection.table_names():
        raise RehearsalError("A rehearsal needs an empty database; this one has tables. Nothing was changed.")
    call_command("migrate", verbosity=0, interactive=False)
    folders = {name: folder / name for name in _FOLDERS}
    for path in folders.values():
        path.mkdir(mode=0o700, exist_ok=True)
    company = RehearsalCompany(SMALL, seed)
    survey = company.settle(first_opens_on=_FIRST, opening_hour=9, reminders=1, days_open=4)
    with web_process(settings.SITE_URL.removeprefix("http://"), folders["logs"] / "web.log", {}):
        return rehearsal_document(Rehearsal(company, ServiceSteps(folders["keys"]), folders).run(survey))
