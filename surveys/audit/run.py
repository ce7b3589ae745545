"""One audit from end to end."""

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import connection

from surveys.audit import stage
from surveys.audit.codes import AuditSource, SourceCode, Unread, UnreadReason
from surveys.audit.deployment import Deployment
from surveys.audit.report import document
from surveys.audit.scratch import scratch_database


def audit(*, logs: Sequence[Path] = ()) -> dict[str, Any]:
    """Rehearses in a scratch database and checks the real deployment; the result as surveys/audit/audit.schema.json.

    Raises RehearsalError if the rehearsal could not be carried out: then nothing is known.
    """
    with TemporaryDirectory(prefix="faultline-audit-") as name:
        folder = Path(name)
        with scratch_database(folder) as database:
            stage.start(database, folder)
        rehearsal = json.loads((folder / stage.RESULT).read_text(encoding="utf-8"))
    deployment = Deployment(logs)
    unseen = dict(deployment.unseen)
    if not settings.CELERY_BROKER_URL.startswith("embedded:"):
        unseen[AuditSource(SourceCode.BROKER)] = Unread(UnreadReason.BROKER_IN_USE)
    return document(
        version=version(), database=_database(), rehearsal=rehearsal, checks=deployment.checks, unseen=unseen
    )


def version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def _database() -> str:
    if connection.vendor == "sqlite":
        return "SQLite"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"
