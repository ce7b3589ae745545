"""What a reply of a mail server is about: this recipient, or whatever else, which is the server's matter."""

import re
from enum import Enum, auto

# RFC 3463: class, subject, detail.
_ENHANCED = re.compile(r"\b[245]\.(\d{1,3})\.(\d{1,3})\b")
_PERMANENT = 500
# RFC 5321, 4.2.2: no such mailbox or no access to it, not of this server, a name that cannot be one.
_ABOUT_MAILBOX = ("550", "551", "553")
# What servers say with a bare 550 where they take mails for nobody but their own: "relay not permitted".
_RELAY = re.compile(r"\brelay", re.IGNORECASE)
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
    # A bare 550, 551 or 553 at RCPT is about a mailbox: an unknown one, or a relay that is denied to everybody.
    MAILBOX = auto()
    # Any other code at RCPT without an enhanced one.
    UNSURE = auto()
    SERVER = auto()


def is_permanent(code: int) -> bool:
    return code >= _PERMANENT


def find_cause(phase: Phase, reply: str, words: str = "") -> Cause:
    """`reply` is the code, and the enhanced code if there is one: "550 5.1.1"; `words` is the server's text."""
    if phase in (Phase.CONNECTION, Phase.SENDER) or reply.startswith(str(CLOSING)):
        return Cause.SERVER
    enhanced = _ENHANCED.search(reply)
    if enhanced is None:
        return _cause_of_bare(phase, reply, words)
    return Cause.RECIPIENT if _names_recipient(int(enhanced[1]), int(enhanced[2])) else Cause.SERVER


def _cause_of_bare(phase: Phase, code: str, words: str) -> Cause:
    if phase != Phase.RECIPIENT or _RELAY.search(words):
        return Cause.SERVER
    return Cause.MAILBOX if code in _ABOUT_MAILBOX else Cause.UNSURE


def is_about_recipient(reply: str) -> bool:
    """Whether the codes of a stored reply say for certain that its recipient is what was refused."""
    return find_cause(Phase.RECIPIENT, reply) == Cause.RECIPIENT


def _names_recipient(subject: int, detail: int) -> bool:
    return subject == _MAILBOX or (subject == _ADDRESS and detail in _OF_RECIPIENT)
