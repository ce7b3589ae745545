"""Reasons of participation alerts."""

from dataclasses import dataclass

from diagnostics.core.alerts.reasons.codes import AlertCode
from diagnostics.core.alerts.reasons.common import Against, AlertReason


@dataclass(frozen=True)
class ResponseUnknown(AlertReason):
    code = AlertCode.RESPONSE_UNKNOWN


@dataclass(frozen=True)
class ResponseSteady(AlertReason):
    code = AlertCode.RESPONSE_STEADY
    # The published response rate, percent in steps of 5; None for "90 % or more".
    now: int | None


@dataclass(frozen=True)
class ResponseAgainst(Against):
    """A published response rate beside that of its baseline."""

    # Of the baseline: percent in steps of 5; None for "90 % or more".
    before: int | None
    # Of this wave, likewise.
    now: int | None


@dataclass(frozen=True)
class ResponseLow(ResponseAgainst):
    code = AlertCode.RESPONSE_LOW
    # Ends of the 90 % interval of the fall: percent points in steps of 5.
    low: int
    high: int


@dataclass(frozen=True)
class ResponseFell(ResponseLow):
    code = AlertCode.RESPONSE_FELL


@dataclass(frozen=True)
class ResponseRecovered(ResponseAgainst):
    code = AlertCode.RESPONSE_RECOVERED
    # Percent points that the response lies less than below its baseline.
    drop: float
    # Published waves in a row in which it does.
    run: int


@dataclass(frozen=True)
class ResponseRecovering(ResponseRecovered):
    code = AlertCode.RESPONSE_RECOVERING
    # Waves in a row that clear the alert.
    needed: int
