"""Reads remedies for pages and mails: what a reader may know of those that are planned, running or over."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import get_text_list

from diagnostics.choices import COMPANY_KEY, RemedyState
from diagnostics.models import GroupScore, Remedy, Snapshot
from diagnostics.models.remedy import PLACES
from diagnostics.remedies.effects import Effects, MeasuredEffect, sides
from diagnostics.remedies.playbook import BY_CODE, PlaybookRemedy
from diagnostics.report.visibility import Within, may_see, may_see_reason, may_see_remedy


@dataclass(frozen=True)
class SideRow:
    """One side of a remedy, for one reader."""

    # The key of its group.
    key: str
    # The name of its group.
    name: str
    # The owner's name; empty for a company without an owner.
    owner: str
    # Where the owner is reached; empty for a company without an owner.
    email: str
    # The ids of its departments.
    departments: frozenset[int]
    # What was measured; None where the reader may not see its figures, or where there is nothing to compare.
    effect: MeasuredEffect | None = None


@dataclass(frozen=True)
class RemedyRow:
    """A remedy, for one reader."""

    # Of the row.
    id: uuid.UUID
    # Its own title.
    title: str
    # What the playbook says of it.
    playbook: PlaybookRemedy
    # A diagnostics.choices RemedyState.
    state: str
    # The name of the state.
    state_label: str
    # The survey whose figures it is measured by.
    survey_name: str
    # Who carries it out.
    sides: tuple[SideRow, SideRow]
    # Its first day.
    starts_on: dt.date
    # Its last day; None while it is open.
    ends_on: dt.date | None
    # Why; empty for a reader who may not see both sides, because it has figures of both.
    reason: str
    # What is done, by whom and when.
    steps: str
    # What must be met before the start: (condition, whether it is met).
    conditions: tuple[tuple[str, bool], ...]

    @property
    def names(self) -> str:
        return get_text_list([side.name for side in self.sides], "and")

    def concerns(self, departments: Iterable[int]) -> bool:
        """Whether it is done by any of these departments; one that reaches the whole company concerns who does it."""
        return any(not side.departments.isdisjoint(departments) for side in self.sides if side.key != COMPANY_KEY)


def remedies(*, within: Within, survey: str | None = None, measured: bool = False) -> tuple[RemedyRow, ...]:
    """The newest first, of one survey (its name) or of all; with their effects if `measured`."""
    found = Remedy.objects.select_related("survey", "first_owner", "second_owner")
    of_survey = found.filter(survey__name=survey) if survey else found
    rows = [remedy for remedy in of_survey if may_see_remedy(_departments(remedy), within)]
    effects = Effects(rows) if measured else None
    return tuple(_row(remedy, within, effects) for remedy in rows)


def remedy(pk: uuid.UUID, *, within: Within) -> RemedyRow | None:
    """With its effect; None if there is no such remedy, or none that the reader may see."""
    found = Remedy.objects.select_related("survey", "first_owner", "second_owner").filter(pk=pk)
    rows = [remedy for remedy in found if may_see_remedy(_departments(remedy), within)]
    return _row(rows[0], within, Effects(rows)) if rows else None


def possible_sides(wave_id: uuid.UUID) -> dict[str, GroupScore]:
    """By key, the nodes of a scored wave that can be a side: groups, divisions, and the company as the second."""
    groups = GroupScore.objects.filter(snapshot=Snapshot.objects.get(wave=wave_id)).order_by("kind", "name")
    return {group.key: group for group in groups}


def _departments(remedy: Remedy) -> list[frozenset[int]]:
    return [side.departments for side in sides(remedy)]


def _row(remedy: Remedy, within: Within, effects: Effects | None) -> RemedyRow:
    effects_by_key = {
        side.key: effects.of(remedy, side)
        for side in sides(remedy)
        if effects and remedy.state != RemedyState.PLANNED and may_see(side.departments, within)
    }
    both = tuple(_side(remedy, place, effects_by_key) for place in PLACES)
    playbook = BY_CODE[remedy.code]
    return RemedyRow(
        id=remedy.id,
        title=remedy.title,
        playbook=playbook,
        state=remedy.state,
        state_label=RemedyState(remedy.state).label,
        survey_name=remedy.survey.name,
        sides=(both[0], both[1]),
        starts_on=remedy.starts_on,
        ends_on=remedy.ends_on,
        reason=remedy.reason if may_see_reason(_departments(remedy), within) else "",
        steps=remedy.steps,
        conditions=tuple((text, place in remedy.conditions_met) for place, text in enumerate(playbook.conditions)),
    )


def _side(remedy: Remedy, place: str, effects: dict[str, MeasuredEffect]) -> SideRow:
    key, owner = getattr(remedy, f"{place}_key"), getattr(remedy, f"{place}_owner")
    return SideRow(
        key=key,
        name=getattr(remedy, f"{place}_name"),
        owner=owner.name if owner else getattr(remedy, f"{place}_owner_name"),
        email=owner.email if owner else getattr(remedy, f"{place}_owner_email"),
        departments=frozenset(getattr(remedy, f"{place}_departments")),
        effect=effects.get(key),
    )
