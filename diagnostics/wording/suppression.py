"""Why a figure is not there, in plain words."""

from django.utils.text import capfirst

from diagnostics.core.disclosure.reasons import SuppressionReason
from diagnostics.report.cell import Cell

_REASONS = {
    SuppressionReason.TOO_FEW: "too few answers",
    SuppressionReason.PROTECTED: "suppressed to protect anonymity",
    SuppressionReason.NOT_ASKED: "no core sign was asked",
    SuppressionReason.OUTSIDE: "outside your departments",
    SuppressionReason.LEGACY: "suppressed to protect anonymity",
}


def reason_words(reason: SuppressionReason | None) -> str:
    """A reason as part of a sentence; empty where there is none."""
    return _REASONS[reason] if reason else ""


def why_suppressed(cell: Cell) -> str:
    """What is written in place of a figure, without a full stop; empty where there is one."""
    if cell.reason is None:
        return ""
    words = reason_words(cell.reason)
    return capfirst(words) if cell.asked else f"No index: {words}"


def gap_words(cell: Cell) -> str:
    """The same in one or two words, for a place in a figure or a table."""
    return "suppressed" if cell.asked else "no index"
