"""Replies to HEAD have no body. A web server drops one, but writes a line for each: when somebody's mail filter, or the
person, looked at an answer page.
"""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


def without_bodies_of_heads(application: WSGIApplication) -> WSGIApplication:
    """The application whose replies to HEAD are headers alone, the length of the body among them."""

    def headed(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        reply = application(environ, start_response)
        if environ.get("REQUEST_METHOD") != "HEAD":
            return reply
        if close := getattr(reply, "close", None):
            close()
        return []

    return headed
