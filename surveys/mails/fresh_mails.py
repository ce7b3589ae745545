"""The mails of one batch, read from the outbox some at a time, shortly before each is sent."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable

from surveys.models import Mail
from surveys.services import outbox

# Read together, and kept for so long: what a mail says must not be older when the server lets it wait.
_TOGETHER, _FRESH = 25, dt.timedelta(seconds=2)


class FreshMails:
    """Reads twenty-five at once, for one statement a mail would be a fifth of its time."""

    def __init__(self, mail_ids: Iterable[uuid.UUID], now: Callable[[], dt.datetime]) -> None:
        self.ids = list(mail_ids)
        self._now = now
        self._places = {mail_id: place for place, mail_id in enumerate(self.ids)}
        self._read: dict[uuid.UUID, Mail] = {}
        # How far it has been read, and when.
        self._end, self._moment = 0, now()

    def read(self, mail_id: uuid.UUID) -> Mail | None:
        """The mail as it is now, or was two seconds ago; None if it is not queued any more."""
        place = self._places[mail_id]
        if place >= self._end or self._now() - self._moment > _FRESH:
            self._end, self._moment = place + _TOGETHER, self._now()
            self._read = outbox.read_queued(self.ids[place : self._end])
        return self._read.get(mail_id)
