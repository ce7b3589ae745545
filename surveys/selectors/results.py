"""What a closed wave holds for those who interpret it: the one place that reads counted answers and ratings.

Also between which groups of which waves people have moved, as counts: who it was is known to nobody.
"""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Aggregate, BinaryField, QuerySet

from surveys.choices import WaveState
from surveys.models import CounterpartRating, ReportingGroup, Response, Wave
from surveys.questions import questionnaire

# By (group of the earlier wave, group of the later one), as they were counted: how many people were asked in both.
Moves = Mapping[tuple[uuid.UUID, uuid.UUID], int]


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


@dataclass(frozen=True)
class RatingBlock:
    """What raters of one group, or of one division, answered about one department."""

    # The raters' reporting group; None where they are stored by division.
    group: uuid.UUID | None
    # The raters' division; None where they are stored by group.
    division: int | None
    # The department that is rated.
    counterpart: int
    # The ratings one after the other, in no order that means anything, each another person's: the number of the
    # contact in choices.Contact, then a byte a counterpart item.
    answers: bytes


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
        blocks = responses.order_by().values_list("group_id").annotate(block=_Joined("answers"))
        return [(group, bytes(block)) for group, block in blocks]
    parts: dict[uuid.UUID, list[bytes]] = defaultdict(list)
    for group, answers in responses.values_list("group_id", "answers").iterator():
        parts[group].append(bytes(answers))
    return [(group, b"".join(answers)) for group, answers in parts.items()]


def rating_blocks(wave_id: uuid.UUID) -> list[RatingBlock]:
    """One block for each raters and counterpart, in a fixed order."""
    rows = CounterpartRating.objects.filter(wave=wave_id)
    columns = ("group_id", "division_id", "counterpart_id")
    parts: dict[tuple[uuid.UUID | None, int | None, int], list[bytes]] = defaultdict(list)
    if connection.vendor == "postgresql":
        for *key, block in rows.order_by().values_list(*columns).annotate(block=_Joined("answers")):
            parts[key[0], key[1], key[2]].append(bytes(block))
    else:
        for *key, answers in rows.values_list(*columns, "answers").iterator():
            parts[key[0], key[1], key[2]].append(bytes(answers))
    blocks = [RatingBlock(*key, b"".join(found)) for key, found in parts.items()]
    return sorted(blocks, key=lambda block: (str(block.group), block.division or 0, block.counterpart))


def moves_into(wave_id: uuid.UUID) -> dict[uuid.UUID, Moves]:
    """By earlier wave, the people of this wave's groups who were asked last in that one."""
    rows = ReportingGroup.objects.filter(wave=wave_id).values_list("id", "merged_into", "came_from")
    moves = [
        (uuid.UUID(move["group"]), merged or group, move["people"]) for group, merged, came in rows for move in came
    ]
    return _by_wave(moves, [group for group, _, _ in moves])


def moves_out_of(wave_id: uuid.UUID) -> dict[uuid.UUID, Moves]:
    """By later wave, the people of this wave's groups who were asked next in that one."""
    own = {group: merged or group for group, merged in _final(wave_id)}
    found: dict[uuid.UUID, Counter[tuple[uuid.UUID, uuid.UUID]]] = defaultdict(Counter)
    opened = Wave.objects.values_list("opens_at", flat=True).get(id=wave_id)
    later = ReportingGroup.objects.filter(wave__opens_at__gt=opened).exclude(came_from=[])
    for wave, group, merged, came in later.values_list("wave", "id", "merged_into", "came_from"):
        for move in came:
            if (before := own.get(uuid.UUID(move["group"]))) is not None:
                found[wave][before, merged or group] += move["people"]
    return dict(found)


class _Joined(Aggregate):
    """Many rows' bytes as one block, in no order: a million respondents come out of PostgreSQL in a second that way."""

    function = "string_agg"
    template = "%(function)s(%(expressions)s, ''::bytea)"
    output_field = BinaryField()


def _closed() -> QuerySet[Wave]:
    return Wave.objects.filter(state=WaveState.CLOSED)


def _final(wave_id: uuid.UUID) -> list[tuple[uuid.UUID, uuid.UUID | None]]:
    return list(ReportingGroup.objects.filter(wave=wave_id).values_list("id", "merged_into"))


def _by_wave(moves: list[tuple[uuid.UUID, uuid.UUID, int]], groups: list[uuid.UUID]) -> dict[uuid.UUID, Moves]:
    rows = ReportingGroup.objects.filter(id__in=set(groups)).values_list("id", "wave", "merged_into")
    earlier = {group: (wave, merged or group) for group, wave, merged in rows}
    found: dict[uuid.UUID, Counter[tuple[uuid.UUID, uuid.UUID]]] = defaultdict(Counter)
    for before, group, people in moves:
        if before in earlier:
            wave, final = earlier[before]
            found[wave][final, group] += people
    return dict(found)
