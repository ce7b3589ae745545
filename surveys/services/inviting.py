"""Invitations and reminders: who may answer, and the mails that say so."""

import uuid

from django.conf import settings
from django.db import transaction

from surveys.ballot import tokens
from surveys.choices import MailKind, WaveState
from surveys.models import Employee, Invitation, Mail, ReportingGroup, Wave
from surveys.rules.limits import BATCH_SIZE


def invite(*, wave: Wave, people: list[Employee], group_of: dict[int, ReportingGroup]) -> None:
    """One invitation and one mail a person; `group_of` is by department id. Call it in the opening's transaction."""
    invitations = [_invitation(wave, person, group_of[person.department_id]) for person in people]
    Invitation.objects.bulk_create(invitations, batch_size=BATCH_SIZE)
    Mail.objects.bulk_create(
        (
            Mail(kind=MailKind.INVITATION, key=str(invitation.id), wave=wave, employee_id=invitation.employee_id)
            for invitation in invitations
        ),
        batch_size=BATCH_SIZE,
    )


@transaction.atomic
def remind(*, wave_id: uuid.UUID, number: int) -> int:
    """Writes reminder `number` (from 1) for those who have not answered; returns how many. Happens once."""
    reminding = Wave.objects.filter(id=wave_id, state=WaveState.OPEN, reminded=number - 1)
    if not reminding.update(reminded=number):
        return 0
    waiting = Invitation.objects.filter(wave_id=wave_id, answered=False, employee__active=True)
    mails = [
        Mail(kind=MailKind.REMINDER, key=f"{invitation_id}:{number}", wave_id=wave_id, employee_id=employee_id)
        for invitation_id, employee_id in waiting.values_list("id", "employee_id")
    ]
    return len(Mail.objects.bulk_create(mails, batch_size=BATCH_SIZE))


def _invitation(wave: Wave, person: Employee, group: ReportingGroup) -> Invitation:
    invitation = Invitation(wave=wave, employee=person, group=group)
    invitation.token_hash = tokens.fingerprint(tokens.derive(settings.LINK_KEY, invitation.id))
    return invitation
