"""The web process of a rehearsal, and made-up people who answer by its pages."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings

from surveys.audit.company import Vote
from surveys.choices import Contact

_SECONDS = 60


class RehearsalError(Exception):
    """The rehearsal could not be carried out, so nothing is known."""


@contextmanager
def web_process(address: str, log: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """The product's own web server, as in production, at `address`; what it prints goes to `log`."""
    command = [str(settings.BASE_DIR / "scripts" / "process.sh"), "web"]
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 -- our own script
            command, env=os.environ | environment | {"BIND": address}, stdout=output, stderr=output
        )
    try:
        _wait(f"http://{address}/healthz", process, log)
        yield
    finally:
        process.terminate()
        process.wait(_SECONDS)


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def fields(vote: Vote, questionnaire: Mapping[str, Any]) -> dict[str, str]:
    """What the page's form sends for these answers."""
    names = [f"item_{item['code']}" for item in questionnaire["items"]] + ["pick_one"]
    about = [f"about_1-item_{item['code']}" for item in questionnaire["counterparts"]["items"]]
    worked = str(Contact.WORKED.number)
    return {
        **dict(zip(names, map(str, vote.answers), strict=True)),
        "about_1-department": str(vote.counterpart),
        "about_1-contact": worked,
        **dict(zip(about, map(str, vote.rating), strict=True)),
        "comment": vote.comment,
    }


def body(vote: Vote, questionnaire: Mapping[str, Any]) -> bytes:
    return urllib.parse.urlencode(fields(vote, questionnaire)).encode()


def cast_all(
    votes: Sequence[Vote],
    links: Mapping[str, str],
    questionnaire: Mapping[str, Any],
    *,
    at_once: int,
) -> None:
    """Everybody opens the link and sends the form. Raises RehearsalError if one is refused."""

    def cast(vote: Vote) -> int:
        status(links[vote.email])
        return status(links[vote.email], body(vote, questionnaire))

    with ThreadPoolExecutor(at_once) as pool:
        refused = [code for code in pool.map(cast, votes) if code != HTTPStatus.OK]
    if refused:
        raise RehearsalError(f"{len(refused)} of {len(votes)} answers were refused, with status {refused[0]}.")


def status(link: str, data: bytes | None = None) -> int:
    request = urllib.request.Request(link, data=data)  # noqa: S310 -- the address of our own process
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as reply:  # noqa: S310
            reply.read()
            return int(reply.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if status(address) == HTTPStatus.OK:
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RehearsalError(f"The web process does not answer. It said:\n{log.read_text(errors='replace')}")
