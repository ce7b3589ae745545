"""What a reply of a mail server is about: this recipient, or whatever else, which is the server's matter."""

import re
from enum import Enum, auto

# RFC 3463: class, subject, detail.
_ENHANCED = re.compile(r"\b[245]\.(\d{1,3})\.(\d{1,3})\b")
_PERMANENT = 500
# "The service is closing the channel", whatever was asked.
CLOSING = 421
_ADDRESS, _MAILBOX = 1, 2
# Of the subject "address": the mailbox, its domain, its syntax, moved away, takes no mail. The others are the sender's.
_OF_RECIPIENT = {1, 2, 3, 6, 10}


class Phase(Enum):
    """How far the dialogue of RFC 5321 was when the server refused."""

    # Greeting, EHLO, STARTTLS and AUTH.
    CONNECTION = auto()
    # MAIL FROM.
    SENDER = auto()
    # RCPT TO.
    RECIPIENT = auto()
    # DATA, or the dot at its end.
    CONTENT = auto()


class Cause(Enum):
    """Whom a refusal is about, as far as its codes say."""

    RECIPIENT = auto()
    # A bare 550 at RCPT is an unknown user, or a relay that is denied to everybody.
    UNSURE = auto()
    SERVER = auto()


def is_permanent(code: int) -> bool:
    return code >= _PERMANENT


def find_cause(phase: Phase, reply: str) -> Cause:
    """`reply` is the code, and the enhanced code if there is one: "550 5.1.1"."""
    if phase in (Phase.CONNECTION, Phase.SENDER) or reply.startswith(str(CLOSING)):
        return Cause.SERVER
    enhanced = _ENHANCED.search(reply)
    if enhanced is None:
        return Cause.UNSURE if phase == Phase.RECIPIENT else Cause.SERVER
    return Cause.RECIPIENT if _names_recipient(int(enhanced[1]), int(enhanced[2])) else Cause.SERVER


def is_about_recipient(reply: str) -> bool:
    """Whether the codes of a stored reply say for certain that its recipient is what was refused."""
    return find_cause(Phase.RECIPIENT, reply) == Cause.RECIPIENT


def _names_recipient(subject: int, detail: int) -> bool:
    return subject == _MAILBOX or (subject == _ADDRESS and detail in _OF_RECIPIENT)
