"""From a report to a plan: what two departments can do together, and the form as the proposal fills it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics import charts
from diagnostics.choices import COMPANY_KEY, RemedyCode
from diagnostics.pages.pairs.lines import DirectionLine, PairLine
from diagnostics.pages.pairs.page import between
from diagnostics.remedies.playbook import BY_CODE, JOINT_WORK
from diagnostics.remedies.proposals import Evidence, Gap, Proposal, picture_gap, propose, propose_pair, published
from diagnostics.report import selectors
from diagnostics.report.cell import Cell
from diagnostics.report.pairs.stagnation import Stagnation, stagnation
from diagnostics.report.report import GroupRow, Report
from surveys.selectors.people import counterparts_of


@dataclass(frozen=True)
class PairCause:
    """A cause as each of two departments sees it."""

    # What the cause is called.
    label: str
    # One of each department, in the order of the page.
    sides: tuple["PairSide", "PairSide"]


@dataclass(frozen=True)
class PairSide:
    """A cause as one of two departments sees it."""

    # The name of the department.
    name: str
    # The figure as it is read; empty where nothing is published.
    text: str
    # Its 90 % interval; empty where nothing is published.
    span: str
    # Its drawing; None where nothing is published.
    figure: charts.IntervalBar | None


@dataclass(frozen=True)
class PairRemediesPage:
    """What two departments can do together."""

    # What the reader gets of the wave.
    report: Report
    # One of the departments.
    first: GroupRow
    # The other.
    second: GroupRow
    # What the two say about each other, if it is shown from both sides.
    pair: tuple[PairLine, ...]
    # What is shown from one side only.
    alone: tuple[DirectionLine, ...]
    # What to do, the first thing first.
    proposals: tuple[Proposal, ...]
    # How differently they see client, capacity and market; None unless both figures are published.
    gap: Gap | None
    # The causes that either has published.
    causes: tuple[PairCause, ...]
    # Whether stagnation is in both; None where it was not asked.
    stagnation: Stagnation | None
    # The scale of the drawings.
    axis: charts.Axis

    @property
    def names(self) -> tuple[str, str]:
        return self.first.name, self.second.name


def pair_page(report: Report, key: str, other: str) -> PairRemediesPage | None:
    """None unless the reader may see both, and they are two."""
    rows = report.rows_by_key
    if key == other or key not in rows or other not in rows:
        return None
    first, second = rows[key], rows[other]
    pair, alone = between(report, key, other)
    return PairRemediesPage(
        report=report,
        first=first,
        second=second,
        pair=pair,
        alone=alone,
        proposals=propose_pair(first, second, report.wave.number, _between(report, key, other)),
        gap=picture_gap(first, second),
        causes=_causes(first, second),
        stagnation=stagnation(first, second),
        axis=charts.axis(),
    )


def neighbours(report: Report, group: GroupRow) -> tuple[GroupRow, ...]:
    """The groups that a group works with by the counterpart map, as far as the reader may see them."""
    mapped = counterparts_of(group.departments)
    found = [row for row in report.groups if not mapped.isdisjoint(row.departments)]
    return tuple(row for row in found if set(row.departments).isdisjoint(group.departments))


def initial(wave: uuid.UUID, asked: Mapping[str, str]) -> dict[str, object]:
    """What the planning form starts with: `first`, `second` (keys) and `code` of what was proposed."""
    code, first, second = (asked.get(name, "") for name in ("code", "first", "second"))
    if code not in RemedyCode.values:
        return {"first": first, "second": second}
    remedy = BY_CODE[code]
    return {
        "first": first,
        "second": second or COMPANY_KEY,
        "code": code,
        "title": remedy.title,
        "steps": "\n".join(f"- {step}" for step in remedy.steps),
        "reason": _reason(wave, first, second, code),
    }


def _reason(wave: uuid.UUID, first: str, second: str, code: str) -> str:
    """As it is proposed for these departments; empty where it is not."""
    report = selectors.report(wave, within=None)
    page = pair_page(report, first, second)
    row = report.rows_by_key.get(first)
    proposals = page.proposals if page else propose(row, report.wave.number) if row else ()
    return next((proposal.reason for proposal in proposals if proposal.remedy.code == code), "")


def _between(report: Report, key: str, other: str) -> list[Evidence]:
    """What the two say of each other, each direction that is published."""
    return [
        Evidence(
            code=JOINT_WORK,
            label=f"Joint work with {direction.rated.name}",
            value=figures[0],
            low=figures[1],
            high=figures[2],
            wave_number=report.wave.number,
            where=direction.rater.name,
        )
        for direction in report.pairs.between(key, other)
        if (figures := published(direction.cell))
    ]


def _causes(first: GroupRow, second: GroupRow) -> tuple[PairCause, ...]:
    profiles = [{cause.cell.measure: cause.cell for cause in row.profile} for row in (first, second)]
    labels = {code: cell.label for profile in profiles for code, cell in profile.items()}
    return tuple(
        PairCause(label, (_side(first.name, profiles[0].get(code)), _side(second.name, profiles[1].get(code))))
        for code, label in labels.items()
    )


def _side(name: str, cell: Cell | None) -> PairSide:
    return PairSide(name, cell.text, cell.span, charts.interval(cell)) if cell else PairSide(name, "", "", None)
