"""Rows of a report as they are read, made up."""

import datetime as dt

from diagnostics.core.alerts.reasons.codes import AlertEvent
from diagnostics.core.alerts.reasons.common import OtherItems
from diagnostics.core.disclosure.reasons import SuppressionReason
from diagnostics.report.cell import Cell
from diagnostics.report.report import Alert, GroupRow
from surveys.rules.rounding import Band, GroupResponse, Rate

NOW = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
RESPONSE = GroupResponse(5, Band(10, 14), Rate(60))
SUPPRESSED = Cell("index", "Index", "suppressed", SuppressionReason.TOO_FEW)


def cell(value, measure="index", *, width=10, change=None, level="steady"):
    label = measure.replace("_", " ").capitalize()
    low, high = value - width // 2, value + width // 2
    return Cell(measure, label, "published", "", value, low, high, low, high, change, level, "")


def row(name, index=None, *, event=None, measure="index", signs=(), **fields):
    kind, parent = fields.pop("kind", "group"), fields.pop("parent", "company")
    index = SUPPRESSED if index is None else cell(index, **fields)
    alerts = () if event is None else (Alert(name, name, measure, measure, AlertEvent(event), OtherItems(), 1),)
    return GroupRow(name, name, kind, parent, 1, RESPONSE, False, index, tuple(signs), alerts=alerts)
