"""The company page: the whole, its departments ranked, its alerts, and which signs are where."""

from collections.abc import Sequence
from dataclasses import dataclass

from diagnostics import charts
from diagnostics.models.score import INDEX
from diagnostics.pages import alerts
from diagnostics.pages.lines import Line, line_of
from diagnostics.report.report import GroupRow, Report, TrendPoint
from diagnostics.wording.pairs import pair_sentence
from diagnostics.wording.verdict import Verdict, main_alert, verdict


@dataclass(frozen=True)
class Ranked:
    """A row of the ranking."""

    # The department or division.
    group: GroupRow
    # Its index.
    line: Line
    # The place among the published groups, from 1; None for a suppressed one.
    rank: int | None
    # The label of the sign that puts the group at risk; empty where its index does, or nothing.
    sign: str


@dataclass(frozen=True)
class CompanyPage:
    """What the page of a wave shows to one reader."""

    # What the reader gets of the wave.
    report: Report
    # The wave in one sentence.
    verdict: Verdict
    # The index of the widest row that the reader may see.
    company: Line
    # That index over the waves; None until there are two.
    spark: charts.Sparkline | None
    # The reporting groups, the highest index first, suppressed ones last.
    ranked: tuple[Ranked, ...]
    # The divisions, in the same order.
    divisions: tuple[Ranked, ...]
    # The scale of the drawings.
    axis: charts.Axis
    # Departments and signs.
    heat: charts.HeatMap
    # Blocks of alerts under their titles, what is new first.
    alerts: alerts.Titled
    # The pair map in one sentence without a full stop; empty where there is none.
    pairs: str


def company_page(report: Report, points: Sequence[TrendPoint]) -> CompanyPage:
    """`points` are the trend of the company's index."""
    return CompanyPage(
        report=report,
        verdict=verdict(report),
        company=line_of(report.company.index),
        spark=charts.sparkline([point.cell.value for point in points]) if len(points) > 1 else None,
        ranked=_ranked(report.groups),
        divisions=_ranked([division for division in report.divisions if division.key != report.company.key]),
        axis=charts.axis(),
        heat=charts.heat_map(report.groups),
        alerts=alerts.of_report(report),
        pairs=pair_sentence(report.pairs) if report.pairs.directions else "",
    )


def _ranked(groups: Sequence[GroupRow]) -> tuple[Ranked, ...]:
    return tuple(
        Ranked(
            group=group,
            line=line_of(group.index),
            rank=place if group.index.shown else None,
            sign=_sign_at_risk(group),
        )
        for place, group in enumerate(groups, start=1)
    )


def _sign_at_risk(group: GroupRow) -> str:
    alert = main_alert(group)
    return alert.label if alert and alert.measure != INDEX else ""
