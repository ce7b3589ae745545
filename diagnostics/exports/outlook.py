"""What a report says of a group beyond its figures: the stage, the causes with their waves, and what to do."""

from typing import Any

from diagnostics.remedies.proposals import propose
from diagnostics.report.report import GroupRow, LatestFigure
from diagnostics.wording.stages import no_stage_words


def outlook(row: GroupRow, wave_number: int) -> dict[str, Any]:
    """Fields of a group in diagnostics/exports/report.schema.json."""
    stage = row.stage
    return {
        "stage": {
            "code": stage.code,
            "reason_code": stage.reason or "",
            "reason": no_stage_words(stage.reason) if stage.reason else "",
            "whole": stage.whole,
            "signs": [{"code": sign.code, "wave": sign.wave_number, "raised": sign.raised} for sign in stage.basis],
        },
        "cause_profile": [_cause(cause) for cause in row.profile],
        "proposals": [
            {"code": proposal.remedy.code.value, "reason": proposal.reason} for proposal in propose(row, wave_number)
        ],
    }


def _cause(cause: LatestFigure) -> dict[str, Any]:
    cell = cause.cell
    figures = {"value": cell.value, "low": cell.low, "high": cell.high}
    return {"code": cell.measure, "name": cell.label, **figures, "wave": cause.wave_number}
