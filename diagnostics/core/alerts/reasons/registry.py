"""Every reason by its code, and how a reason is kept as JSON.

The arguments are all that is stored and shown of a reason, so they are published figures only: y, v, z and the digits
of p would tell more than a page does (docs/anonymity.md). diagnostics.wording.alerts makes sentences of them.
"""

from typing import Any

from diagnostics.core.alerts.reasons.change import (
    NoBaseline,
    NoRise,
    RiseCalming,
    RiseConfirmed,
    RiseLasts,
    RiseOver,
    RiseSeen,
)
from diagnostics.core.alerts.reasons.codes import AlertCode
from diagnostics.core.alerts.reasons.common import (
    AlertReason,
    BaselineTooOld,
    Legacy,
    LowResponse,
    OtherItems,
    Suppressed,
)
from diagnostics.core.alerts.reasons.level import AboveLevel, AboveLevelAgain, BelowLevel, NearlyCleared, NearlyRaised
from diagnostics.core.alerts.reasons.participation import (
    ResponseFell,
    ResponseLow,
    ResponseRecovered,
    ResponseRecovering,
    ResponseSteady,
    ResponseUnknown,
)

_ALL: tuple[type[AlertReason], ...] = (
    Legacy,
    Suppressed,
    LowResponse,
    ResponseUnknown,
    AboveLevel,
    AboveLevelAgain,
    NearlyRaised,
    NearlyCleared,
    BelowLevel,
    NoBaseline,
    NoRise,
    RiseSeen,
    RiseConfirmed,
    RiseLasts,
    RiseCalming,
    RiseOver,
    OtherItems,
    BaselineTooOld,
    ResponseSteady,
    ResponseFell,
    ResponseLow,
    ResponseRecovering,
    ResponseRecovered,
)
REASONS = {reason.code: reason for reason in _ALL}


def reason_arguments(reason: AlertReason) -> dict[str, Any]:
    """The arguments by name, as JSON keeps them."""
    return dict(vars(reason))


def read_reason(code: str, arguments: dict[str, Any]) -> AlertReason:
    """The reason that was kept as a code and its arguments."""
    return REASONS[AlertCode(code)](**arguments)
