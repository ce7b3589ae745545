"""The alerts of a page: by what happened to them, and of each department the alert that speaks for it first."""

from collections.abc import Sequence
from dataclasses import dataclass

from diagnostics.core.alerts.reasons.codes import AlertEvent
from diagnostics.report.report import Alert, GroupRow, Report
from diagnostics.wording.alerts import describe_alert

_TITLES = {
    AlertEvent.RAISED: "New",
    AlertEvent.ONGOING: "Ongoing",
    AlertEvent.CLEARED: "Cleared",
    AlertEvent.EXPIRED: "Expired",
}
_WATCH, _RESPONSE = "On watch for a rise, not an alert yet", "Falling response"


@dataclass(frozen=True)
class AlertLine:
    """An alert as a page shows it."""

    # The alert, with its group and what it is of.
    alert: Alert
    # What the wave did to it, and why.
    sentence: str


@dataclass(frozen=True)
class AlertBlock:
    """The alerts of one department under one title."""

    # The alert that speaks for the department.
    first: AlertLine
    # Those of the same measure and another kind.
    same: tuple[AlertLine, ...]
    # All others.
    others: tuple[AlertLine, ...]


Titled = tuple[tuple[str, tuple[AlertBlock, ...]], ...]


def of_report(report: Report) -> Titled:
    return _titled(report.alerts, report.watches, report.participation)


def of_group(group: GroupRow) -> Titled:
    return _titled(group.alerts, group.watches, [group.participation] if group.participation else [])


def _titled(alerts: Sequence[Alert], watches: Sequence[Alert], participation: Sequence[Alert]) -> Titled:
    """What is new first; a title without alerts is left out."""
    found = [(title, [alert for alert in alerts if alert.event == event]) for event, title in _TITLES.items()]
    found += [(_WATCH, list(watches)), (_RESPONSE, list(participation))]
    return tuple((title, _blocks(listed)) for title, listed in found if listed)


def _blocks(alerts: Sequence[Alert]) -> tuple[AlertBlock, ...]:
    by_group: dict[str, list[AlertLine]] = {}
    for alert in alerts:
        by_group.setdefault(alert.key, []).append(AlertLine(alert, describe_alert(alert)))
    return tuple(_block(*lines) for lines in by_group.values())


def _block(first: AlertLine, *rest: AlertLine) -> AlertBlock:
    same = tuple(line for line in rest if line.alert.measure == first.alert.measure)
    return AlertBlock(first, same, tuple(line for line in rest if line not in same))
