"""How fast mails are sent: as the operator says, and never faster than the server has shown to take them."""

import datetime as dt
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

_MINUTE = dt.timedelta(minutes=1)
# After a refusal: four fifths of what it took in the last minute, or of the pace that was too fast.
_SLOWER = 0.8
# After each minute without one: a tenth more. Beyond so many a minute there is no limit worth keeping.
_FASTER, _NO_LIMIT = 0.1, 600


@dataclass
class Clock:
    """Time, for tests to replace."""

    # Tells the moment.
    now: Callable[[], dt.datetime]
    # Waits so many seconds.
    wait: Callable[[float], None]


@dataclass
class Pace:
    """The gap between two mails, and how it changes."""

    # Mails a minute that the operator allows; None is no limit.
    limit: int | None
    # Mails a minute that the server takes, as far as its refusals have shown; None: as many as there are.
    per_minute: int | None
    # When the last mail went; the start of a batch where that is not known.
    last: dt.datetime | None = None
    # When the server took each mail of the last minute.
    _taken: deque[dt.datetime] = field(default_factory=deque)
    # Since when the pace is what it is; None before the first mail.
    _raised: dt.datetime | None = None

    @property
    def current(self) -> int | None:
        """Mails a minute that may be sent; None is no limit."""
        known = [number for number in (self.limit, self.per_minute) if number]
        return min(known) if known else None

    def gap(self, now: dt.datetime) -> float:
        """Seconds from `now` until the next mail may go."""
        if self.current is None or self.last is None:
            return 0.0
        return max(0.0, (self.last + _MINUTE / self.current - now).total_seconds())

    def begin(self, now: dt.datetime) -> None:
        """A mail is sent now."""
        self.last = now
        self._raised = self._raised or now

    def take(self, now: dt.datetime) -> None:
        """The server took a mail. After a minute at a pace that was slowed, it is tried a little faster."""
        self._taken.append(now)
        while self._taken[0] <= now - _MINUTE:
            self._taken.popleft()
        if self.per_minute and self._raised and now - self._raised >= _MINUTE:
            faster = self.per_minute + max(1, round(self.per_minute * _FASTER))
            self.per_minute = None if faster > (self.limit or _NO_LIMIT) else faster
            self._raised = now

    def slower(self) -> int:
        """The pace after a refusal for now: less than what it took in the last minute, and than what was too fast."""
        known = [number for number in (len(self._taken), self.current) if number]
        return max(1, int(min(known) * _SLOWER)) if known else 1
