"""What the refusals of a batch mean together. One that meets everybody is the server's, whatever its code says."""

import uuid
from dataclasses import dataclass

from surveys.mails.replies import Cause

# So many refusals, with no mail taken in between, are no chance of bad addresses: it is the server.
REFUSALS_IN_A_ROW = 3
# A refusal that meets a mail alone says so: it has had so many attempts, on connections of their own.
ATTEMPTS_ALONE = 3
# So many are enough where nothing at all was taken, and a code is not about the recipient. A single mail just waits.
_REFUSALS_OF_ALL = 2


@dataclass(frozen=True)
class Refusal:
    """A mail that the server did not take."""

    mail_id: uuid.UUID
    # Of the recipient's address, in small letters.
    domain: str
    # Whom the codes are about.
    cause: Cause
    # Whether the code says that it is of no use to try again.
    permanent: bool
    # How often the mail has been tried, this time included.
    attempts: int = 1


class RefusalSeries:
    """The refusals since the server last took a mail. Methods return the mails that must not be tried again."""

    def __init__(self) -> None:
        self._open: list[Refusal] = []
        self._any_taken = False

    @property
    def is_of_server(self) -> bool:
        """Whether they are so many in a row that the server is the reason."""
        return len(self._open) >= REFUSALS_IN_A_ROW

    @property
    def any_taken(self) -> bool:
        """Whether the server has taken any mail of this batch."""
        return self._any_taken

    def mail_ids(self) -> list[uuid.UUID]:
        return [refusal.mail_id for refusal in self._open]

    def refuse(self, refusal: Refusal) -> None:
        self._open.append(refusal)

    def take(self, domain: str) -> list[uuid.UUID]:
        """A mail was taken, so what was refused before it was refused for its own reason.

        Where the code leaves open whose reason it is, only another mail to the same domain shows that it is relayed to.
        """
        failed = [refusal.mail_id for refusal in self._open if _own_reason(refusal, domain)]
        self._open.clear()
        self._any_taken = True
        return failed

    def finish(self, *, in_trouble: bool = False) -> tuple[list[uuid.UUID], bool]:
        """At the end of a batch: those mails, and whether all refusals of the batch are the server's.

        A server that was not in trouble before, and has refused a mail's mailbox each time, means the mailbox.
        """
        if not self._any_taken and self._meets_everybody():
            return [], True
        taken, calm = self._any_taken, not in_trouble
        final = [
            refusal for refusal in self._open if (taken and _own_reason(refusal)) or (calm and _names_mailbox(refusal))
        ]
        return [refusal.mail_id for refusal in final], False

    def _meets_everybody(self) -> bool:
        """Where not all codes are about the recipients, several are the server's."""
        about_server = any(refusal.cause != Cause.RECIPIENT for refusal in self._open)
        return about_server and len(self._open) >= _REFUSALS_OF_ALL


def _own_reason(refusal: Refusal, taken_domain: str | None = None) -> bool:
    if not refusal.permanent:
        return False
    left_open = refusal.cause in (Cause.MAILBOX, Cause.UNSURE)
    return refusal.cause == Cause.RECIPIENT or (left_open and refusal.domain == taken_domain)


def _names_mailbox(refusal: Refusal) -> bool:
    """Whether a mail was refused permanently for its mailbox, as often as it takes without another mail beside it."""
    about_mailbox = refusal.cause in (Cause.RECIPIENT, Cause.MAILBOX)
    return about_mailbox and refusal.permanent and refusal.attempts >= ATTEMPTS_ALONE
