"""A client that costs little: sockets and requests made beforehand, a connection each, as respondents have them."""

import os
import socket
import threading
import time
from itertools import count


def request(method, path, body="", headers=()):
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", "Accept-Encoding: gzip", *headers]
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def send(port, content):
    """The status, and all that came."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(content)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    reply = b"".join(parts)
    return int(reply[9:12]), reply


def pin_beside():
    """To the last core, for the threads that send."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def rate(port, requests, wanted, *, threads=8):
    """Requests a second, each thread sending the next one when its last is answered."""
    began = time.perf_counter()
    _in_threads(threads, requests, lambda _place, content: _expect(port, content, wanted))
    return len(requests) / (time.perf_counter() - began)


def waits_at(port, requests, wanted, per_second, *, threads=64):
    """Seconds of each request from the moment at which it was due, at so many a second whatever the server does."""
    began, waits = time.perf_counter() + 0.1, [0.0] * len(requests)

    def at_its_moment(place, content):
        due = began + place / per_second
        time.sleep(max(0.0, due - time.perf_counter()))
        _expect(port, content, wanted)
        waits[place] = time.perf_counter() - due

    _in_threads(threads, requests, at_its_moment)
    return waits


def _expect(port, content, wanted):
    status, reply = send(port, content)
    if status != wanted:
        raise RuntimeError(f"A request got status {status}: {reply[:400]!r}")


def _in_threads(threads, requests, act):
    places, failed = count(), []

    def work():
        pin_beside()
        try:
            while (place := next(places)) < len(requests):
                act(place, requests[place])
        except Exception as error:  # noqa: BLE001 -- raised again by the thread that waits
            failed.append(error)

    started = [threading.Thread(target=work) for _ in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    if failed:
        raise failed[0]
