"""A web application that fails in every way, for the server in front of it: `gunicorn tests.silence.faulty`."""

import time


class BrokenError(Exception):
    """Its text holds the path, as those of libraries do."""


def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path.endswith("/raise"):
        raise BrokenError(path)
    start_response("200 OK", [("Content-Type", "text/plain")])
    if path.endswith("/hang"):
        return _hanging()
    return _broken_off(path) if path.endswith("/half") else [environ["wsgi.input"].read()]


def _hanging():
    yield b"begun"
    time.sleep(30)


def _broken_off(path):
    yield b"half"
    raise BrokenError(path)
