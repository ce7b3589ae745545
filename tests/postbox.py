"""A real SMTP server on the loopback interface that keeps what it takes, and refuses what a test wants refused."""

import email
import email.policy
import logging
import threading
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from tests.services import free_port

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells every line of every dialogue


class Postbox:
    """`refusals`: the reply to RCPT by address; `on_data`: called with each message, may return another reply."""

    def __init__(self):
        self.messages = []
        self.sessions = set()
        self.refusals = {}
        self.on_data = None
        self.port = free_port()
        self._lock = threading.Lock()

    @contextmanager
    def running(self):
        controller = Controller(self, hostname="127.0.0.1", port=self.port)
        controller.start()
        try:
            yield self
        finally:
            controller.stop()

    def to(self, address):
        return [message for message in self.messages if message["To"] == address]

    def recipients(self):
        return sorted(message["To"] for message in self.messages)

    async def handle_RCPT(self, _server, session, envelope, address, _options):  # noqa: N802 -- aiosmtpd's name
        self.sessions.add(session.peer)
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        reply = self.on_data(message, server) if self.on_data else None
        if reply is None:
            with self._lock:
                self.messages.append(message)
        return reply or "250 OK"
