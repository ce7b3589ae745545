"""Whether the mail server takes mails, for HR's page."""

import datetime as dt
from dataclasses import dataclass

from surveys.models import MailServer


@dataclass(frozen=True)
class MailTrouble:
    """A mail server that takes no mail."""

    # Since when it takes none.
    since: dt.datetime
    # Its codes, like "554 5.7.1", or the name of the connection's error.
    reply: str
    # Whether there is a connection, and the server refuses.
    refuses: bool


def mail_trouble() -> MailTrouble | None:
    """None while mails go out, as far as the last batch showed."""
    server = MailServer.objects.filter(since__isnull=False).first()
    if server is None or server.since is None:
        return None
    return MailTrouble(server.since, server.reply, refuses=server.reply[:1].isdigit())
