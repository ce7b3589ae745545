"""The report as the command prints it."""

import json

import jsonschema
from django.conf import settings
from django.core.management import call_command


def printed_report(capsys):
    """What the command prints, checked against the documented schema."""
    capsys.readouterr()
    call_command("report", "--format", "json")
    report = json.loads(capsys.readouterr().out)
    schema = json.loads(
        (settings.BASE_DIR / "diagnostics" / "exports" / "report.schema.json").read_text(encoding="utf-8")
    )
    jsonschema.validate(report, schema)
    return report
