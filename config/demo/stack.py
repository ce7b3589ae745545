"""The product's own processes, started as `make run` starts them, on the demo's folder."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Self

from django.conf import settings

_WAIT_SECONDS = 120


class StalledError(Exception):
    """A step of a wave did not end in time."""


class Stack:
    """Web, worker and counting worker, until the block ends; what they print goes to a log file."""

    def __init__(self, log: Path) -> None:
        self._log = log

    def __enter__(self) -> Self:
        # Without -e it would read the .env that belongs to Compose.
        honcho = [sys.executable, "-m", "honcho", "-e", os.devnull, "-f", str(settings.BASE_DIR / "Procfile"), "start"]
        tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        with self._log.open("wb") as output:
            self._processes = subprocess.Popen(
                [*honcho, "web", "worker", "counting"],
                cwd=settings.BASE_DIR,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=os.environ | {"PATH": tools},
                start_new_session=True,
            )
        self.wait("the site answers", self._answers)
        return self

    def __exit__(self, *_error: object) -> None:
        if self._processes.poll() is None:
            self._processes.send_signal(signal.SIGTERM)
            self._processes.wait(timeout=60)

    def wait(self, what: str, happened: Callable[[], bool]) -> None:
        """Until `happened`. Raises StalledError if it does not, or if the processes have ended."""
        deadline = time.monotonic() + _WAIT_SECONDS
        while not happened():
            if self._processes.poll() is not None or time.monotonic() > deadline:
                raise StalledError(f"Waited in vain until {what}. The processes' log is {self._log}.")
            time.sleep(0.05)

    def serve(self) -> None:
        """Until the processes end or Ctrl-C."""
        self._processes.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{settings.SITE_URL}/healthz", timeout=5) as reply:  # noqa: S310 -- our own site
                return reply.status == HTTPStatus.OK
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
