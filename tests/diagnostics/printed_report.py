"""What manage.py report prints."""

import io
import json
from pathlib import Path

import jsonschema
from django.conf import settings
from django.core.management import call_command

SCHEMA = json.loads((Path(settings.BASE_DIR) / "diagnostics" / "exports" / "report.schema.json").read_text())


def printed(*arguments):
    out = io.StringIO()
    call_command("report", *arguments, stdout=out)
    return out.getvalue()


def valid(document):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    return document
