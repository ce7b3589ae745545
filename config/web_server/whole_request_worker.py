"""Gunicorn's threaded worker, in front of which requests arrive whole: a thread never waits for a visitor.

As it comes, a thread takes a connection with its first byte and keeps it until the last: a few visitors who send slowly
hold all threads, and nobody else is served. Here the main loop, which waits for all connections at once, collects each
request; what takes too long is cut. Answer pages have threads of their own, which nobody of the staff can hold.
"""

import socket
import struct
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from config.web_server.arriving_request import ArrivingRequest

# How long a visitor may take for a part of a reply, in seconds.
_REPLY_SECONDS = 10
# The most bytes that all arriving requests of this process may hold; beyond, the largest one is cut.
_MOST_BYTES = 150_000_000
# The most requests that may be arriving; beyond, the oldest one is cut.
_MOST_ARRIVING = 800
_ANSWER_THREADS = 4
# How long a visitor may take to hang up after the reply, in seconds.
_LEAVING_SECONDS = 2
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class WholeRequestWorker(ThreadWorker):
    """`largest_body` in bytes: a longer one is not waited for, as the application refuses it by its length."""

    largest_body = 55_000_000

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # In the order of their coming.
        self._arriving: dict[TConn, ArrivingRequest] = {}
        # Those that have their reply, and until when they may hang up.
        self._leaving: dict[TConn, float] = {}
        self._answers = ThreadPoolExecutor(max_workers=_ANSWER_THREADS)

    def accept(self, listener: socket.socket) -> None:
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        for option in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
            client.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", _REPLY_SECONDS, 0))
        conn = TConn(self.cfg, client, address, listener.getsockname())
        self._arriving[conn] = ArrivingRequest(largest_body=self.largest_body)
        self.poller.register(client, EVENT_READ, partial(self._receive, conn))
        if len(self._arriving) > _MOST_ARRIVING:
            self._cut(next(iter(self._arriving)))

    def murder_pending(self) -> None:
        """The main loop calls this each second."""
        super().murder_pending()
        now = time.monotonic()
        for conn in [conn for conn, request in self._arriving.items() if request.deadline < now or not self.alive]:
            self._cut(conn)
        for conn in [conn for conn, deadline in self._leaving.items() if deadline < now]:
            self._cut(conn)

    def finish_request(self, conn: TConn, fs: "Future[Any]") -> None:
        """The reply is sent. The visitor hangs up, or is cut; gunicorn itself would wait for it in the main loop."""
        del fs
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            self.poller.register(conn.sock, EVENT_READ, partial(self._drain, conn))
        except (OSError, ValueError):
            self.nr_conns -= 1
            conn.close()
        else:
            self._leaving[conn] = time.monotonic() + _LEAVING_SECONDS

    def _drain(self, conn: TConn, client: socket.socket) -> None:
        """What still comes is thrown away: a connection that is closed over it would take the reply along."""
        try:
            rest = client.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            rest = b""
        if not rest:
            self._cut(conn)

    def handle_quit(self, sig: int, frame: Any) -> None:
        self._answers.shutdown(wait=False)
        super().handle_quit(sig, frame)

    def _receive(self, conn: TConn, client: socket.socket) -> None:
        request = self._arriving[conn]
        try:
            received = client.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            received = b""
        request.feed(received)
        if request.is_whole:
            self._hand_over(conn, request)
        elif not received or request.is_hopeless:
            self._cut(conn)
        elif request.waits_for_continue:
            request.waits_for_continue = False
            with suppress(OSError):
                client.send(_CONTINUE)
        elif sum(len(other.received) for other in self._arriving.values()) > _MOST_BYTES:
            self._cut(max(self._arriving, key=lambda other: len(self._arriving[other].received)))

    def _hand_over(self, conn: TConn, request: ArrivingRequest) -> None:
        self._forget(conn)
        conn.init()
        conn.data_ready = True
        conn.parser.unreader.unread(bytes(request.received))
        pool = self._answers if request.is_of_respondent else self.tpool
        done = pool.submit(self.handle, conn)
        done.add_done_callback(lambda future: self.method_queue.defer(self.finish_request, conn, future))

    def _cut(self, conn: TConn) -> None:
        self._forget(conn)
        self.nr_conns -= 1
        conn.close()

    def _forget(self, conn: TConn) -> None:
        self.poller.unregister(conn.sock)
        self._arriving.pop(conn, None)
        self._leaving.pop(conn, None)
