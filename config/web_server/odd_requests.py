"""Requests that no browser sends are refused before Django reads them, without a line in any log.

Django decodes a request by what the request says of itself: a codec that decodes no text (rot13), or a letter that no
database stores (NUL), raises where nobody expects it, in the page of the error too. So only UTF-8 is taken, and
nothing in an address or a cookie that could not be stored.
"""

import re
from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import unquote_to_bytes
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.http.cookie import parse_cookie

# A media type and its parameters, as browsers write them; not the extended notation (name*=charset''value).
_NAME = r"[\w!#$%&'+.^`|~-]+"
_CONTENT_TYPE = re.compile(rf'{_NAME}/{_NAME}(\s*;\s*{_NAME}=({_NAME}|"[^"\\\x00-\x1f\x7f-\xff]*"))*\s*;?', re.ASCII)
_CHARSET = re.compile(r';\s*charset="?([^;"\s]*)', re.IGNORECASE)
_HEADERS = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
]


def refuse_odd_requests(application: WSGIApplication) -> WSGIApplication:
    """The application behind this check. Cookies that cannot be read are left out, as if they had not been sent."""

    def checked(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        status = refusal(environ)
        if status is None:
            _drop_odd_cookies(environ)
            return application(environ, start_response)
        text = f"{status.value} {status.phrase}".encode()
        start_response(text.decode(), [*_HEADERS, ("Content-Length", str(len(text)))])
        return [text]

    return checked


def refusal(environ: WSGIEnvironment) -> HTTPStatus | None:
    """The status to refuse a request with; None for one that may be read."""
    query = environ.get("QUERY_STRING", "")
    if "\0" in environ.get("PATH_INFO", ""):
        return HTTPStatus.NOT_FOUND
    if b"\0" in unquote_to_bytes(query) or query.count("&") >= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
        return HTTPStatus.BAD_REQUEST
    return _refusal_of_body(environ)


def _refusal_of_body(environ: WSGIEnvironment) -> HTTPStatus | None:
    if "HTTP_TRANSFER_ENCODING" in environ:
        return HTTPStatus.LENGTH_REQUIRED
    kind, length = environ.get("CONTENT_TYPE") or "", environ.get("CONTENT_LENGTH") or "0"
    if kind and not _CONTENT_TYPE.fullmatch(kind):
        return HTTPStatus.BAD_REQUEST
    if any(charset.lower() != "utf-8" for charset in _CHARSET.findall(kind)):
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    if not (length.isascii() and length.isdecimal()):
        return HTTPStatus.BAD_REQUEST
    if len(length) > len(str(settings.LARGEST_REQUEST)) or int(length) > settings.LARGEST_REQUEST:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return None


def _drop_odd_cookies(environ: WSGIEnvironment) -> None:
    cookies = environ.get("HTTP_COOKIE", "").split(";")
    environ["HTTP_COOKIE"] = ";".join(cookie for cookie in cookies if _is_readable(cookie))


def _is_readable(cookie: str) -> bool:
    """Whether it is printable ASCII once its octal escapes are undone."""
    return all(text.isascii() and text.isprintable() for text in (cookie.strip(), *parse_cookie(cookie).values()))
