"""One report as text for other programs and for a terminal. docs/report-format.md describes the formats."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from diagnostics.exports.outlook import outlook
from diagnostics.exports.pairs import pair_lines, pairs_document, reason_fields
from diagnostics.exports.response import RESPONSE_NUMBERS, response_document, response_line
from diagnostics.models.score import INDEX, RESPONSE
from diagnostics.report.cell import Cell
from diagnostics.report.report import Alert, GroupRow, Report, WaveInfo
from diagnostics.wording.alerts import describe_alert
from diagnostics.wording.suppression import gap_words, reason_words
from surveys.rules.rounding import rate_text, response_text

FORMAT = "faultline-report/2"
_FIGURES = ("value", "low", "high", "outer_low", "outer_high", "change")
_HEAD = (
    "wave",
    "key",
    "name",
    "kind",
    "response_band",
    *RESPONSE_NUMBERS,
    "measure",
    "status",
    "reason_code",
    "reason",
    *_FIGURES,
    "level",
    "alerts",
)
_COLUMNS = ("rank", "department", "index", "90 % interval", "level", "change", "answers", "rate")


def as_json(report: Report) -> str:
    return json.dumps(to_document(report), ensure_ascii=False, indent=2)


def to_document(report: Report) -> dict[str, Any]:
    """The report as diagnostics/exports/report.schema.json has it."""
    return {
        "format": FORMAT,
        "method": report.method,
        "min_group_size": report.min_group_size,
        "wave": _wave(report.wave),
        "previous_wave": _wave(report.previous) if report.previous else None,
        "company": _group(report.company, report.wave.number),
        "divisions": [_group(row, report.wave.number) for row in report.divisions],
        "groups": [_group(row, report.wave.number) for row in report.groups],
        "alerts": [_alert(alert) for alert in (*report.alerts, *report.watches, *report.participation)],
        "pairs": pairs_document(report.pairs),
    }


def as_csv(report: Report) -> str:
    """A line for each cell; suppressed ones have a reason and no figure."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEAD)
    for row in _all_rows(report):
        for cell in _cells(row):
            writer.writerow(
                [
                    report.wave.number,
                    row.key,
                    _harmless(row.name),
                    row.kind,
                    *response_line(row.response),
                    cell.measure,
                    cell.status,
                    *reason_fields(cell).values(),
                    *(getattr(cell, figure) for figure in _FIGURES),
                    cell.level,
                    _alert_words(row, cell),
                ]
            )
    for key, name, *others in pair_lines(report.pairs):
        writer.writerow([report.wave.number, key, _harmless(name), *others])
    return out.getvalue()


def as_table(report: Report) -> str:
    """The ranked departments for a terminal, under a line for the whole."""
    lines = [_COLUMNS, _line("", report.company)]
    lines += [_line(str(place), row) for place, row in enumerate(report.groups, start=1)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_COLUMNS))]
    table = ["  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    title = f"{report.wave.survey_name}, wave {report.wave.number}{' (imported)' if report.wave.imported else ''}"
    lines_of_alerts = [_alert_line(alert) for alert in (*report.alerts, *report.watches, *report.participation)]
    under = ["", "Alerts", *lines_of_alerts] if lines_of_alerts else []
    return "\n".join([title, "", table[0], "  ".join("-" * width for width in widths), *table[1:], *under])


def _line(place: str, row: GroupRow) -> tuple[str, ...]:
    index, answers = row.index, response_text(row.response)
    rate = "unknown" if row.response_unknown else rate_text(row.response.rate if row.response else None)
    if not index.shown:
        return "", row.name, gap_words(index), "", reason_words(index.reason), "", answers, rate
    change = "" if index.change is None else f"{index.change:+d}" if index.change else "0"
    return place, row.name, index.text, index.span, index.level_label, change, answers, rate


def _all_rows(report: Report) -> Sequence[GroupRow]:
    rows = [report.company, *report.divisions, *report.groups]
    return list({row.key: row for row in rows}.values())


def _cells(row: GroupRow) -> list[Cell]:
    shares = [cell for cell in (row.critical_mass, row.communication) if cell is not None]
    return [row.index, *row.signs, *row.causes, *shares]


def _wave(wave: WaveInfo) -> dict[str, Any]:
    return {
        "id": str(wave.id),
        "survey": wave.survey_name,
        "number": wave.number,
        "opens_at": wave.opens_at.isoformat(),
        "closes_at": wave.closes_at.isoformat(),
        "imported": wave.imported,
    }


def _group(row: GroupRow, wave_number: int) -> dict[str, Any]:
    return {
        "key": row.key,
        "name": row.name,
        "kind": row.kind,
        "parent": row.parent_key,
        **response_document(row.response),
        "caution": row.caution,
        **_cell(row.index, "index"),
        "signs": [_measure(cell) for cell in row.signs],
        "causes": [_measure(cell) for cell in row.causes],
        "critical_mass": _measure(row.critical_mass) if row.critical_mass else None,
        "communication": _measure(row.communication) if row.communication else None,
        **outlook(row, wave_number),
    }


def _measure(cell: Cell) -> dict[str, Any]:
    return {"code": cell.measure, "name": cell.label, **_cell(cell, "value")}


def _cell(cell: Cell, figure: str) -> dict[str, Any]:
    others = {name: getattr(cell, name) for name in _FIGURES[1:]}
    return {"status": cell.status, **reason_fields(cell), figure: cell.value, **others, "level": cell.level}


def _alert(alert: Alert) -> dict[str, Any]:
    return {
        "group": alert.key,
        "name": alert.group_name,
        "kind": alert.kind,
        "measure": alert.measure,
        "event": alert.event,
        "since_wave": alert.since_wave,
        "reason_code": alert.reason.code,
        "reason_arguments": asdict(alert.reason),
        "reason": describe_alert(alert),
    }


def _alert_line(alert: Alert) -> str:
    return f"{alert.group_name}, {alert.label.lower()} ({alert.kind}): {describe_alert(alert)}"


def _alert_words(row: GroupRow, cell: Cell) -> str:
    """ "change raised; level ongoing": those of the cell, and at the index that of the response."""
    measures = (INDEX, RESPONSE) if cell.measure == INDEX else (cell.measure,)
    return "; ".join(f"{alert.kind} {alert.event}" for alert in row.all_alerts if alert.measure in measures)


def _harmless(text: str) -> str:
    """A spreadsheet would run a name that begins like a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
