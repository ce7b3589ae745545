"""Crowds in front of the site: visitors who send slowly, and people who all sign in at once."""

import http.client
import socket
import ssl
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from threading import Thread
from urllib.parse import urlencode

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SECONDS = 60
_HALF = (
    b"POST %b HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 400\r\n\r\nusername=ada"
)
_NO_END = b"GET %b HTTP/1.1\r\nHost: localhost\r\nX-Begun: "


# Made once: what a crowd of visitors costs should be the server's time.
_ANY_CERTIFICATE = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
_ANY_CERTIFICATE.check_hostname, _ANY_CERTIFICATE.verify_mode = False, ssl.CERT_NONE


class Site:
    """The site at a port of this machine, by HTTPS through the proxy, or as the web server itself."""

    def __init__(self, port, *, secure):
        self.port, self._secure = port, secure

    @contextmanager
    def connection(self):
        if self._secure:
            server = http.client.HTTPSConnection("localhost", self.port, timeout=SECONDS, context=_ANY_CERTIFICATE)
        else:
            server = http.client.HTTPConnection("localhost", self.port, timeout=SECONDS)
        try:
            yield server
        finally:
            server.close()

    def socket(self):
        plain = socket.create_connection(("localhost", self.port), timeout=SECONDS)
        return _ANY_CERTIFICATE.wrap_socket(plain, server_hostname="localhost") if self._secure else plain

    def send(self, path, form=None, headers=()):
        """The reply's status and its header Retry-After, and after how many seconds it came."""
        begun = time.monotonic()
        with self.connection() as server:
            body = urlencode(form) if form is not None else None
            server.request("POST" if body is not None else "GET", path, body, FORM | dict(headers))
            reply = server.getresponse()
            reply.read()
            return reply.status, reply.getheader("Retry-After"), time.monotonic() - begun


@contextmanager
def slow_visitors(site, paths, count):
    """Connections that have each sent half a request: of every other one the rest of the head is missing."""
    with ExitStack() as stack:
        for number in range(count):
            begun = (_HALF, _NO_END)[number % 2] % paths[number % len(paths)].encode()
            stack.enter_context(site.socket()).sendall(begun)
        yield


class SignIns:
    """People who all sign in at once, with a wrong password, each so many times in a row. The block waits for them."""

    def __init__(self, site, count, *, times=2):
        self.replies = Counter()
        self._site, self._times = site, times
        self._people = [Thread(target=self._try, daemon=True) for _ in range(count)]

    def __enter__(self):
        for person in self._people:
            person.start()
        return self

    def __exit__(self, *_error):
        for person in self._people:
            person.join(SECONDS)

    def _try(self):
        token = "a" * 32
        form = {"username": "ada@example.com", "password": "not this one", "csrfmiddlewaretoken": token}
        headers = {"Cookie": f"csrftoken={token}", "Referer": f"https://localhost:{self._site.port}/login/"}
        for _ in range(self._times):
            status, retry, _ = self._site.send("/login/", form, headers)
            self.replies[status, retry] += 1
