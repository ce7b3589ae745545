"""Which composer writes which kind of mail, and what all mails have in common."""

from collections.abc import Callable
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from surveys.models import Mail

Composer = Callable[[Mail], EmailMultiAlternatives]

_composers: dict[str, Composer] = {}


class NotDueError(Exception):
    """The reason for the mail is gone: it must not be sent."""


def register(kind: str, composer: Composer) -> None:
    """The composer is called just before the mail is sent, and raises NotDueError if it should not be."""
    _composers[kind] = composer


def registered_kinds() -> frozenset[str]:
    return frozenset(_composers)


def compose(mail: Mail) -> EmailMultiAlternatives:
    """The message for an outbox row. Raises NotDueError, and KeyError for a kind that is not registered."""
    message = _composers[mail.kind](mail)
    message.extra_headers |= {
        "Message-ID": message_id(mail),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    return message


def message_id(mail: Mail) -> str:
    """The same for every attempt, so that a mailbox can recognise the mail that a crash made go out twice."""
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return f"<{mail.id}@{address.rpartition('@')[2]}>"
