"""People who answer while something else is done to their wave."""

import threading
import time

from django.db import connection

from surveys.services.answering import CastOutcome
from tests.company import cast

THREADS, PAUSE = 4, 0.03


class Answering:
    """Some threads that answer, each again a moment after its last answer."""

    def __init__(self, invitations):
        self._left, self._lock = iter(invitations), threading.Lock()
        self._waits, self._over = [], threading.Event()
        self._failed = []

    def during(self, work):
        """Runs `work` meanwhile; the seconds of the answers that ended meanwhile."""
        self._waits, self._over = [], threading.Event()
        threads = [threading.Thread(target=self._answer) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        try:
            work()
        finally:
            self._over.set()
            for thread in threads:
                thread.join()
        if self._failed:
            raise RuntimeError(f"An answer was not taken: {self._failed[0]}.")
        return self._waits

    def _answer(self):
        while not self._over.wait(PAUSE):
            with self._lock:
                invitation = next(self._left, None)
            if invitation is None:
                break
            began = time.perf_counter()
            outcome = cast(invitation)
            if outcome != CastOutcome.ACCEPTED:
                self._failed.append(outcome)
                break
            self._waits.append(time.perf_counter() - began)
        connection.close()
