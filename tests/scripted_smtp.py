"""An SMTP server on the loopback interface that answers each command of RFC 5321 as a test's script says."""

import re
import socketserver
import threading
from contextlib import contextmanager, suppress

from config.parsing.mail_server import SMTP_BACKEND

PHASES = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot")
_GOOD = {"greeting": "220 ready", "EHLO": "250 ready", "DATA": "354 go on"}
_ADDRESS = re.compile(r"<([^>]*)>")


class ScriptedServer:
    """`script`: by phase, a reply, None for the usual one, or a function of the recipient that returns either.

    A reply that begins with 421 closes the connection, as the RFC has it; an empty one closes it without a word.
    """

    def __init__(self):
        self.script = {}
        # The recipients of the mails that were taken, in order, and of those that were asked for.
        self.taken, self.asked = [], []
        self.connections = 0
        self._lock = threading.Lock()

    @contextmanager
    def running(self):
        server = _Server(("127.0.0.1", 0), _Dialogue)
        server.scripted = self
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        self.port = server.server_address[1]
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()

    def reply(self, phase, recipient):
        with self._lock:
            answer = self.script.get(phase)
            answer = answer(recipient) if callable(answer) else answer
            if phase == "RCPT":
                self.asked.append(recipient)
            if phase == "dot" and (answer is None or answer.startswith("2")):
                self.taken.append(recipient)
        return _GOOD.get(phase, "250 OK") if answer is None else answer

    def count_connection(self):
        with self._lock:
            self.connections += 1


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


class _Dialogue(socketserver.StreamRequestHandler):
    def handle(self):
        self.scripted = self.server.scripted
        self.scripted.count_connection()
        self.recipient = ""
        with suppress(ConnectionError):
            if self.say("greeting"):
                while line := self.rfile.readline().decode():
                    if not self.command(line):
                        break

    def command(self, line):
        verb = line[:4].upper().strip()
        if verb == "RCPT":
            self.recipient = _ADDRESS.search(line)[1]
        if verb == "DATA":
            return self.say("DATA") and self.content()
        if verb == "QUIT":
            self.wfile.write(b"221 bye\r\n")
            return False
        return self.say("EHLO" if verb in ("EHLO", "HELO") else verb)

    def content(self):
        if not self.answer.startswith("354"):
            return True
        while self.rfile.readline() not in (b".\r\n", b""):
            pass
        return self.say("dot")

    def say(self, phase):
        """Whether the connection stays."""
        self.answer = self.scripted.reply(phase, self.recipient)
        if self.answer:
            self.wfile.write(f"{self.answer}\r\n".encode())
        return bool(self.answer) and not self.answer.startswith("421")


@contextmanager
def scripted_server(settings):
    """A running one, to which the settings send every mail."""
    server = ScriptedServer()
    with server.running():
        settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = SMTP_BACKEND, 5
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server
