"""A clock that a test moves, for what waits."""

import datetime as dt

from surveys.mails.pace import Clock


class MovedClock:
    """Waiting moves it."""

    def __init__(self, now):
        self.moment = now
        self.clock = Clock(lambda: self.moment, self.advance)

    def advance(self, seconds):
        self.moment += dt.timedelta(seconds=seconds)
