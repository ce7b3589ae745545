"""What the tests of audit_anonymity share: the schema of its result, and what failed in it."""

import json

from django.conf import settings

SCHEMA = json.loads((settings.BASE_DIR / "surveys" / "audit" / "audit.schema.json").read_text(encoding="utf-8"))

DEFECT = "tests.adversary.defects.keeps_order"


def failed(result, *, besides=None):
    """The codes of what failed, leaving out what was found in the place `besides`."""
    return {
        entry.get("goal") or entry["code"]
        for kind in ("attacks", "searches", "checks")
        for entry in result[kind]
        if entry["verdict"] == "failed" and (besides is None or entry.get("place") != besides)
    }
