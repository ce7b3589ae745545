"""What a closed wave holds for those who interpret it: the one place that reads counted answers."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from surveys.choices import WaveState
from surveys.models import ReportingGroup, Response, Wave
from surveys.questions import questionnaire
from surveys.selectors.blocks import Joined


@dataclass(frozen=True)
class ClosedWave:
    """A closed wave, as those who interpret it get it."""

    id: uuid.UUID
    survey_id: int
    # From 1 within its survey.
    number: int
    # The day it opened, in UTC.
    day: dt.date
    # The fewest respondents that a figure may rest on, as frozen at opening.
    min_group_size: int
    # What was asked (surveys.questions.questionnaire).
    questionnaire: Mapping[str, Any]
    # Whether it was run elsewhere and imported.
    imported: bool = False

    @property
    def answer_length(self) -> int:
        """Bytes of one respondent's answers. Raises KeyError or ValueError where the questionnaire is none."""
        return questionnaire.answer_length(self.questionnaire)


@dataclass(frozen=True)
class FinalGroup:
    """A reporting group as it was counted, after merging."""

    id: uuid.UUID
    # The same set of departments has the same key in every wave.
    key: str
    # As shown: that of the department, or of several.
    name: str
    # Ids.
    departments: tuple[int, ...]
    # The department that all of them are below; None at the top.
    parent: int | None
    # The department at the top of the tree that all of them are in; None where they are in several.
    division: int | None
    # How many were asked; None where that is not known.
    people: int | None


def closed_wave_ids() -> list[uuid.UUID]:
    """All closed waves; those of one survey in the order of their numbers."""
    return list(_closed().order_by("survey", "number").values_list("id", flat=True))


def closed_up_to(wave_id: uuid.UUID) -> list[ClosedWave]:
    """The wave's survey up to this wave, oldest first; empty while the wave is not closed."""
    wave = _closed().filter(id=wave_id).first()
    if wave is None:
        return []
    return [
        ClosedWave(
            id=closed.id,
            survey_id=closed.survey_id,
            number=closed.number,
            day=closed.opens_at.date(),
            min_group_size=closed.min_group_size,
            questionnaire=closed.questionnaire,
            imported=closed.imported_for is not None,
        )
        for closed in _closed().filter(survey=wave.survey_id, number__lte=wave.number).order_by("number")
    ]


def lock_wave(wave_id: uuid.UUID) -> None:
    """Holds the wave's row until the transaction ends; rows that point to it can still be written."""
    Wave.objects.select_for_update(no_key=True).only("id").get(id=wave_id)


def answers_are_kept(wave_id: uuid.UUID) -> bool:
    """Whether the wave's answers are not deleted yet."""
    return Wave.objects.filter(id=wave_id, answers_purged=False).exists()


def final_groups(wave_id: uuid.UUID) -> list[FinalGroup]:
    """The groups that ballots were counted in, by name; those merged into larger ones are left out."""
    groups = ReportingGroup.objects.filter(wave=wave_id, merged_into=None).order_by("name", "id")
    return [
        FinalGroup(
            id=group.id,
            key=group.key,
            name=group.name,
            departments=tuple(group.departments),
            parent=group.parent_id,
            division=group.division_id,
            people=group.people,
        )
        for group in groups
    ]


def answer_blocks(wave_id: uuid.UUID) -> list[tuple[uuid.UUID, bytes]]:
    """By group, the answers of all its respondents one after the other, in no order that means anything."""
    responses = Response.objects.filter(wave=wave_id)
    if connection.vendor == "postgresql":
        blocks = responses.order_by().values_list("group_id").annotate(block=Joined("answers"))
        return [(group, bytes(block)) for group, block in blocks]
    parts: dict[uuid.UUID, list[bytes]] = defaultdict(list)
    for group, answers in responses.values_list("group_id", "answers").iterator():
        parts[group].append(bytes(answers))
    return [(group, b"".join(answers)) for group, answers in parts.items()]


def _closed() -> QuerySet[Wave]:
    return Wave.objects.filter(state=WaveState.CLOSED)
