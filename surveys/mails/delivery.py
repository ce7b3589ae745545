"""Handing one message to the mail server, and what its reply means for the outbox."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from surveys.choices import MailProblem, MailState

_PERMANENT = 500
_ENHANCED_CODE = re.compile(rb"^[245]\.\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True)
class Delivery:
    """What became of one attempt to send a mail."""

    state: MailState
    problem: MailProblem | None = None
    # The server's codes, or the connection error's name: the server's words may name the address.
    reply: str = ""

    @property
    def broken_off(self) -> bool:
        """Whether the server gave no reply at all."""
        return self.problem == MailProblem.CONNECTION_LOST


@contextmanager
def mail_server() -> Iterator[BaseEmailBackend]:
    """A connection that opens when it is first needed."""
    connection = get_connection()
    try:
        yield connection
    finally:
        close(connection)


def close(connection: BaseEmailBackend) -> None:
    """A server that fails at the farewell has taken the mails all the same: their results are not touched by it."""
    with suppress(OSError):
        connection.close()


def deliver(message: EmailMultiAlternatives, connection: BaseEmailBackend) -> Delivery:
    """Leaves the connection open if the mail was taken, closed otherwise: after an error its state is unknown."""
    try:
        connection.open()
        taken = connection.send_messages([message])
    except ValueError:
        # A header or address with letters that have no place there; the error's own words would name them.
        delivery = Delivery(MailState.FAILED, MailProblem.UNWRITABLE)
    except OSError as error:
        delivery = _refusal(error)
    else:
        return Delivery(MailState.SENT) if taken else Delivery(MailState.FAILED, MailProblem.NO_RECIPIENT)
    close(connection)
    return delivery


def _refusal(error: OSError) -> Delivery:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        state = MailState.FAILED if code >= _PERMANENT else MailState.DEFERRED
        return Delivery(state, MailProblem.RECIPIENT_REFUSED, _codes(code, words))
    if isinstance(error, smtplib.SMTPResponseException):
        codes = _codes(error.smtp_code, error.smtp_error)
        return Delivery(MailState.DEFERRED, MailProblem.SERVER_REFUSED, codes)
    return Delivery(MailState.DEFERRED, MailProblem.CONNECTION_LOST, type(error).__name__)


def _codes(code: int, words: bytes | str) -> str:
    enhanced = _ENHANCED_CODE.search(words.encode() if isinstance(words, str) else words)
    return f"{code} {enhanced[0].decode()}" if enhanced else str(code)
