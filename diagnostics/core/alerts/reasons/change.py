"""Reasons of change alerts."""

from dataclasses import dataclass

from diagnostics.core.alerts.reasons.codes import AlertCode
from diagnostics.core.alerts.reasons.common import Against, AlertReason


@dataclass(frozen=True)
class NoBaseline(AlertReason):
    code = AlertCode.NO_BASELINE
    # Waves that must be published within a year before others are compared with them.
    needed: int


@dataclass(frozen=True)
class NoRise(Against):
    code = AlertCode.NO_RISE


@dataclass(frozen=True)
class Rise(Against):
    """A published figure beside its baseline."""

    # The mean of what was published of the baseline: 5..95, an end also for all beyond it.
    before: int
    # What this wave publishes: 5..95 likewise.
    now: int
    # The step that p lies below, of shares 0..1: .001, .01, .05 or .1; None for .1 or more.
    chance_below: float | None


@dataclass(frozen=True)
class RiseSeen(Rise):
    code = AlertCode.RISE_SEEN
    # Points that the answers rose by at least, where the published figures show less of a rise; else None.
    least_rise: float | None
    # An alert is raised if one of so many published waves to come is on watch too.
    within: int


@dataclass(frozen=True)
class RiseConfirmed(Rise):
    code = AlertCode.RISE_CONFIRMED
    # As in RiseSeen.
    least_rise: float | None
    # Number of the first wave that was on watch.
    first_seen: int


@dataclass(frozen=True)
class RiseLasts(Rise):
    code = AlertCode.RISE_LASTS


@dataclass(frozen=True)
class RiseOver(Rise):
    """Here p is that of so little a rise where the true one is `rise`."""

    code = AlertCode.RISE_OVER
    # Points above the baseline that the answers stayed under.
    rise: float
    # Published waves in a row that did.
    run: int


@dataclass(frozen=True)
class RiseCalming(RiseOver):
    code = AlertCode.RISE_CALMING
    # Waves in a row that clear the alert.
    needed: int
