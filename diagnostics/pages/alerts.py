"""The alerts of a page: by what happened to them, and of each department one that speaks for it before the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from diagnostics.choices import AlertEvent
from diagnostics.report.report import Alert, GroupRow, Report

_TITLES = {
    AlertEvent.RAISED: "New",
    AlertEvent.HELD: "Still standing",
    AlertEvent.CLEARED: "Calmed down",
    AlertEvent.ENDED: "Compared anew",
}
_WATCH, _RESPONSE = "On watch for a rise, no alert of it yet", "Where fewer answer"


@dataclass(frozen=True)
class AlertBlock:
    """Of one department: the alert that speaks for it, the `same` measure's of another kind, and all `others`."""

    first: Alert
    same: tuple[Alert, ...]
    others: tuple[Alert, ...]


Titled = tuple[tuple[str, tuple[AlertBlock, ...]], ...]


def of_report(report: Report) -> Titled:
    return _titled(report.alerts, report.watches, report.participation)


def of_group(group: GroupRow) -> Titled:
    return _titled(group.alerts, group.watches, [group.participation] if group.participation else [])


def _titled(alerts: Sequence[Alert], watches: Sequence[Alert], participation: Sequence[Alert]) -> Titled:
    """What is new first; a title without alerts is left out."""
    found = [(title, [alert for alert in alerts if alert.event == event]) for event, title in _TITLES.items()]
    found += [(_WATCH, list(watches)), (_RESPONSE, list(participation))]
    return tuple((title, _blocks(some)) for title, some in found if some)


def _blocks(alerts: Sequence[Alert]) -> tuple[AlertBlock, ...]:
    by_group: dict[str, list[Alert]] = {}
    for alert in alerts:
        by_group.setdefault(alert.key, []).append(alert)
    return tuple(_block(*some) for some in by_group.values())


def _block(first: Alert, *rest: Alert) -> AlertBlock:
    same = tuple(alert for alert in rest if alert.measure == first.measure)
    return AlertBlock(first, same, tuple(alert for alert in rest if alert not in same))
