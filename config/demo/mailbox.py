"""A local SMTP server that keeps every mail as a file, so that the demo's people can open theirs."""

import email
import email.policy
import logging
import re
import threading
from collections import defaultdict
from email.message import EmailMessage
from pathlib import Path
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

# At a lower level it prints every line of the conversation.
logging.getLogger("mail.log").setLevel(logging.WARNING)
_LINK = re.compile(r"https?://\S+/a/[a-z2-7]{26}")


class Mailbox:
    """Mails by recipient, in the order in which they came; each is also a file below `folder`."""

    def __init__(self, folder: Path, port: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lock = threading.Lock()
        self._received: dict[str, list[EmailMessage]] = defaultdict(list)
        self._controller = Controller(self, hostname="127.0.0.1", port=port)
        self.count = 0

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._controller.stop()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        message = email.message_from_bytes(envelope.original_content or b"", policy=email.policy.default)
        with self._lock:
            self.count += 1
            for recipient in envelope.rcpt_tos:
                self._received[recipient].append(message)
            self._path(self.count).write_bytes(envelope.original_content or b"")
        return "250 OK"

    def links(self, recipient: str) -> list[str]:
        """The answer links in the recipient's mails, oldest first."""
        with self._lock:
            bodies = [message.get_body(("plain",)) for message in self._received[recipient]]
        return [link for body in bodies if body for link in _LINK.findall(body.get_content())]

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:05}.eml"
