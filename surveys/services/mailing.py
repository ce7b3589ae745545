"""The outbox: each mail is leased, the lease committed, the mail sent, the result committed, one by one.

A crash between the last two steps is the only way in which a mail can go out twice, and it then has the same
Message-ID. Nothing here runs in a transaction: a lock held while a mail server thinks would make answers wait.
"""

import datetime as dt
import logging
import uuid

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When

from surveys.choices import MailKind, MailState
from surveys.mails import NotDueError, compose
from surveys.mails.delivery import Delivery, deliver, mail_server
from surveys.models import Mail

logger = logging.getLogger(__name__)

# Longer than a task may run: whoever holds the lease is gone by then.
LEASE = dt.timedelta(minutes=15)
# How long a mail waits after its first, second, … attempt: a day in all. Then it is given up.
DELAYS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
ATTEMPTS = len(DELAYS) + 1
_UNFINISHED = "its sending was broken off"
_NOT_DUE = "no longer due"


def pending(limit: int) -> list[uuid.UUID]:
    return list(Mail.objects.filter(state=MailState.QUEUED).values_list("id", flat=True)[:limit])


def send_pending(limit: int = settings.MAIL_BATCH) -> bool:
    """Sends up to `limit` queued mails over one connection; True if it is worth calling again at once.

    A server that cannot be reached costs no mail an attempt: they stay queued, and the next tick tries again.
    """
    leased = False
    with mail_server() as server:
        for mail_id in pending(limit):
            if not _reached(server):
                return False
            delivery = send(mail_id, server)
            if delivery and delivery.broken_off:
                return False
            leased = leased or delivery is not None
    return leased


def send(mail_id: uuid.UUID, server: BaseEmailBackend) -> Delivery | None:
    """Sends one queued mail and records the result; None if it was not queued, or another sender was faster."""
    mail = _lease(mail_id)
    if mail is None:
        return None
    try:
        message = compose(mail)
    except NotDueError:
        return _withdraw(mail)
    delivery = deliver(message, server)
    _held(mail).update(state=delivery.state, problem=delivery.problem, retry_at=None)
    if delivery.problem:
        logger.warning("Mail %s is %s: %s", mail.id, delivery.state, delivery.problem)
    return delivery


def sweep(now: dt.datetime) -> None:
    """Marks unfinished mails with the time of their next attempt, and queues again those marked earlier that are due.

    Only the tick calls it: a crashed sender has no clock to leave behind.
    """
    unfinished = Mail.objects.filter(state__in=(MailState.SENDING, MailState.DEFERRED))
    due = unfinished.filter(retry_at__lte=now)
    due.filter(attempts__gte=ATTEMPTS).update(state=MailState.FAILED, retry_at=None)
    due.update(state=MailState.QUEUED, retry_at=None)
    delays = [
        When(state=MailState.DEFERRED, attempts=attempt, then=Value(now + delay))
        for attempt, delay in enumerate(DELAYS, start=1)
    ]
    unfinished.filter(retry_at=None).update(retry_at=Case(*delays, default=Value(now + LEASE)))


def _reached(server: BaseEmailBackend) -> bool:
    try:
        server.open()
    except OSError as error:
        logger.warning("The mail server cannot be reached (%s): mails stay queued.", type(error).__name__)
        return False
    return True


@transaction.atomic(durable=True)
def _lease(mail_id: uuid.UUID) -> Mail | None:
    queued = Mail.objects.filter(id=mail_id, state=MailState.QUEUED)
    if not queued.update(state=MailState.SENDING, attempts=F("attempts") + 1, problem=_UNFINISHED):
        return None
    related = Mail.objects.select_related("wave", "employee", "staff")
    return related.defer("wave__questionnaire", "wave__public_key").get(id=mail_id)


def _held(mail: Mail) -> QuerySet[Mail]:
    """The row, as long as this attempt is the one that holds it."""
    return Mail.objects.filter(id=mail.id, state=MailState.SENDING, attempts=mail.attempts)


def _withdraw(mail: Mail) -> Delivery:
    """A reminder leaves no row: one that says it was not needed would say who had answered."""
    if mail.kind == MailKind.REMINDER:
        _held(mail).delete()
    else:
        _held(mail).update(state=MailState.FAILED, problem=_NOT_DUE)
    return Delivery(MailState.FAILED, _NOT_DUE)
