"""The outbox: mails as rows, each leased, its result recorded, and tried again when it is due. Nothing is sent here.

A lease is committed before its mail is sent, and the result after it, one by one. A crash between the two is the only
way in which a mail can go out twice, and it then has the same Message-ID. A mail is given up when its wave closes, not
after so many attempts.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from secrets import SystemRandom

from django.db.models import QuerySet

from surveys.choices import MailKind, MailProblem, MailState, WaveState
from surveys.models import Mail

# Longer than a task may run: the sender that has the lease is gone by then.
LEASE = dt.timedelta(minutes=65)
# How long a mail waits after its first, second, … attempt; the last one holds from then on.
DELAYS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))
# So many different moments for those that were refused together.
_MOMENTS = 20
_ASKING = (MailKind.INVITATION, MailKind.REMINDER)
_BEFORE_CLOSING = (WaveState.PLANNED, WaveState.OPENING, WaveState.OPEN)
# Not for the recipient's reason: as soon as the server takes mails again, they may go.
_OF_SERVER = (MailProblem.SERVER_REFUSED, MailProblem.CONNECTION_LOST)
_chance = SystemRandom()


def pending(limit: int, skip: int = 0) -> list[uuid.UUID]:
    """Those tried least often come first, so that a mail that is always refused never keeps others back."""
    return list(_queued().values_list("id", flat=True)[skip : skip + limit])


def tried_before() -> list[uuid.UUID]:
    """A queued mail that was refused, if there is one: some servers take each mail when it comes again."""
    return list(_queued().filter(attempts__gt=0).values_list("id", flat=True)[:1])


def read_queued(mail_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Mail]:
    """Those of them that are still queued, with all that their composers need."""
    related = Mail.objects.select_related("wave", "employee", "staff")
    queued = related.filter(id__in=mail_ids, state=MailState.QUEUED)
    return {mail.id: mail for mail in queued.defer("wave__questionnaire", "wave__public_key")}


def lease(*, mail: Mail) -> bool:
    """Whether the mail is the caller's now, to be sent by nobody else; not if another has tried it since it was read.

    One statement that commits by itself: never call it in a transaction.
    """
    queued = Mail.objects.filter(id=mail.id, state=MailState.QUEUED, attempts=mail.attempts)
    mail.state, mail.attempts, mail.problem, mail.reply = (
        MailState.SENDING,
        mail.attempts + 1,
        MailProblem.UNFINISHED,
        "",
    )
    return bool(queued.update(state=mail.state, attempts=mail.attempts, problem=mail.problem, reply=mail.reply))


def record_result(*, mail: Mail, state: MailState, problem: MailProblem | None = None, reply: str = "") -> None:
    _leased(mail).update(state=state, problem=problem or "", reply=reply, retry_at=None)


def withdraw(*, mail: Mail) -> None:
    """A reminder leaves no row: one that says it was not needed would say who had answered."""
    if mail.kind == MailKind.REMINDER:
        _leased(mail).delete()
    else:
        _leased(mail).update(state=MailState.FAILED, problem=MailProblem.NOT_DUE)


def fail(mail_ids: Collection[uuid.UUID]) -> None:
    """Gives up mails that were refused for their recipients' own reasons."""
    if mail_ids:
        _deferred(mail_ids).update(state=MailState.FAILED, retry_at=None)


def queue_again(mail_ids: Collection[uuid.UUID]) -> None:
    """Mails that were refused for the server's reasons: they wait for the server, and no delay is their own."""
    if mail_ids:
        _deferred(mail_ids).update(state=MailState.QUEUED, retry_at=None)


def queue_failed(mail_ids: Collection[uuid.UUID]) -> None:
    """Queues mails again that were given up."""
    Mail.objects.filter(id__in=mail_ids, state=MailState.FAILED).update(state=MailState.QUEUED, retry_at=None)


def release() -> None:
    """The server takes mails again: whatever waits for its reasons may go at once."""
    Mail.objects.filter(state=MailState.DEFERRED, problem__in=_OF_SERVER).update(state=MailState.QUEUED, retry_at=None)


def sweep(now: dt.datetime) -> None:
    """Marks unfinished mails with the time of their next attempt, and queues again those marked earlier that are due.

    Only the tick calls it: a crashed sender has no clock to leave behind.
    """
    unfinished = Mail.objects.filter(state__in=(MailState.SENDING, MailState.DEFERRED))
    refused = Mail.objects.filter(state__in=(MailState.DEFERRED, MailState.QUEUED), kind__in=_ASKING).exclude(
        problem=""
    )
    # Before a sender finds that they are no longer due, and forgets why they were not taken.
    refused.exclude(wave__state__in=_BEFORE_CLOSING).update(state=MailState.FAILED, retry_at=None)
    unfinished.filter(retry_at__lte=now).update(state=MailState.QUEUED, retry_at=None)
    together: dict[dt.timedelta, list[uuid.UUID]] = defaultdict(list)
    for mail_id, state, attempts in unfinished.filter(retry_at=None).values_list("id", "state", "attempts"):
        together[LEASE if state == MailState.SENDING else _delay(attempts)].append(mail_id)
    for delay, mail_ids in together.items():
        unfinished.filter(id__in=mail_ids, retry_at=None).update(retry_at=now + delay)


def _queued() -> QuerySet[Mail]:
    return Mail.objects.filter(state=MailState.QUEUED).order_by("attempts", "id")


def _delay(attempts: int) -> dt.timedelta:
    """Up to half as long again, so that mails that were refused together do not come back together."""
    return DELAYS[min(max(attempts, 1), len(DELAYS)) - 1] * (1 + _chance.randrange(_MOMENTS) / _MOMENTS / 2)


def _leased(mail: Mail) -> QuerySet[Mail]:
    """The row, as long as this attempt has the lease."""
    return Mail.objects.filter(id=mail.id, state=MailState.SENDING, attempts=mail.attempts)


def _deferred(mail_ids: Collection[uuid.UUID]) -> QuerySet[Mail]:
    return Mail.objects.filter(id__in=mail_ids, state=MailState.DEFERRED)
