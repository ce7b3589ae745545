"""The outbox: mails as rows, each leased, its result recorded, and tried again when it is due. Nothing is sent here.

A lease is committed before its mail is sent, and the result after it, one by one. A crash between the two is the only
way in which a mail can go out twice, and it then has the same Message-ID.
"""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When

from surveys.choices import MailKind, MailProblem, MailState
from surveys.models import Mail

# Longer than a task may run: the sender that has the lease is gone by then.
LEASE = dt.timedelta(minutes=15)
# How long a mail waits after its first, second, … attempt: a day in all. Then it is marked as failed.
DELAYS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
ATTEMPTS = len(DELAYS) + 1


def pending(limit: int) -> list[uuid.UUID]:
    return list(Mail.objects.filter(state=MailState.QUEUED).values_list("id", flat=True)[:limit])


@transaction.atomic(durable=True)
def lease(*, mail_id: uuid.UUID) -> Mail | None:
    """The mail, to be sent by the caller and by no other; None if it is not queued any more."""
    queued = Mail.objects.filter(id=mail_id, state=MailState.QUEUED)
    begun = {"attempts": F("attempts") + 1, "problem": MailProblem.UNFINISHED, "reply": ""}
    if not queued.update(state=MailState.SENDING, **begun):
        return None
    related = Mail.objects.select_related("wave", "employee", "staff")
    return related.defer("wave__questionnaire", "wave__public_key").get(id=mail_id)


def record_result(*, mail: Mail, state: MailState, problem: MailProblem | None = None, reply: str = "") -> None:
    _leased(mail).update(state=state, problem=problem or "", reply=reply, retry_at=None)


def withdraw(*, mail: Mail) -> None:
    """A reminder leaves no row: one that says it was not needed would say who had answered."""
    if mail.kind == MailKind.REMINDER:
        _leased(mail).delete()
    else:
        _leased(mail).update(state=MailState.FAILED, problem=MailProblem.NOT_DUE)


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


def _leased(mail: Mail) -> QuerySet[Mail]:
    """The row, as long as this attempt has the lease."""
    return Mail.objects.filter(id=mail.id, state=MailState.SENDING, attempts=mail.attempts)
