"""Keeping the results of audits, for those who want to see them without a terminal."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from surveys.models import AuditRun


def record_audit(*, result: Mapping[str, Any], now: dt.datetime) -> AuditRun:
    """`result` is a document of surveys/audit/audit.schema.json."""
    return AuditRun.objects.create(
        ended_at=now, version=result["version"], verdict=result["verdict"], report=dict(result)
    )
