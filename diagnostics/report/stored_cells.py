"""One stored figure as readers get it, and what it is called."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from diagnostics.choices import Level
from diagnostics.core.disclosure.reasons import shown_reason
from diagnostics.models import Score
from diagnostics.models.score import CRITICAL_MASS, INDEX, PICK_COMMUNICATION
from diagnostics.report.report import Cell


def measure_labels(questionnaire: Mapping[str, Any]) -> dict[str, str]:
    """What each measure is called, in the order in which measures are shown."""
    return (
        {INDEX: "Conflict-risk index"}
        | {scale["code"]: _in_language(scale["name"]) for scale in questionnaire["scales"]}
        | {
            CRITICAL_MASS: "Critical mass of stagnation",
            PICK_COMMUNICATION: "Most hindered by communication between departments",
        }
    )


def to_cell(score: Score, label: str, *, watched: bool = False) -> Cell:
    """`watched` says that a rise is on watch: a figure that else is steady is worth watching then."""
    level = Level.WATCH if watched and score.level == Level.STEADY else score.level
    return Cell(
        measure=score.measure,
        label=label,
        status=score.status,
        reason=shown_reason(score.reason),
        value=_whole(score.value),
        low=_whole(score.low),
        high=_whole(score.high),
        outer_low=_whole(score.outer_low),
        outer_high=_whole(score.outer_high),
        change=_whole(score.change),
        level=level,
        level_label=Level(level).label if level else "",
    )


def _whole(figure: float | None) -> int | None:
    return None if figure is None else round(figure)


def _in_language(texts: Mapping[str, str]) -> str:
    """The text in the reader's language, else in the first that it was written in."""
    return texts.get((get_language() or "").split("-")[0]) or next(iter(texts.values()))
