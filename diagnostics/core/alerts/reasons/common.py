"""Reasons that alerts of more than one kind have."""

from dataclasses import dataclass
from typing import ClassVar

from diagnostics.core.alerts.reasons.codes import AlertCode


@dataclass(frozen=True)
class AlertReason:
    """A code; its arguments are the fields of the class that has the code."""

    code: ClassVar[AlertCode]


@dataclass(frozen=True)
class Legacy(AlertReason):
    code = AlertCode.LEGACY
    # The sentence as it was stored, shown as it is.
    text: str


@dataclass(frozen=True)
class Suppressed(AlertReason):
    code = AlertCode.SUPPRESSED


@dataclass(frozen=True)
class LowResponse(AlertReason):
    code = AlertCode.LOW_RESPONSE


@dataclass(frozen=True)
class Against(AlertReason):
    """What a wave was compared with."""

    # Number of the first wave of the baseline.
    base_first: int
    # Number of its last wave; the same where it has one.
    base_last: int


@dataclass(frozen=True)
class OtherItems(AlertReason):
    code = AlertCode.OTHER_ITEMS


@dataclass(frozen=True)
class BaselineTooOld(Against):
    code = AlertCode.BASELINE_TOO_OLD
