"""What a reply of a mail server is about: this recipient, or whatever else, which is the server's matter."""

import re
from enum import Enum, auto

# RFC 3463: class, subject, detail.
_ENHANCED = re.compile(r"\b[245]\.(\d{1,3})\.(\d{1,3})\b")
_PERMANENT = 500
# RFC 5321, 4.2.2: no such mailbox or no access to it, not of this server, a name that cannot be one.
_ABOUT_MAILBOX = ("550", "551", "553")
# What servers say with a bare 550 for their own reasons: "relay not permitted", "authentication required".
_WORDS_ON_SERVER = re.compile(
    r"\brelay|\b(un)?auth(enticat|ori[sz])|\bpolic(y|ies)\b|\bprohibit|\b(sender|spam|spf|dkim|dmarc|reputation)\b"
    r"|\bblock|\b(black|deny)list|\bnot (allowed|permitted)\b|\baccess denied\b|\b(ip|r?dns|ptr|helo|ehlo)\b",
    re.IGNORECASE,
)
# What they say of the recipient: "no such user", "mailbox does not exist".
_WORDS_ON_RECIPIENT = re.compile(
    r"\b(no such|unknown|invalid|non-?existent) (\w+ )?(user|mailbox|recipient|account|address|person)\b"
    r"|\b(user|mailbox|recipient|account|address)\b(\W+\w+){0,8}?\W+"
    r"(unknown|disabled|inactive|(not|t) (exist|found))\b",
    re.IGNORECASE,
)
# An address may be made of any of these words: relay@policy.example.
_MAIL_ADDRESS = re.compile(r"\S+@\S+")
# "The first mail from you to them: come again", which is nobody's refusal.
_GREYLISTED = re.compile(r"\bgr[ae]y-?list", re.IGNORECASE)
# "The service is closing the channel", whatever was asked.
CLOSING = 421
_ADDRESS, _MAILBOX = 1, 2
# Of the subject "address": the mailbox, its domain, its syntax, moved away, takes no mail. The others are the sender's.
_DETAILS_ON_RECIPIENT = {1, 2, 3, 6, 10}


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
    # The server takes the mail when it comes again some minutes later: it refuses everybody's first one.
    GREYLISTED = auto()
    SERVER = auto()


def is_permanent(code: int) -> bool:
    return code >= _PERMANENT


def find_cause(phase: Phase, reply: str, words: str = "") -> Cause:
    """`reply` is the code, and the enhanced code if there is one: "550 5.1.1"; `words` is the server's text."""
    if phase in (Phase.CONNECTION, Phase.SENDER) or reply.startswith(str(CLOSING)):
        return Cause.SERVER
    words = _MAIL_ADDRESS.sub(" ", words)
    if _GREYLISTED.search(words) and not is_permanent(int(reply[:3])):
        return Cause.GREYLISTED
    enhanced = _ENHANCED.search(reply)
    if enhanced is None:
        return _cause_of_bare(phase, reply, words)
    return Cause.RECIPIENT if _names_recipient(int(enhanced[1]), int(enhanced[2])) else Cause.SERVER


def _cause_of_bare(phase: Phase, code: str, words: str) -> Cause:
    if phase != Phase.RECIPIENT or _WORDS_ON_SERVER.search(words):
        return Cause.SERVER
    if _WORDS_ON_RECIPIENT.search(words):
        return Cause.RECIPIENT
    return Cause.MAILBOX if code in _ABOUT_MAILBOX else Cause.UNSURE


def is_about_recipient(reply: str) -> bool:
    """Whether the codes of a stored reply say for certain that its recipient is what was refused."""
    return find_cause(Phase.RECIPIENT, reply) == Cause.RECIPIENT


def _names_recipient(subject: int, detail: int) -> bool:
    return subject == _MAILBOX or (subject == _ADDRESS and detail in _DETAILS_ON_RECIPIENT)
