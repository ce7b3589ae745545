"""A web server that notes each request as soon as its head is there, and then what comes of its body."""

import socket
import socketserver
import threading
from contextlib import contextmanager


class _Handler(socketserver.StreamRequestHandler):
    timeout = 10

    def handle(self):
        method = self.rfile.readline().partition(b" ")[0].decode()
        if not method:
            return
        headers = {}
        while line := self.rfile.readline().strip():
            name, _, value = line.decode().partition(":")
            headers[name.lower()] = value.strip()
        length, body = headers.get("content-length"), bytearray()
        self.server.requests.append((method, length, body))
        while len(body) < int(length or 0) and (part := self._next()):
            body += part
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        # Chunks, until the proxy has sent all it will.
        while part := self._next():
            body += part

    def _next(self):
        try:
            return self.rfile.read1()
        except OSError:
            return b""


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests = []


@contextmanager
def recording():
    """Its port, and the list of requests: each with its method, its `Content-Length` and the bytes of its body.

    The list is complete once this has ended, which waits for whatever still comes.
    """
    with _Server() as server:
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        try:
            yield server.server_address[1], server.requests
        finally:
            # Connections are taken in their order: once this one has ended, none is left that nobody has looked at.
            with socket.create_connection(server.server_address) as last:
                last.shutdown(socket.SHUT_WR)
                last.recv(1)
            server.shutdown()
