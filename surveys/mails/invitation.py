"""The two mails that ask for an answer. Their link is made here, at sending, and kept nowhere."""

import datetime as dt
import logging
import uuid
from functools import cache, lru_cache
from typing import NamedTuple

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
# In the place of a token, in texts that are kept for the next mail.
_TOKEN_MARK = "a" * 26
_REMINDER = gettext_lazy("Open until %(last_day)s: how do we work together?")


class _Letter(NamedTuple):
    """All that the texts of a mail depend on, but for the token."""

    template: str
    language: str
    zone: dt.tzinfo
    subject: str
    closes_at: dt.datetime
    min_group_size: int
    organisation: str
    # With _TOKEN_MARK in the place of its token.
    link: str


def answer_url(invitation_id: uuid.UUID) -> str:
    """The personal link, derived each time it is needed: it is stored nowhere."""
    return _url(tokens.derive(settings.LINK_KEY, invitation_id))


def _url(token: str) -> str:
    return settings.SITE_URL + reverse("answer", args=[token])


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
    closes_at, language = mail.wave.closes_at, employee.language
    with translation.override(language), timezone.override(zone):
        last_day = date_format(timezone.localtime(closes_at), "DATE_FORMAT")
        heading = str(subject) % {"organisation": settings.ORGANISATION, "last_day": last_day}
    letter = _Letter(
        template=template,
        language=language,
        zone=zone,
        subject=heading,
        closes_at=closes_at,
        min_group_size=mail.wave.min_group_size,
        organisation=settings.ORGANISATION,
        link=_url(_TOKEN_MARK),
    )
    text, html = _compose(letter)
    token = tokens.derive(settings.LINK_KEY, invitation_id)
    text, html = text.replace(_TOKEN_MARK, token), html.replace(_TOKEN_MARK, token)
    return write(to=mail.address or employee.email, subject=heading, text=text, html=html, language=language)


@lru_cache(maxsize=200)
def _compose(letter: _Letter) -> tuple[str, str]:
    """Text and HTML, once for all who get the same: composing them would take longer than sending them."""
    context = {name: getattr(letter, name) for name in ("subject", "closes_at", "link", "min_group_size")}
    with timezone.override(letter.zone):
        return render(letter.template, context, letter.language)


@cache
def _warn_once(time_zone: str) -> None:
    """The answer page, which goes by the same clock, says nothing: a line with its time would tell of a visit."""
    logger.warning("The time zone %s is unknown here; people who have it read the company's clock.", time_zone)
