"""What taking an answer reads, and the answer page where it is built from its form: what is wrong, or a search.

A page that is only looked at is stored (answer_pages.py).
"""

import datetime as dt
import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet, UUIDField
from django.utils import timezone

from surveys.ballot import tokens
from surveys.models import (
    Collaboration,
    Department,
    Invitation,
    OfferedCounterparts,
    ReportingGroup,
    Wave,
)
from surveys.rules.limits import FOUND_COUNTERPARTS, RATINGS_PER_PERSON
from surveys.selectors.counterparts import CounterpartChoices, peopled_departments, with_people
from surveys.selectors.key_authenticity import WaveKeys


@dataclass(frozen=True)
class OfferedDepartments:
    """What of a person's CounterpartChoices an answer that was sent has to do with."""

    # How many of the slots that were filled in are on the page: those up to the last one, RATINGS_PER_PERSON at most.
    slots: int
    # The ids of the departments that were named and can be rated.
    named: tuple[int, ...]


class OpenInvitation(NamedTuple):
    """Of an invitation what reading an answer needs: no instance of a model is made where one is sent."""

    id: uuid.UUID
    wave_id: uuid.UUID
    group_id: uuid.UUID
    # Both None once the person is erased from the roster.
    department_id: int | None
    language: str | None
    # Of the wave.
    closes_at: dt.datetime
    min_group_size: int
    # As they are when this is read: for them the ballot is sealed, once their proof was looked at.
    keys: WaveKeys


# Statements that are not composed again for each answer: that costs many times what reading the rows does.
_TO_ANSWER = """
    SELECT invitation.id, invitation.wave_id, invitation.group_id, employee.department_id, employee.language,
        wave.closes_at, wave.min_group_size, wave.public_key, wave.release_key, trustee.public_key, wave.key_proof
    FROM surveys_invitation invitation
    JOIN surveys_wave wave ON wave.id = invitation.wave_id
    LEFT JOIN surveys_trusteekey trustee ON trustee.id = wave.trustee_key_id
    LEFT JOIN surveys_employee employee ON employee.id = invitation.employee_id
    WHERE invitation.token_hash = %s AND wave.state = 'open' AND NOT invitation.answered
"""
_OFFERED = "SELECT choices, more FROM surveys_offeredcounterparts WHERE wave_id = %s AND department_id = %s"
# Of as many departments as one page rates those that have people, as with_people has them, but for the person's own.
_PEOPLED = """
    SELECT id FROM surveys_department department
    WHERE id IN (%s, %s, %s) AND id <> %s
        AND EXISTS (SELECT 1 FROM surveys_employee WHERE department_id = department.id AND active)
"""
_ID = UUIDField()
# What is offered to somebody who named nobody.
NO_CHOICE = OfferedDepartments(slots=0, named=())


def invitation_for(address: str) -> Invitation | None:
    """The invitation that the link belongs to, with its wave, survey, group and employee.

    `address` is what follows `/a/`: the token, and what mail programs have made of it.
    """
    related = ("wave__survey", "wave__trustee_key", "group", "employee__department")
    return next(iter(_addressed(address).select_related(*related)), None)


def invitation_to_answer(address: str) -> OpenInvitation | None:
    """None where the link cannot be answered now, whatever the reason is."""
    with connection.cursor() as cursor:
        for token in tokens.possible_tokens(address):
            cursor.execute(_TO_ANSWER, [tokens.fingerprint(token)])
            if row := cursor.fetchone():
                return _open_invitation(*row)
    return None


def _open_invitation(id_: Any, wave_id: Any, group_id: Any, *rest: Any) -> OpenInvitation:
    """SQLite hands out what it was given: ids as text."""
    department_id, language, closes_at, min_group_size, *keys = rest
    wave_id = uuid.UUID(str(wave_id))
    return OpenInvitation(
        id=uuid.UUID(str(id_)),
        wave_id=wave_id,
        group_id=uuid.UUID(str(group_id)),
        department_id=department_id,
        language=language,
        closes_at=in_utc(closes_at),
        min_group_size=min_group_size,
        keys=WaveKeys(wave_id, *keys),
    )


def in_utc(moment: dt.datetime) -> dt.datetime:
    """SQLite hands out what it was given: UTC without its name."""
    return moment if timezone.is_aware(moment) else moment.replace(tzinfo=dt.UTC)


def questionnaire_of(wave_id: uuid.UUID) -> dict[str, Any]:
    return Wave.objects.values_list("questionnaire", flat=True).get(id=wave_id)


def group_departments(group: ReportingGroup) -> tuple[str, ...]:
    """The departments of the group by name: all of them, where the group's own name may be shortened."""
    if len(group.departments) == 1:
        return (group.name,)
    return tuple(Department.objects.filter(id__in=group.departments).order_by("name").values_list("name", flat=True))


def departments_by_group(wave: Wave) -> dict[ReportingGroup, tuple[str, ...]]:
    """As `group_departments`, for each group of the wave, read at once."""
    by_name = Department.objects.order_by("name").values_list("id", "name")
    # By id, the department's place among all by name, as the database sorts them, and its name.
    sortable = {id_: (place, name) for place, (id_, name) in enumerate(by_name)}
    return {
        group: tuple(name for _, name in sorted(sortable[id_] for id_ in group.departments))
        if len(group.departments) > 1
        else (group.name,)
        for group in wave.groups.all()
    }


def counterpart_choices(invitation: Invitation, *, named: Collection[int] = ()) -> CounterpartChoices:
    """Whom the person can rate, as it was when the wave opened, with those `named` that a search has found.

    As it is now where nothing was frozen for the person: who was erased from the roster, whose department is new, or
    whose wave opened before choices were frozen.
    """
    frozen = _frozen(invitation).first()
    choices = _choices_now(invitation) if frozen is None else choices_of(frozen)
    listed = {id_ for id_, _ in choices.departments}
    missing = set(named) - listed if choices.more else set()
    if not missing:
        return choices
    return choices.adding(_others(invitation).filter(id__in=missing).order_by("name").values_list("id", "name"))


def choices_of(frozen: OfferedCounterparts) -> CounterpartChoices:
    listed = tuple((id_, name) for id_, name in frozen.choices)
    return CounterpartChoices(listed, tuple(frozen.suggested), frozen.more)


def find_counterparts(invitation: Invitation, text: str) -> list[tuple[int, str]]:
    """(id, name) by name of the departments that can be rated and whose names have all words of the text.

    One more than a page shows where there are more.
    """
    words = text.casefold().split()
    if not words:
        return []
    # Compared here: SQLite knows the case of English letters only.
    names = _others(invitation).order_by("name").values_list("id", "name")
    found = (row for row in names if all(word in row[1].casefold() for word in words))
    return list(islice(found, FOUND_COUNTERPARTS + 1))


def _frozen(invitation: Invitation) -> QuerySet[OfferedCounterparts]:
    own = invitation.department_id
    return OfferedCounterparts.objects.filter(wave=invitation.wave_id, department=own).order_by()


def _choices_now(invitation: Invitation) -> CounterpartChoices:
    own = invitation.employee.department if invitation.employee else None
    ranked = Collaboration.objects.filter(department=own).order_by("rank", "counterpart_id")
    if own is None:
        return peopled_departments().offered_to(None, None, ())
    return peopled_departments().offered_to(own.id, own.parent_id, ranked.values_list("counterpart_id", flat=True))


def offered_departments(
    invitation: Invitation | OpenInvitation, *, named: Collection[int], slots: int
) -> OfferedDepartments:
    """What counterpart_choices would offer of these, without reading all departments of a large company.

    `slots` is the number of the last one that was filled in: that there are as many needs no look where as many
    departments were found.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OFFERED, [_ID.get_db_prep_value(invitation.wave_id, connection), invitation.department_id])
        if frozen := cursor.fetchone():
            choices, more = json.loads(frozen[0]), frozen[1]
            listed = {id_ for id_, _ in choices}
            unlisted = set(named) - listed if more else set()
            searched = _with_people(cursor, unlisted, invitation.department_id) if unlisted else ()
            places = RATINGS_PER_PERSON if more else len(choices)
            return OfferedDepartments(min(slots, places), (*listed.intersection(named), *searched))
    others = _others(invitation).order_by().values_list("id", flat=True)
    found = tuple(others.filter(id__in=named))
    return OfferedDepartments(slots=slots if len(found) >= slots else len(others[:slots]), named=found)


def _with_people(cursor: CursorWrapper, named: Collection[int], own: int | None) -> tuple[int, ...]:
    """Those of the departments that were named."""
    cursor.execute(_PEOPLED, [*named, *(RATINGS_PER_PERSON - len(named)) * [0], own])
    return tuple(id_ for (id_,) in cursor.fetchall())


def _addressed(address: str) -> QuerySet[Invitation]:
    """Of a link. To be iterated: `first` would compose an order and a limit, at a fifth of the whole cost."""
    hashes = map(tokens.fingerprint, tokens.possible_tokens(address))
    return Invitation.objects.filter(token_hash__in=hashes).order_by()


def _others(invitation: Invitation | OpenInvitation) -> QuerySet[Department]:
    """All departments that have people, but the person's own."""
    own = invitation.department_id
    return with_people() if own is None else with_people().exclude(pk=own)
