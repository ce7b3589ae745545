"""The page of a department or a division: its index, alerts and stage, what to do, its trend, signs and causes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from diagnostics import charts
from diagnostics.choices import RemedyState, Stage
from diagnostics.pages import alerts
from diagnostics.pages.lines import Line, line_of
from diagnostics.pages.pairs.page import DepartmentPairs, department_pairs
from diagnostics.remedies.proposals import Proposal, propose
from diagnostics.remedies.selectors import RemedyRow
from diagnostics.report.report import GroupRow, LatestFigure, Report, TrendPoint

# Something that began: on which day, and its title.
Begun = tuple[dt.date, str]


@dataclass(frozen=True)
class LatestFigureLine:
    """A figure of the latest wave that published it."""

    # The figure.
    line: Line
    # The wave that the figure is from, where it is not the wave of the page.
    earlier: LatestFigure | None


@dataclass(frozen=True)
class DepartmentPage:
    """What the page of a group shows to one reader."""

    # What the reader gets of the wave.
    report: Report
    # The department or division that the page is about.
    group: GroupRow
    # Its index.
    index: Line
    # The group above, if the reader may see it.
    parent: GroupRow | None
    # Blocks of alerts under their titles, what is new first.
    alerts: alerts.Titled
    # The index over the waves, for a wide and for a narrow window; empty if it was never published.
    trends: tuple[charts.Trend, ...]
    # The remedies that concern the group.
    remedies: tuple[RemedyRow, ...]
    # All waves that counted the group, later ones too.
    points: tuple[TrendPoint, ...]
    # The signs that this wave asked about.
    signs: tuple[Line, ...]
    # Signs that this wave did not ask about, from earlier waves of the rotation.
    turns: tuple[LatestFigureLine, ...]
    # The causes, from this wave or from earlier ones of the rotation.
    profile: tuple[LatestFigureLine, ...]
    # Shares of people, in percent.
    shares: tuple[Line, ...]
    # The scale of the drawings.
    axis: charts.Axis
    # What to do, the first thing first; empty while all is calm, and for the company.
    proposals: tuple[Proposal, ...]
    # Whether this wave publishes no figure of the group.
    suppressed: bool
    # Its part of the pair map; None where there is none.
    pairs: DepartmentPairs | None


def department_page(
    report: Report, key: str, points: Sequence[TrendPoint], remedies: Sequence[RemedyRow] = ()
) -> DepartmentPage | None:
    """None if the report has no group of that key. `points` are the trend of the group's index, later waves too;
    `remedies` are those of the survey that the reader may see.
    """
    groups = _groups_by_key(report)
    group = groups.get(key)
    if group is None:
        return None
    number = report.wave.number
    index = line_of(group.index)
    signs = tuple(line_of(cell) for cell in group.signs)
    shares = tuple(line_of(cell) for cell in (group.critical_mass, group.communication) if cell)
    own = tuple(remedy for remedy in remedies if remedy.concerns(group.departments))
    return DepartmentPage(
        report=report,
        group=group,
        index=index,
        parent=groups.get(group.parent_key or ""),
        alerts=alerts.of_group(group),
        trends=_trends(points, own, number),
        remedies=own,
        points=tuple(points),
        signs=signs,
        turns=tuple(line for line in _latest_lines(group.turns, number) if line.earlier),
        profile=_profile(group, number),
        shares=shares,
        axis=charts.axis(),
        proposals=_proposals(group, number),
        suppressed=not group.profile and not any(line.figure for line in (index, *signs, *shares)),
        pairs=department_pairs(report, key),
    )


def _groups_by_key(report: Report) -> dict[str, GroupRow]:
    company = {report.company.key: report.company} if report.company.key else {}
    return company | report.rows_by_key


def _trends(points: Sequence[TrendPoint], remedies: Sequence[RemedyRow], wave_number: int) -> tuple[charts.Trend, ...]:
    """The trend up to the wave, with the remedies that had begun by then."""
    shown = [point for point in points if point.wave_number <= wave_number]
    if not any(point.cell.shown for point in shown):
        return ()
    # The newest wave also shows what has begun since.
    last_day = None if len(shown) == len(points) else timezone.localdate(shown[-1].opens_at)
    begun = _begun(remedies, last_day)
    return tuple(charts.trend(shown, size, begun) for size in (charts.WIDE, charts.NARROW))


def _begun(remedies: Sequence[RemedyRow], last_day: dt.date | None) -> tuple[Begun, ...]:
    """The remedies that have begun, by the last day if there is one; the oldest first."""
    begun = [remedy for remedy in remedies if remedy.state in (RemedyState.RUNNING, RemedyState.DONE)]
    in_time = [remedy for remedy in begun if last_day is None or remedy.starts_on <= last_day]
    return tuple(sorted((remedy.starts_on, remedy.title) for remedy in in_time))


def _latest_lines(figures: Sequence[LatestFigure], wave_number: int) -> tuple[LatestFigureLine, ...]:
    return tuple(
        LatestFigureLine(line_of(figure.cell), None if figure.wave_number == wave_number else figure)
        for figure in figures
    )


def _profile(group: GroupRow, wave_number: int) -> tuple[LatestFigureLine, ...]:
    """The latest figure of each cause, then the causes that were asked now and have none to show."""
    shown = {cause.cell.measure for cause in group.profile}
    suppressed = (LatestFigureLine(line_of(cell), None) for cell in group.causes if cell.measure not in shown)
    return (*_latest_lines(group.profile, wave_number), *suppressed)


def _proposals(group: GroupRow, wave_number: int) -> tuple[Proposal, ...]:
    return propose(group, wave_number) if _needs_advice(group) else ()


def _needs_advice(group: GroupRow) -> bool:
    """An ongoing alert, or a stage past what role stereotypes explain."""
    return any(alert.ongoing for alert in group.alerts) or group.stage.code in (Stage.COLD, Stage.HOT)
