"""The two mails that ask for an answer. Their link is made here, at sending, and kept nowhere."""

import logging
import uuid
from functools import cache

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Exists
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from surveys.ballot import tokens
from surveys.choices import WaveState
from surveys.mails.composing import NotDueError, render, write
from surveys.models import Employee, Invitation, Mail
from surveys.schedule.zones import clock_of, is_unknown

logger = logging.getLogger(__name__)
_INVITATION = gettext_lazy("%(organisation)s: how do we work together? Two minutes")
_REMINDER = gettext_lazy("Open until %(last_day)s: how do we work together?")


def answer_url(invitation_id: uuid.UUID) -> str:
    """The personal link, derived each time it is needed: it is stored nowhere."""
    path = reverse("answer", args=[tokens.derive(settings.LINK_KEY, invitation_id)])
    return f"{settings.SITE_URL}{path}"


def compose_invitation(mail: Mail) -> EmailMultiAlternatives:
    """Sent while the wave is open, answered or not: an outbox without it would say who had answered."""
    employee = _recipient(mail)
    return _letter(mail, employee, template="invitation", subject=_INVITATION, invitation_id=uuid.UUID(mail.key))


def compose_reminder(mail: Mail) -> EmailMultiAlternatives:
    employee = _recipient(mail)
    invitation_id, number = mail.key.split(":")
    # Where the mail server was down, two would arrive at once: the later one is enough.
    later = Mail.objects.filter(kind=mail.kind, key=f"{invitation_id}:{int(number) + 1}")
    if not Invitation.objects.filter(~Exists(later), id=invitation_id, answered=False).exists():
        raise NotDueError
    return _letter(mail, employee, template="reminder", subject=_REMINDER, invitation_id=uuid.UUID(invitation_id))


def _recipient(mail: Mail) -> Employee:
    employee = mail.employee
    if employee is None or not employee.active or mail.wave.state != WaveState.OPEN:
        raise NotDueError
    return employee


def _letter(
    mail: Mail, employee: Employee, *, template: str, subject: Promise, invitation_id: uuid.UUID
) -> EmailMultiAlternatives:
    zone = clock_of(employee.time_zone)
    if is_unknown(employee.time_zone):
        _warn_once(employee.time_zone)
    closes_at = mail.wave.closes_at
    with translation.override(employee.language), timezone.override(zone):
        last_day = date_format(timezone.localtime(closes_at), "DATE_FORMAT")
        heading = str(subject) % {"organisation": settings.ORGANISATION, "last_day": last_day}
        context = {
            "subject": heading,
            "closes_at": closes_at,
            "link": answer_url(invitation_id),
            "min_group_size": mail.wave.min_group_size,
        }
        text, html = render(template, context, employee.language)
    return write(to=mail.address or employee.email, subject=heading, text=text, html=html, language=employee.language)


@cache
def _warn_once(time_zone: str) -> None:
    """The answer page, which goes by the same clock, says nothing: a line with its time would tell of a visit."""
    logger.warning("The time zone %s is unknown here; people who have it read the company's clock.", time_zone)
