"""Sending what is in the outbox. Nothing here runs in a transaction: a lock held while a mail server thinks would make
answers wait.
"""

import logging
import uuid

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from surveys.choices import MailProblem, MailState
from surveys.mails.composing import NotDueError, compose
from surveys.mails.delivery import Delivery, deliver, mail_server
from surveys.services import outbox

logger = logging.getLogger(__name__)


def send_pending(limit: int = settings.MAIL_BATCH) -> bool:
    """Sends up to `limit` queued mails over one connection; True if it is worth calling again at once.

    A server that cannot be reached costs no mail an attempt: they stay queued, and the next tick tries again.
    """
    leased = False
    with mail_server() as server:
        for mail_id in outbox.pending(limit):
            if not _reached(server):
                return False
            delivery = send(mail_id, server)
            if delivery and delivery.broken_off:
                return False
            leased = leased or delivery is not None
    return leased


def send(mail_id: uuid.UUID, server: BaseEmailBackend) -> Delivery | None:
    """Sends one queued mail and records the result; None if it was not queued, or another sender was faster."""
    mail = outbox.lease(mail_id=mail_id)
    if mail is None:
        return None
    try:
        message = compose(mail)
    except NotDueError:
        outbox.withdraw(mail=mail)
        return Delivery(MailState.FAILED, MailProblem.NOT_DUE)
    delivery = deliver(message, server)
    outbox.record_result(mail=mail, state=delivery.state, problem=delivery.problem, reply=delivery.reply)
    if delivery.problem:
        logger.warning("Mail %s is %s: %s %s", mail.id, delivery.state, delivery.problem, delivery.reply)
    return delivery


def _reached(server: BaseEmailBackend) -> bool:
    try:
        server.open()
    except OSError as error:
        logger.warning("The mail server cannot be reached (%s): mails stay queued.", type(error).__name__)
        return False
    return True
