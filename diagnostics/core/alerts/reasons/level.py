"""Reasons of level alerts."""

from dataclasses import dataclass

from diagnostics.core.alerts.reasons.codes import AlertCode
from diagnostics.core.alerts.reasons.common import AlertReason


@dataclass(frozen=True)
class AboveLevel(AlertReason):
    code = AlertCode.ABOVE_LEVEL
    # Points of the 0..100 scale.
    level: float
    # That the true figure lies above: percent that it reaches, of 50, 80, 95 and 99; 0 is "less than 50".
    certainty: int


@dataclass(frozen=True)
class AboveLevelAgain(AboveLevel):
    code = AlertCode.ABOVE_LEVEL_AGAIN
    # Percent that each of the waves in a row reached.
    least_certainty: int
    # Published waves in a row that did.
    run: int


@dataclass(frozen=True)
class NearlyRaised(AboveLevel):
    code = AlertCode.NEARLY_RAISED
    # Published waves in a row that spoke for raising.
    run: int
    # Waves in a row that raise the alert.
    needed: int


@dataclass(frozen=True)
class NearlyCleared(AboveLevel):
    code = AlertCode.NEARLY_CLEARED
    # Points of the 0..100 scale, below `level`.
    clear_level: float
    # That the true figure lies above `clear_level`: percent as in `certainty`.
    clear_certainty: int
    # Published waves in a row that spoke for clearing.
    run: int
    # Waves in a row that clear the alert.
    needed: int


@dataclass(frozen=True)
class BelowLevel(AlertReason):
    code = AlertCode.BELOW_LEVEL
    # Points of the 0..100 scale.
    clear_level: float
    # That the true figure lies above `clear_level`: percent as in AboveLevel.
    clear_certainty: int
    # Percent that it stayed under in each of the waves in a row.
    most_certainty: int
    # Published waves in a row that spoke for clearing.
    run: int
