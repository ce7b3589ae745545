"""What can be checked of the real deployment without touching it: settings, schema, keys, logs, its database."""

import ipaddress
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.db import connection

from surveys.audit import schema, server
from surveys.audit.codes import AuditSource, CheckCode, SourceCode, Unread, UnreadReason
from surveys.audit.report import FAILED, PASSED
from surveys.audit.wording import CHECKS

_ANSWER_PATH = re.compile(rb"/a/[a-z2-7]{26}")
_OTHERS = 0o077


class Deployment:
    """`checks` is what was found; `unseen` what could not be looked at, with the reason."""

    def __init__(self, logs: Sequence[Path]) -> None:
        self.unseen: dict[AuditSource, Unread] = {}
        self.checks = [
            _check(CheckCode.SETTINGS, _faulty_settings(), "no system check finds an error"),
            _check(
                CheckCode.HTTPS, _plain_http(), f"{settings.SITE_URL} is encrypted, or only this machine reaches it"
            ),
            _check(CheckCode.COLUMNS, schema.differences(), "as docs/anonymity.md lists them"),
            _check(CheckCode.BALLOT_KEYS, self._open_keys(), "out of the reach of this process"),
            _check(CheckCode.LOGS, self._answer_paths(logs), "no address of an answer page in them"),
        ]
        if connection.vendor == "postgresql":
            settings_of_server = server.read()
            self.unseen |= server.unseen(settings_of_server)
            problems = server.problems(settings_of_server)
            self.checks.append(_check(CheckCode.SERVER_LOG, problems, "its settings keep answers out of it"))

    def _open_keys(self) -> Iterator[str]:
        """On one machine the keys are within reach, and the answer page says so; nobody else may read them."""
        folder = Path(settings.BALLOT_KEY_DIR or settings.VAR_DIR / "keys")
        try:
            files = [folder, *folder.iterdir()]
        except OSError as error:
            self._skip(SourceCode.BALLOT_KEYS, UnreadReason.KEYS_APART, detail=str(error.strerror))
            return
        if settings.KEY_APART:
            yield f"{folder} can be read by this process"
        for path in files:
            if path.stat().st_mode & _OTHERS:
                yield f"{path} can be read by other users: chmod go-rwx"

    def _answer_paths(self, logs: Sequence[Path]) -> Iterator[str]:
        found = [*logs, *sorted(settings.VAR_DIR.glob("**/*.log"))]
        if not logs:
            self._skip(SourceCode.CONSOLE, UnreadReason.OUTPUT_ELSEWHERE)
        for path in found:
            try:
                content = path.read_bytes()
            except OSError as error:
                self._skip(SourceCode.LOG_FILE, UnreadReason.FILE_REFUSED, name=str(path), detail=str(error.strerror))
                continue
            if _ANSWER_PATH.search(content):
                yield f"{path} ({len(content):,} bytes) has addresses of answer pages"

    def _skip(self, source: SourceCode, reason: UnreadReason, *, name: str = "", detail: str = "") -> None:
        self.unseen[AuditSource(source, name)] = Unread(reason, detail=detail)


def _check(code: CheckCode, problems: Iterator[str], good: str) -> dict[str, str]:
    found = list(problems)
    return {
        "code": code,
        "name": CHECKS[code],
        "verdict": FAILED if found else PASSED,
        "detail": "; ".join(found) or good,
    }


def _faulty_settings() -> Iterator[str]:
    for message in run_checks(include_deployment_checks=True, databases=["default"]):
        if message.level >= ERROR and not message.is_silenced():
            yield f"{message.id}: {message.msg}"


def _plain_http() -> Iterator[str]:
    site = urlsplit(settings.SITE_URL)
    if site.scheme != "https" and not _is_loopback(site.hostname or ""):
        yield f"SITE_URL is {settings.SITE_URL}: answers can be read on their way"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
