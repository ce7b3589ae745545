"""Sending what is in the outbox. Nothing here runs in a transaction: a lock held while a mail server thinks would make
answers wait.
"""

import datetime as dt
import logging
import time
import uuid
from dataclasses import replace

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import Error, transaction
from django.utils import timezone

from surveys.choices import MailProblem, MailState
from surveys.mails.composing import NotDueError, compose
from surveys.mails.delivery import Delivery, close, deliver, mail_connection, read_refusal
from surveys.mails.fresh_mails import FreshMails
from surveys.mails.pace import Clock, Pace
from surveys.mails.refusals import Refusal, RefusalSeries
from surveys.mails.replies import Cause
from surveys.mails.sender_lock import sender_lock
from surveys.models import Mail
from surveys.services import mail_server, outbox

logger = logging.getLogger(__name__)
CLOCK = Clock(timezone.now, time.sleep)
# No mail is begun later in a batch: the worker turns to other tasks, and the next batch is a task of its own.
_BATCH = dt.timedelta(minutes=4)
# A server may hang up on who says nothing for longer.
_SILENCE_SECONDS = 20


def send_pending(limit: int = settings.MAIL_BATCH, clock: Clock = CLOCK) -> bool:
    """Sends up to `limit` queued mails over one connection; True if it is worth calling again at once.

    MAIL_SENDERS work at a time; only one while the pace is limited or the server takes nothing. That costs no mail
    anything: they stay queued, and it is tried again later.
    """
    refuse_transactions()
    with sender_lock(settings.MAIL_SENDERS) as place:
        state = mail_server.read_mail_server()
        if place is None or (state.retry_at and state.retry_at > clock.now()):
            return False
        pace = Pace(settings.MAIL_PER_MINUTE or None, state.per_minute, last=clock.now())
        is_in_trouble = bool(state.problem or state.attempts)
        if place and (is_in_trouble or pace.current):
            return False
        with mail_connection() as server:
            # Far enough behind the sender before it that it finds no mail of this batch in its next one.
            return _Batch(server, clock, pace, is_in_trouble=is_in_trouble).send(limit, skip=2 * limit * place)


def refuse_transactions() -> None:
    """Raises RuntimeError within a transaction: what is recorded of a mail must be committed before the next one."""
    with transaction.atomic(durable=True):
        pass


def send(mail_id: uuid.UUID, server: BaseEmailBackend) -> Delivery | None:
    """Sends one queued mail and records the result; None if it was not queued, or another sender was faster."""
    refuse_transactions()
    return _send(outbox.read_queued([mail_id]).get(mail_id), server)


def _send(mail: Mail | None, server: BaseEmailBackend) -> Delivery | None:
    if mail is None or not outbox.lease(mail=mail):
        return None
    try:
        message = compose(mail)
    except NotDueError:
        outbox.withdraw(mail=mail)
        return Delivery(MailState.FAILED, MailProblem.NOT_DUE)
    except Error:
        raise  # the database's own: the next mail would meet it too
    except Exception as error:  # noqa: BLE001 -- one mail that cannot be made keeps no other one back
        delivery = Delivery(MailState.DEFERRED, MailProblem.NOT_COMPOSED, type(error).__name__)
    else:
        delivery = replace(deliver(message, server), attempts=mail.attempts)
    outbox.record_result(mail=mail, state=delivery.state, problem=delivery.problem, reply=delivery.reply)
    if delivery.problem:
        logger.warning("Mail %s is %s: %s %s", mail.id, delivery.state, delivery.problem, delivery.reply)
    return delivery


class _Batch:
    """One connection's worth of mails, and what the server's replies say of it."""

    def __init__(self, server: BaseEmailBackend, clock: Clock, pace: Pace, *, is_in_trouble: bool) -> None:
        self._server, self._clock, self._pace = server, clock, pace
        self._in_trouble = is_in_trouble
        self._series, self._refused = RefusalSeries(), Delivery(MailState.DEFERRED)
        self._known_pace = pace.per_minute

    def send(self, limit: int, *, skip: int) -> bool:
        began, tried = self._clock.now(), False
        again = outbox.tried_before() if self._in_trouble else []
        mails = FreshMails(dict.fromkeys([*again, *outbox.pending(limit, skip)]), self._clock.now)
        for mail_id in mails.ids:
            if self._clock.now() - began > _BATCH:
                break
            self._wait()
            if not self._reached():
                return False
            self._pace.begin(self._clock.now())
            delivery = _send(mails.read(mail_id), self._server)
            tried = tried or delivery is not None
            if delivery and not self._learn(mail_id, delivery):
                return False
        return self._finish() and tried

    def _wait(self) -> None:
        gap = self._pace.gap(self._clock.now())
        if gap > _SILENCE_SECONDS:
            close(self._server)
        if gap:
            self._clock.wait(gap)

    def _reached(self) -> bool:
        try:
            self._server.open()
        except OSError as error:
            self._pause(read_refusal(error))
            return False
        return True

    def _learn(self, mail_id: uuid.UUID, delivery: Delivery) -> bool:
        """What a result says of the server; False where it takes no more for now."""
        if delivery.state == MailState.SENT:
            self._take(delivery.domain)
        elif delivery.broken_off:
            if delivery.cause:
                outbox.queue_again([mail_id, *self._series.mail_ids()])
            self._pause(delivery)
            return False
        elif delivery.cause and delivery.cause != Cause.GREYLISTED:
            self._refused = delivery
            self._series.refuse(
                Refusal(mail_id, delivery.domain, delivery.cause, delivery.permanent, delivery.attempts)
            )
            if self._series.is_of_server:
                outbox.queue_again(self._series.mail_ids())
                self._pause(delivery)
                return False
        return True

    def _take(self, domain: str) -> None:
        self._pace.take(self._clock.now())
        outbox.fail(self._series.take(domain))
        if self._in_trouble:
            self._in_trouble = False
            mail_server.recover()
            outbox.release()
            logger.info("The mail server takes mails again.")

    def _finish(self) -> bool:
        failed, are_of_server = self._series.finish(in_trouble=self._in_trouble)
        outbox.fail(failed)
        if are_of_server:
            outbox.queue_again(self._series.mail_ids())
            self._pause(self._refused)
        elif self._pace.per_minute != self._known_pace:
            mail_server.set_pace(per_minute=self._pace.per_minute)
        return not are_of_server

    def _pause(self, delivery: Delivery) -> None:
        """The server takes nothing for now. If it took some before, it needs a break; else it is in trouble."""
        now = self._clock.now()
        if self._series.any_taken:
            too_fast = delivery.cause is not None and not delivery.permanent
            per_minute = self._pace.slower() if too_fast else self._pace.per_minute
            mail_server.give_break(now=now, per_minute=per_minute)
            logger.info("The mail server takes no more mails for now (%s); pace: %s.", delivery.reply, per_minute)
        elif mail_server.pause(now=now, problem=delivery.problem or MailProblem.CONNECTION_LOST, reply=delivery.reply):
            logger.error(
                "The mail server takes no mails (%s %s). They stay queued and go out when it does.",
                delivery.problem,
                delivery.reply,
            )
