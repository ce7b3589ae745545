"""Invitations and reminders: who may answer, and the mails that say so."""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from surveys.ballot import tokens
from surveys.choices import MailKind, WaveState
from surveys.models import Employee, Invitation, Mail, ReportingGroup, Wave
from surveys.services.shuffling import store_rows

# Zones that have had no reminder of their own since the wave opened, or since zones are counted by themselves.
_OTHER_ZONES = "*"


def invite(*, wave: Wave, people: list[Employee], group_of: dict[int, ReportingGroup]) -> None:
    """One invitation and one mail a person; `group_of` is by department id. Call it in the opening's transaction."""
    invitations = [_invitation(wave, person, group_of[person.department_id]) for person in people]
    store_rows(invitations)
    store_rows(
        [
            Mail(
                kind=MailKind.INVITATION,
                key=str(invitation.id),
                wave=wave,
                employee_id=invitation.employee_id,
                address=person.email,
            )
            for invitation, person in zip(invitations, people, strict=True)
        ]
    )


@transaction.atomic
def remind(*, wave_id: uuid.UUID, number: int, zones: Iterable[str] | None = None) -> int:
    """Writes reminder `number` (from 1) for those who have not answered; returns how many.

    Only for people in these time zones, as the roster names them; None is all. Happens once in each.
    """
    wave = Wave.objects.select_for_update(no_key=True).filter(id=wave_id, state=WaveState.OPEN).first()
    if wave is None:
        return 0
    everywhere = Employee.objects.order_by().values_list("time_zone", flat=True).distinct()
    fresh = [zone for zone in (everywhere if zones is None else zones) if reminded_in(wave, zone) < number]
    if not fresh:
        return 0
    before = wave.reminded_zones or {_OTHER_ZONES: wave.reminded}
    wave.reminded_zones = before | dict.fromkeys(fresh, number)
    wave.reminded = max(wave.reminded, number)
    wave.save(update_fields=["reminded", "reminded_zones"])
    waiting = Invitation.objects.filter(wave_id=wave_id, answered=False, employee__active=True)
    waiting = waiting.filter(employee__time_zone__in=fresh)
    # An address that is corrected while the wave is open gets no link of it: nobody can have a link sent elsewhere.
    frozen = dict(Mail.objects.filter(wave_id=wave_id, kind=MailKind.INVITATION).values_list("key", "address"))
    mails = [
        Mail(
            kind=MailKind.REMINDER,
            key=f"{invitation_id}:{number}",
            wave_id=wave_id,
            employee_id=employee_id,
            address=frozen.get(str(invitation_id), ""),
        )
        for invitation_id, employee_id in waiting.values_list("id", "employee_id")
    ]
    store_rows(mails)
    return len(mails)


def reminded_in(wave: Wave, zone: str) -> int:
    """How many reminders of the wave people in the time zone have had."""
    before: dict[str, int] = wave.reminded_zones or {_OTHER_ZONES: wave.reminded}
    return before.get(zone, before[_OTHER_ZONES])


def _invitation(wave: Wave, person: Employee, group: ReportingGroup) -> Invitation:
    invitation = Invitation(wave=wave, employee=person, group=group)
    invitation.token_hash = tokens.fingerprint(tokens.derive(settings.LINK_KEY, invitation.id))
    return invitation
