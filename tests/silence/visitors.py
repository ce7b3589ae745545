"""Visitors who bring a token and do everything wrong, from an address of their own on the loopback interface."""

import contextlib
import socket
import ssl

TOKEN = "canarycanarycanarycanaryca"
PATH = f"/a/{TOKEN}"
ADDRESS = "127.0.0.77"
# None of it may be anywhere in what a process writes.
TRACES = {trace: trace.encode() for trace in (TOKEN, "/a/", ADDRESS)}

_HOST = b"Host: localhost\r\nX-Forwarded-Proto: https\r\n"
_FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


def _line(method, path=PATH):
    return f"{method} {path} HTTP/1.1\r\n".encode()


REQUESTS = {
    "looks": _line("GET") + _HOST + b"\r\n",
    "asks for the head alone": _line("HEAD") + _HOST + b"\r\n",
    "answers": _line("POST") + _HOST + _FORM + b"Content-Length: 9\r\n\r\ncomment=x",
    "a method that is refused": _line("PUT") + _HOST + b"Content-Length: 0\r\n\r\n",
    "a method that does not exist": _line("C\x01NARY") + _HOST + b"\r\n",
    "no HTTP": f"{PATH}\r\n\r\n".encode(),
    "an HTTP that does not exist": f"GET {PATH} HTTP/9.9\r\n".encode() + _HOST + b"\r\n",
    "a space in the path": _line("GET", f"{PATH} x") + _HOST + b"\r\n",
    "a header without a colon": _line("GET") + _HOST + f"{TOKEN}\r\n\r\n".encode(),
    "a header that is no header": _line("GET") + _HOST + f"X {TOKEN}: {TOKEN}\r\n\r\n".encode(),
    "two lengths": _line("POST") + _HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
    "no length that is a number": _line("POST") + _HOST + f"Content-Length: {TOKEN}\r\n\r\n".encode(),
    "a chunk that is none": _line("POST") + _HOST + f"Transfer-Encoding: chunked\r\n\r\n{TOKEN}\r\n".encode(),
    "a host that is not ours": _line("GET") + f"Host: {TOKEN}\r\n\r\n".encode(),
    "a path too long": _line("GET", PATH + "x" * 9000) + _HOST + b"\r\n",
    "headers too large": _line("GET") + _HOST + b"X-Filler: " + TOKEN.encode() * 4000 + b"\r\n\r\n",
    "breaks off a form too large": _line("POST")
    + _HOST
    + _FORM
    + b"Content-Length: 4000000\r\n\r\n"
    + b"comment="
    + b"x" * 3999992,
    "a link that a mail program broke": _line("GET", f"/{TOKEN}") + _HOST + b"\r\n",
    "breaks off a form half-way": _line("POST") + _HOST + _FORM + b"Content-Length: 5000\r\n\r\ncomment=",
}


def visit(port, request, *, secure=False):
    """Sends the bytes, tells the other side that nothing more comes, and returns what it replied, if anything."""
    with _connection(port, secure=secure) as connection, contextlib.suppress(OSError):
        connection.sendall(request)
        if not secure:
            connection.shutdown(socket.SHUT_WR)
        return _reply(connection)
    return b""


@contextlib.contextmanager
def staying(port, request):
    """Sends the bytes and stays connected once a reply has begun."""
    with _connection(port, secure=False) as connection:
        connection.sendall(request)
        yield _reply(connection)


def break_off(port, request, *, secure=False):
    """Sends the bytes and is gone, without waiting for a reply."""
    with _connection(port, secure=secure) as connection, contextlib.suppress(OSError):
        connection.sendall(request)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def all_visits(port, *, secure=False):
    """Every visit above; the statuses of the replies, by visit."""
    statuses = {}
    for name, request in REQUESTS.items():
        if name.startswith("breaks off"):
            break_off(port, request, secure=secure)
        else:
            statuses[name] = int(visit(port, request, secure=secure).split(b" ")[1])
    return statuses


def _connection(port, *, secure):
    plain = socket.create_connection(("127.0.0.1", port), timeout=10, source_address=(ADDRESS, 0))
    if not secure:
        return plain
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(plain, server_hostname="localhost")


def _reply(connection):
    """The head of the reply and whatever came with it."""
    received = b""
    while b"\r\n\r\n" not in received and (part := connection.recv(65536)):
        received += part
    return received
