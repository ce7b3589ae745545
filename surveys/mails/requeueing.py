"""Mails that were given up for another reason than their recipients' own, queued again by HR or the operator."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from surveys.choices import MailKind, MailProblem, MailState, WaveState
from surveys.mails.replies import is_about_recipient
from surveys.models import Mail, Wave
from surveys.services import mail_server, outbox

# A mail that is not due, or that nobody could ever be sent.
_FOR_GOOD = (MailProblem.NOT_DUE, MailProblem.NO_RECIPIENT, MailProblem.UNWRITABLE)
_ASKING = (MailKind.INVITATION, MailKind.REMINDER)


@dataclass(frozen=True)
class RequeueCount:
    """Invitations only: how many reminders there are would say how many people had answered."""

    # Are sent again.
    queued: int
    # Were refused for their recipients' own reasons, and stay as they are.
    left: int


def requeue_failed(waves: QuerySet[Wave]) -> RequeueCount:
    """Queues failed mails of these waves, and lets the mail server be tried at once.

    Invitations and reminders only while their wave is open; others whenever their composer still wants them.
    """
    failed = Mail.objects.filter(wave__in=waves, state=MailState.FAILED)
    wanted = failed.filter(Q(wave__state=WaveState.OPEN) | ~Q(kind__in=_ASKING)).exclude(problem=MailProblem.NOT_DUE)
    queued, left = [], 0
    for mail_id, kind, problem, reply in wanted.values_list("id", "kind", "problem", "reply"):
        if problem in _FOR_GOOD or is_about_recipient(reply):
            left += kind == MailKind.INVITATION
        else:
            queued.append((mail_id, kind))
    outbox.queue_failed([mail_id for mail_id, _ in queued])
    mail_server.try_now()
    return RequeueCount(sum(kind == MailKind.INVITATION for _, kind in queued), left)
