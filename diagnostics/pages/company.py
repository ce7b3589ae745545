"""What the report's pages show, made from a report: its rows with their figures drawn and put into words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from diagnostics import charts
from diagnostics.choices import RemedyState, Stage
from diagnostics.models.score import INDEX
from diagnostics.pages import alerts
from diagnostics.pages.pairs.page import DepartmentPairs, department_pairs
from diagnostics.remedies.proposals import Proposal, propose
from diagnostics.remedies.selectors import RemedyRow
from diagnostics.report.report import Cell, Dated, GroupRow, Report, TrendPoint
from diagnostics.wording.certainty import change_words, how_sure, how_sure_briefly
from diagnostics.wording.pairs import sentence as pair_sentence
from diagnostics.wording.verdict import Verdict, main_alert, verdict


@dataclass(frozen=True)
class Line:
    """One figure as pages show it; `figure` is None where it is hidden."""

    cell: Cell
    text: str
    span: str
    figure: charts.IntervalBar | None
    sure: str
    sure_briefly: str
    change: str


@dataclass(frozen=True)
class DatedLine:
    """`earlier` is the wave that the figure is from, where that is not the one that is read."""

    line: Line
    earlier: Dated | None


@dataclass(frozen=True)
class Ranked:
    """`rank` counts the published groups from 1; None for a hidden one. `sign` is what puts a group at risk whose index
    does not; else it is empty.
    """

    group: GroupRow
    line: Line
    rank: int | None
    sign: str


@dataclass(frozen=True)
class CompanyPage:
    """`spark` is None until there are two waves to compare. `alerts` are (title, blocks), what is new first."""

    report: Report
    verdict: Verdict
    company: Line
    spark: charts.Sparkline | None
    ranked: tuple[Ranked, ...]
    divisions: tuple[Ranked, ...]
    axis: charts.Axis
    heat: charts.HeatMap
    alerts: alerts.Titled
    pairs: str


@dataclass(frozen=True)
class DepartmentPage:
    """`proposals` are what to do, the first thing first, for anything but the company: none while all is calm.
    `points` are all waves that counted the group. `turns` and `profile` may be from earlier waves of the rotation.

    `hidden` says that no figure of the group is published in this wave, `trends` is empty if there never was an index.
    """

    report: Report
    group: GroupRow
    index: Line
    parent: GroupRow | None
    alerts: alerts.Titled
    trends: tuple[charts.Trend, ...]
    remedies: tuple[RemedyRow, ...]
    points: tuple[TrendPoint, ...]
    signs: tuple[Line, ...]
    turns: tuple[DatedLine, ...]
    profile: tuple[DatedLine, ...]
    shares: tuple[Line, ...]
    axis: charts.Axis
    proposals: tuple[Proposal, ...]
    hidden: bool
    pairs: DepartmentPairs | None


def company_page(report: Report, points: Sequence[TrendPoint]) -> CompanyPage:
    """`points` are the trend of the company's index."""
    return CompanyPage(
        report=report,
        verdict=verdict(report),
        company=_line(report.company.index),
        spark=charts.sparkline([point.cell.value for point in points]) if len(points) > 1 else None,
        ranked=_ranked(report.groups),
        divisions=_ranked([division for division in report.divisions if division.key != report.company.key]),
        axis=charts.axis(),
        heat=charts.heat_map(report.groups),
        alerts=alerts.of_report(report),
        pairs=pair_sentence(report.pairs) if report.pairs.directions else "",
    )


def department_page(
    report: Report, key: str, points: Sequence[TrendPoint], remedies: Sequence[RemedyRow] = ()
) -> DepartmentPage | None:
    """None if the report has no group of that key. `points` are the trend of the group's index, later waves too;
    `remedies` are those of the survey that the reader may see.
    """
    groups = {group.key: group for group in (report.company, *report.divisions, *report.groups) if group.key}
    group = groups.get(key)
    if group is None:
        return None
    signs, number = tuple(map(_line, group.signs)), report.wave.number
    turns, profile = _dated(group.turns, number), _profile(group, number)
    shares = tuple(_line(cell) for cell in (group.critical_mass, group.communication) if cell)
    so_far = [point for point in points if point.wave_number <= number]
    own = tuple(remedy for remedy in remedies if remedy.concerns(group.departments))
    return DepartmentPage(
        report=report,
        group=group,
        index=_line(group.index),
        parent=groups.get(group.parent_key or ""),
        alerts=alerts.of_group(group),
        trends=_trends(so_far, _begun(own, so_far, whole=len(so_far) == len(points))),
        remedies=own,
        points=tuple(points),
        signs=signs,
        turns=tuple(line for line in turns if line.earlier),
        profile=profile,
        shares=shares,
        axis=charts.axis(),
        proposals=propose(group, number) if _wants_advice(group) else (),
        hidden=not (group.profile or any(line.figure for line in (_line(group.index), *signs, *shares))),
        pairs=department_pairs(report, key),
    )


def _begun(
    remedies: Sequence[RemedyRow], points: Sequence[TrendPoint], *, whole: bool
) -> tuple[tuple[dt.date, str], ...]:
    """What was begun, the oldest first; of a trend that ends before the newest wave, only what was begun by its end."""
    begun = [remedy for remedy in remedies if remedy.state in (RemedyState.RUNNING, RemedyState.DONE)]
    shown = [remedy for remedy in begun if whole or (points and remedy.starts_on <= points[-1].opens_at.date())]
    return tuple(sorted((remedy.starts_on, remedy.title) for remedy in shown))


def _trends(points: Sequence[TrendPoint], begun: Sequence[tuple[dt.date, str]]) -> tuple[charts.Trend, ...]:
    """For a wide window and for a narrow one."""
    if not any(point.cell.shown for point in points):
        return ()
    return tuple(charts.trend(points, size, begun) for size in (charts.WIDE, charts.NARROW))


def _dated(figures: Sequence[Dated], wave_number: int) -> tuple[DatedLine, ...]:
    return tuple(
        DatedLine(_line(figure.cell), None if figure.wave_number == wave_number else figure) for figure in figures
    )


def _profile(group: GroupRow, wave_number: int) -> tuple[DatedLine, ...]:
    """The latest figure of each cause, then the causes that were asked now and have none to show."""
    shown = {cause.cell.measure for cause in group.profile}
    hidden = (DatedLine(_line(cell), None) for cell in group.causes if cell.measure not in shown)
    return (*_dated(group.profile, wave_number), *hidden)


def _wants_advice(group: GroupRow) -> bool:
    """An ongoing alert, or a stage past what role stereotypes explain."""
    return any(alert.ongoing for alert in group.alerts) or group.stage.code in (Stage.COLD, Stage.HOT)


def _line(cell: Cell) -> Line:
    return Line(
        cell=cell,
        text=cell.text,
        span=cell.span,
        figure=charts.interval(cell),
        sure=how_sure(cell),
        sure_briefly=how_sure_briefly(cell),
        change=change_words(cell),
    )


def _ranked(groups: Sequence[GroupRow]) -> tuple[Ranked, ...]:
    return tuple(
        Ranked(group, _line(group.index), place if group.index.shown else None, _sign_at_risk(group))
        for place, group in enumerate(groups, start=1)
    )


def _sign_at_risk(group: GroupRow) -> str:
    alert = main_alert(group)
    return alert.label if alert and alert.measure != INDEX else ""
