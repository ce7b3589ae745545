"""One report in one sentence, and sorted by what a leader asks: what burns, what changed, what calmed down."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator

from diagnostics.choices import AlertEvent, AlertKind, Level
from diagnostics.models.score import INDEX
from diagnostics.report.report import Alert, GroupRow, Report

# A change of the index by fewer points is not told as news. Judgment: about half an interval of 15 people.
NEWS = 5
_NAME = 60
_NAMED = 2
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Verdict:
    """`at_risk` has an ongoing alert, `changed` has moved by NEWS points or more, `calmed` had an alert cleared.

    `ended` had one that ended without calming down, for there is nothing left to compare with; no other stands.
    """

    sentence: str
    at_risk: tuple[GroupRow, ...]
    watched: tuple[GroupRow, ...]
    changed: tuple[GroupRow, ...]
    calmed: tuple[GroupRow, ...]
    ended: tuple[GroupRow, ...]
    hidden: tuple[GroupRow, ...]


def verdict(report: Report) -> Verdict:
    rows = _worth_naming(report)
    at_risk = tuple(row for row in rows if _has(row, AlertEvent.RAISED, AlertEvent.HELD))
    calmed = tuple(row for row in rows if row not in at_risk and _has(row, AlertEvent.CLEARED))
    watched = tuple(row for row in rows if row not in at_risk and row.index.level == Level.WATCH)
    return Verdict(
        sentence=_sentence(report, at_risk, watched, calmed),
        at_risk=at_risk,
        watched=watched,
        changed=tuple(row for row in report.groups if abs(row.index.change or 0) >= NEWS),
        calmed=calmed,
        ended=tuple(row for row in rows if row not in at_risk and _has(row, AlertEvent.ENDED)),
        hidden=tuple(row for row in report.groups if not row.index.shown),
    )


def main_alert(row: GroupRow) -> Alert | None:
    """The ongoing alert that speaks for a group: the index's, else its first sign's."""
    ongoing = [alert for alert in row.alerts if alert.ongoing]
    return next((alert for alert in ongoing if alert.measure == INDEX), next(iter(ongoing), None))


def _worth_naming(report: Report) -> list[GroupRow]:
    """The reporting groups, and divisions whose alert none of their own groups explains."""
    named = {row.key for row in report.groups if row.alerts}
    above = {row.key: row.parent_key for row in (*report.groups, *report.divisions)}
    explained: set[str | None] = set()
    for key in named:
        parent = above.get(key)
        while parent is not None:
            explained.add(parent)
            parent = above.get(parent)
    divisions = [row for row in report.divisions if row.alerts and row.key not in explained]
    return sorted([*report.groups, *divisions], key=lambda row: (row.index.value is None, -(row.index.value or 0)))


def _has(row: GroupRow, *events: AlertEvent) -> bool:
    return any(alert.event in events for alert in row.alerts)


def _sentence(
    report: Report, at_risk: Sequence[GroupRow], watched: Sequence[GroupRow], calmed: Sequence[GroupRow]
) -> str:
    if at_risk:
        start = _risk_words(at_risk)
    elif not report.company.index.asked:
        start = f"No index in this wave: {report.company.index.reason}"
    elif not any(row.index.shown for row in (*report.groups, report.company)):
        start = "Too few answers to tell"
    elif watched:
        are = "are" if len(watched) > 1 else "is"
        start = f"No alert; {_listed([_short(row.name) for row in watched])} {are} worth watching"
    else:
        start = "All calm"
        if report.company.index.shown:
            start += f" (index {report.company.index.likely})"
    if calmed:
        start += f"; {_counted(calmed)} calmed down"
    return start


def _risk_words(at_risk: Sequence[GroupRow]) -> str:
    """By the index where any department's stands, and the others with a sign at risk after them."""
    whole = [row for row in at_risk if (alert := main_alert(row)) and alert.measure == INDEX]
    only_sign = [row for row in at_risk if row not in whole]
    if not whole:
        return f"{_sign_at_risk(only_sign[0])}" + (f", and in {_counted(only_sign[1:])} too" if only_sign[1:] else "")
    if len(whole) == 1:
        start = f"{_short(whole[0].name)} is at risk ({_index(whole[0])})"
    else:
        # What the second figure is was said of the first.
        indices = [_index(whole[0]), *(_index(row, what="") for row in whole[1:])]
        named = [f"{_short(row.name)} ({index})" for row, index in zip(whole, indices, strict=True)]
        start = f"{_listed(named)} are at risk"
    if only_sign:
        start += f"; {_counted(only_sign)} with a single sign at risk"
    return start


def _sign_at_risk(row: GroupRow) -> str:
    alert = main_alert(row)
    cell = next((sign for sign in row.signs if alert and sign.measure == alert.measure), row.index)
    return f"A sign at risk in {_short(row.name)}: {cell.label.lower()}" + (f" ({cell.likely})" if cell.shown else "")


def _index(row: GroupRow, what: str = "index ") -> str:
    """A low index at risk would not be understood without the word that it has risen."""
    alert = main_alert(row)
    risen = ", risen" if alert and alert.kind == AlertKind.CHANGE else ""
    return f"{what}{row.index.likely}{risen}" if row.index.shown else "hidden in this wave"


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_NAMED])
    if len(names) > _NAMED:
        shown[1:] = [f"{_number(len(names) - 1)} more departments"]
    return " and ".join(shown)


def _counted(rows: Sequence[GroupRow]) -> str:
    return f"{_number(len(rows))} department{'s' if len(rows) > 1 else ''}"


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _short(name: str) -> str:
    return Truncator(" ".join(name.split())).chars(_NAME)
