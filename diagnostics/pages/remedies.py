"""From a report to a plan: what two departments can do together, and the form as the proposal fills it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics import charts
from diagnostics.choices import RemedyCode
from diagnostics.models.remedy import COMPANY_KEY
from diagnostics.pages.pairs.page import DirectionLine, PairLine, between
from diagnostics.remedies.playbook import BY_CODE, JOINT_WORK
from diagnostics.remedies.proposals import Evidence, Gap, Proposal, picture_gap, propose, propose_pair, published
from diagnostics.report import selectors
from diagnostics.report.pairs.stagnation import Stagnation, stagnation
from diagnostics.report.report import Cell, GroupRow, Report
from surveys.selectors.people import counterparts_of


@dataclass(frozen=True)
class PairCause:
    """A cause as each of two departments sees it."""

    label: str
    sides: tuple["PairSide", "PairSide"]


@dataclass(frozen=True)
class PairSide:
    """`told` and `span` are empty and `figure` None where nothing is published."""

    name: str
    told: str
    span: str
    figure: charts.Interval | None


@dataclass(frozen=True)
class PairPage:
    """`pair` is what the two say of each other, if it is shown from both sides; `alone` what is shown from one."""

    report: Report
    one: GroupRow
    other: GroupRow
    pair: tuple[PairLine, ...]
    alone: tuple[DirectionLine, ...]
    proposals: tuple[Proposal, ...]
    gap: Gap | None
    causes: tuple[PairCause, ...]
    stagnation: Stagnation | None
    axis: charts.Axis

    @property
    def names(self) -> tuple[str, str]:
        return self.one.name, self.other.name


def pair_page(report: Report, key: str, other: str) -> PairPage | None:
    """None unless the reader may see both, and they are two."""
    rows = {row.key: row for row in (*report.divisions, *report.groups)}
    if key == other or key not in rows or other not in rows:
        return None
    one, two = rows[key], rows[other]
    pair, alone = between(report, key, other)
    return PairPage(
        report=report,
        one=one,
        other=two,
        pair=pair,
        alone=alone,
        proposals=propose_pair(one, two, report.wave.number, _between(report, {key, other})),
        gap=picture_gap(one, two),
        causes=_causes(one, two),
        stagnation=stagnation(one, two),
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
    row = next((row for row in (*report.divisions, *report.groups) if row.key == first), None)
    proposals = page.proposals if page else propose(row, report.wave.number) if row else ()
    return next((one.reason for one in proposals if one.remedy.code == code), "")


def _between(report: Report, keys: set[str]) -> list[Evidence]:
    """What the two say of each other, each direction that is published."""
    said = [one for one in report.pairs.directions if {one.rater.key, one.rated.key} == keys]
    return [
        Evidence(JOINT_WORK, f"Joint work with {one.rated.name}", *figures, report.wave.number, one.rater.name)
        for one in said
        if (figures := published(one.cell))
    ]


def _causes(one: GroupRow, other: GroupRow) -> tuple[PairCause, ...]:
    profiles = [{dated.cell.measure: dated.cell for dated in row.profile} for row in (one, other)]
    labels = {code: cell.label for profile in profiles for code, cell in profile.items()}
    return tuple(
        PairCause(label, (_side(one.name, profiles[0].get(code)), _side(other.name, profiles[1].get(code))))
        for code, label in labels.items()
    )


def _side(name: str, cell: Cell | None) -> PairSide:
    return PairSide(name, cell.told, cell.span, charts.interval(cell)) if cell else PairSide(name, "", "", None)
