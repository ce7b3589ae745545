"""Replies to HEAD have no body. A web server drops one, but writes a line for each: when somebody's mail filter, or the
person, looked at an answer page.
"""

from collections.abc import Callable, Iterable
from typing import Any

_Environment = dict[str, Any]
_Application = Callable[[_Environment, Callable[..., Any]], Iterable[bytes]]


def without_bodies_of_heads(application: _Application) -> _Application:
    """The application whose replies to HEAD are headers alone, the length of the body among them."""

    def headed(environ: _Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        reply = application(environ, start_response)
        if environ.get("REQUEST_METHOD") != "HEAD":
            return reply
        if close := getattr(reply, "close", None):
            close()
        return []

    return headed
