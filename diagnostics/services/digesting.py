"""The digest of a wave: written once for each leader with the snapshot, and mailed from the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator

from diagnostics import charts
from diagnostics.choices import DIGEST_MAIL, RemedyState
from diagnostics.core.alerts.reasons.codes import AlertEvent
from diagnostics.models import Digest, Snapshot
from diagnostics.models.digest import LANGUAGE, PICTURE_ID
from diagnostics.models.score import INDEX
from diagnostics.remedies.proposals import Proposal, propose
from diagnostics.remedies.selectors import RemedyRow, remedies
from diagnostics.report import selectors
from diagnostics.report.report import Alert, GroupRow, Report, TrendPoint
from diagnostics.report.visibility import Within
from diagnostics.wording.alerts import describe_alert
from diagnostics.wording.pairs import asymmetry as pair_asymmetry
from diagnostics.wording.pairs import high_risk_pairs, pair_sentence
from diagnostics.wording.verdict import NEWS, Verdict, main_alert, verdict
from surveys import mails
from surveys.models import Mail, StaffUser
from surveys.selectors.people import digest_recipients, visible_departments

# Mail programs cut longer subjects.
_SUBJECT = 150
# The table of a mail ends here; the page has all.
_ROWS = 40


@dataclass(frozen=True)
class DepartmentAtRisk:
    """A department with an ongoing alert, as the digest shows it."""

    # The department with its figures.
    row: GroupRow
    # Each sign with an ongoing alert: "stagnation (61, likely 56 to 67, since wave 3)", separated by semicolons.
    signs: str
    # What the main alert is of, and a sentence on each ongoing alert of that measure.
    label: str
    reasons: tuple[str, ...]
    # The remedy to start with, of those that are not running; None where none is proposed.
    step: Proposal | None
    # The department's remedies that are running.
    running: tuple[RemedyRow, ...]


@dataclass(frozen=True)
class DepartmentOver:
    """A department whose alerts are cleared or expired."""

    # The department with its figures.
    row: GroupRow
    # What the alerts were of, separated by commas.
    labels: str
    # A sentence on the first of them.
    reason: str


def write_digests(snapshot: Snapshot) -> None:
    """One digest and one mail for each leader who may see anything of the wave, in the caller's transaction."""
    readers: dict[Within, list[StaffUser]] = {}
    for recipient in digest_recipients():
        readers.setdefault(visible_departments(recipient), []).append(recipient)
    digests = [
        Digest(snapshot=snapshot, recipient=recipient, **content)
        for within, recipients in readers.items()
        if (content := _content(snapshot, within))
        for recipient in recipients
    ]
    Digest.objects.bulk_create(digests)
    Mail.objects.bulk_create(
        Mail(kind=DIGEST_MAIL, key=str(digest.id), wave_id=snapshot.wave_id, staff=digest.recipient)
        for digest in digests
    )


def _content(snapshot: Snapshot, within: Within) -> dict[str, Any] | None:
    """The columns of a digest for a part of the company; None where none of its departments was asked."""
    report = selectors.report(snapshot.wave_id, within=within, watches=False)
    if not report.groups:
        return None
    summary = verdict(report)
    points = selectors.trend(snapshot.wave_id, report.company.key, INDEX, within=within)
    subject = Truncator(summary.sentence).chars(_SUBJECT)
    planned = remedies(within=within, survey=report.wave.survey_name)
    running = [remedy for remedy in planned if remedy.state == RemedyState.RUNNING]
    text, html = mails.render("digest", _context(report, summary, points, running) | {"subject": subject}, LANGUAGE)
    picture = charts.sparkline_png([point.cell.value for point in points])
    return {"subject": subject, "text": text, "html": html, "picture": picture}


def _context(
    report: Report, summary: Verdict, points: Sequence[TrendPoint], running: Sequence[RemedyRow]
) -> dict[str, Any]:
    return _pairs_context(report) | {
        "report": report,
        "verdict": summary,
        "at_risk": [_at_risk(row, report.wave.number, running) for row in summary.at_risk],
        "calmed": [_alerts_over(row, AlertEvent.CLEARED) for row in summary.calmed],
        "expired": [_alerts_over(row, AlertEvent.EXPIRED) for row in summary.expired],
        "participation": [(alert.group_name, describe_alert(alert)) for alert in report.participation],
        "groups": report.groups[:_ROWS],
        "groups_left_out": len(report.groups[_ROWS:]),
        "cautious": ", ".join(row.name for row in report.groups if row.caution),
        "news": NEWS,
        "alert_level": settings.ALERT_LEVEL,
        "picture_id": PICTURE_ID,
        "picture_text": _picture_text(report.company.name, points),
        "report_url": settings.SITE_URL + reverse("wave-report", args=[report.wave.id]),
    }


def _pairs_context(report: Report) -> dict[str, Any]:
    """Empty for a wave that has no ratings of departments."""
    if not report.pairs.directions:
        return {}
    return {
        "pairs": pair_sentence(report.pairs),
        "high_risk_pairs": [(pair, pair_asymmetry(pair)) for pair in high_risk_pairs(report.pairs)],
        "pairs_url": settings.SITE_URL + reverse("pair-report", args=[report.wave.id]),
    }


def _at_risk(row: GroupRow, wave_number: int, running: Sequence[RemedyRow]) -> DepartmentAtRisk:
    main = main_alert(row)
    ongoing = [alert for alert in row.alerts if alert.ongoing]
    own = tuple(remedy for remedy in running if remedy.concerns(row.departments))
    started = {remedy.playbook for remedy in own}
    return DepartmentAtRisk(
        row=row,
        signs=_signs_at_risk(row, ongoing, wave_number),
        label=main.label if main else "",
        reasons=tuple(describe_alert(alert) for alert in ongoing if main and alert.measure == main.measure),
        step=next((step for step in propose(row, wave_number) if step.remedy not in started), None),
        running=own,
    )


def _signs_at_risk(row: GroupRow, ongoing: Sequence[Alert], wave_number: int) -> str:
    sentences = []
    for sign in row.signs:
        raised_in = [alert.since_wave or 0 for alert in ongoing if alert.measure == sign.measure]
        if raised_in and sign.shown:
            first = min(raised_in)
            since = "new" if first == wave_number else f"since wave {first}"
            sentences.append(f"{sign.label.lower()} ({sign.likely}, {since})")
    return "; ".join(sentences)


def _alerts_over(row: GroupRow, event: AlertEvent) -> DepartmentOver:
    over = [alert for alert in row.alerts if alert.event == event]
    labels = dict.fromkeys(alert.label.lower() for alert in over)
    return DepartmentOver(row, ", ".join(labels), describe_alert(over[0]))


def _picture_text(name: str, points: Sequence[TrendPoint]) -> str:
    """What the picture shows, for readers who do not see it."""
    if not points:
        return f"{name}: no index yet."
    values = ", ".join(point.cell.text if point.cell.shown else "suppressed" for point in points)
    waves = f"wave {points[0].wave_number}"
    if len(points) > 1:
        waves = f"waves {points[0].wave_number} to {points[-1].wave_number}"
    return f"Index of {name}, {waves}: {values}."
