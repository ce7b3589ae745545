"""Handing one message to the mail server, and what its reply means for the outbox."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import sanitize_address

from surveys.choices import MailProblem, MailState
from surveys.mails.replies import CLOSING, Cause, Phase, find_cause, is_permanent

_ENHANCED_CODE = re.compile(rb"^[245]\.\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True)
class Delivery:
    """What became of one attempt to send a mail."""

    # What the outbox records: SENT, DEFERRED or FAILED.
    state: MailState
    # Why the mail was not taken; None if it was.
    problem: MailProblem | None = None
    # The server's codes, or the connection error's name: the server's words may name the address.
    reply: str = ""
    # Of the recipient, in small letters.
    domain: str = ""
    # Whom a refusal is about; None where there is no reply.
    cause: Cause | None = None
    # How often the mail has been tried, this time included.
    attempts: int = 1

    @property
    def broken_off(self) -> bool:
        """Whether the server gave no reply at all, or says that it gives no more."""
        return self.problem == MailProblem.CONNECTION_LOST or self.reply.startswith(str(CLOSING))

    @property
    def permanent(self) -> bool:
        return self.cause is not None and is_permanent(int(self.reply[:3]))


@contextmanager
def mail_connection() -> Iterator[BaseEmailBackend]:
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
    """Leaves the connection open if the mail was taken, closed otherwise: after an error its state is unknown.

    No refusal is final here: whose reason it is shows with the mails beside it.
    """
    try:
        connection.open()
        taken = connection.send_messages([message])
    except OSError as error:
        delivery = read_refusal(error, _domain(message))
    except Exception:  # noqa: BLE001 -- whatever else the writing of a mail raises; its words would name the address
        state = MailState.DEFERRED if _is_writable(message.to) else MailState.FAILED
        delivery = Delivery(state, MailProblem.UNWRITABLE)
    else:
        problem = None if taken else MailProblem.NO_RECIPIENT
        return Delivery(MailState.SENT if taken else MailState.FAILED, problem, domain=_domain(message))
    close(connection)
    return delivery


def read_refusal(error: OSError, domain: str = "") -> Delivery:
    """What an error of the dialogue, or of the connection, means."""
    phase, code, words = _reply(error)
    if code is None or not 0 < code < 1000:  # noqa: PLR2004 -- three digits
        return Delivery(MailState.DEFERRED, MailProblem.CONNECTION_LOST, type(error).__name__, domain)
    problem = MailProblem.RECIPIENT_REFUSED if phase == Phase.RECIPIENT else MailProblem.SERVER_REFUSED
    codes = _codes(code, words)
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return Delivery(MailState.DEFERRED, problem, codes, domain, find_cause(phase, codes, text))


def _reply(error: OSError) -> tuple[Phase, int | None, bytes | str]:
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, words = next(iter(error.recipients.values()))
            return Phase.RECIPIENT, code, words
        case smtplib.SMTPSenderRefused():
            return Phase.SENDER, error.smtp_code, error.smtp_error
        case smtplib.SMTPDataError():
            return Phase.CONTENT, error.smtp_code, error.smtp_error
        case smtplib.SMTPResponseException():
            return Phase.CONNECTION, error.smtp_code, error.smtp_error
    return Phase.CONNECTION, None, ""


def _codes(code: int, words: bytes | str) -> str:
    enhanced = _ENHANCED_CODE.search(words.encode() if isinstance(words, str) else words)
    return f"{code} {enhanced[0].decode()}" if enhanced else str(code)


def _domain(message: EmailMultiAlternatives) -> str:
    return message.to[0].rpartition("@")[2].lower() if message.to else ""


def _is_writable(addresses: list[str]) -> bool:
    try:
        for address in addresses:
            sanitize_address(address, "utf-8")
    except ValueError:
        return False
    return True
