"""One report in one sentence, and sorted by what a leader asks: what is at risk, what changed, what calmed down."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import apnumber
from django.template.defaultfilters import pluralize
from django.utils.text import Truncator, get_text_list

from diagnostics.choices import Level
from diagnostics.core.alerts.reasons.codes import KIND_RULES, ONGOING_EVENTS, AlertEvent, AlertKind
from diagnostics.models.score import INDEX
from diagnostics.report.report import Alert, GroupRow, Report
from diagnostics.wording.suppression import reason_words

# A smaller change of the index, in points, is not news. Judgment: about half an interval of 15 people.
NEWS = 5
_NAME = 60
_NAMED = 2


@dataclass(frozen=True)
class Verdict:
    """The answer to what a leader asks first, and the rows behind it."""

    # The whole of it, without a full stop.
    sentence: str
    # Rows with an ongoing alert.
    at_risk: tuple[GroupRow, ...]
    # Rows without an alert that are worth watching.
    watched: tuple[GroupRow, ...]
    # Groups whose index has moved by NEWS points or more.
    changed: tuple[GroupRow, ...]
    # Rows whose alert was cleared, and that have no other.
    calmed: tuple[GroupRow, ...]
    # Rows whose alert expired without calming down, because there is nothing left to compare with.
    expired: tuple[GroupRow, ...]
    # Groups without an index.
    suppressed: tuple[GroupRow, ...]


def verdict(report: Report) -> Verdict:
    rows = _worth_naming(report)
    at_risk = _with_event(rows, *ONGOING_EVENTS)
    without_alert = [row for row in rows if row not in at_risk]
    calmed = _with_event(without_alert, AlertEvent.CLEARED)
    watched = tuple(row for row in without_alert if row.index.level == Level.WATCH)
    return Verdict(
        sentence=_sentence(report, at_risk, watched, calmed),
        at_risk=at_risk,
        watched=watched,
        changed=tuple(row for row in report.groups if abs(row.index.change or 0) >= NEWS),
        calmed=calmed,
        expired=_with_event(without_alert, AlertEvent.EXPIRED),
        suppressed=tuple(row for row in report.groups if not row.index.shown),
    )


def main_alert(row: GroupRow) -> Alert | None:
    """The ongoing alert that speaks for a group: the index's, else its first sign's."""
    ongoing = [alert for alert in row.alerts if alert.ongoing and KIND_RULES[AlertKind(alert.kind)].puts_at_risk]
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


def _with_event(rows: Sequence[GroupRow], *events: AlertEvent) -> tuple[GroupRow, ...]:
    return tuple(row for row in rows if any(alert.event in events for alert in row.alerts))


def _sentence(
    report: Report, at_risk: Sequence[GroupRow], watched: Sequence[GroupRow], calmed: Sequence[GroupRow]
) -> str:
    if at_risk:
        start = _risk_words(at_risk)
    elif not report.company.index.asked:
        start = f"No index in this wave: {reason_words(report.company.index.reason)}"
    elif not any(row.index.shown for row in (*report.groups, report.company)):
        start = "Too few answers to tell"
    elif watched:
        verb = pluralize(len(watched), "is,are")
        start = f"No alert; {_listed([_short(row.name) for row in watched])} {verb} worth watching"
    else:
        start = "All calm"
        if report.company.index.shown:
            start += f" (index {report.company.index.likely})"
    if calmed:
        start += f"; {_counted(calmed)} calmed down"
    return start


def _risk_words(at_risk: Sequence[GroupRow]) -> str:
    """The departments whose index is at risk, then how many have only a sign at risk."""
    whole = [row for row in at_risk if (alert := main_alert(row)) and alert.measure == INDEX]
    only_sign = [row for row in at_risk if row not in whole]
    if not whole:
        more = len(only_sign) - 1
        rest = f"; {apnumber(more)} more department{pluralize(more)} with a sign at risk" if more else ""
        return f"{_sign_at_risk(only_sign[0])}{rest}"
    if len(whole) == 1:
        start = f"{_short(whole[0].name)} is at risk ({_index(whole[0])})"
    else:
        # Only the first figure says that it is the index.
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
    return f"{what}{row.index.likely}{risen}" if row.index.shown else "index suppressed in this wave"


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_NAMED])
    if len(names) > _NAMED:
        shown[1:] = [f"{apnumber(len(names) - 1)} more departments"]
    return get_text_list(shown, "and")


def _counted(rows: Sequence[GroupRow]) -> str:
    return f"{apnumber(len(rows))} department{pluralize(len(rows))}"


def _short(name: str) -> str:
    return Truncator(" ".join(name.split())).chars(_NAME)
