"""Requests that no browser sends, put to the application of config/wsgi.py as the web server hands them on."""

import io
from html.parser import HTMLParser
from importlib import import_module
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from config.web_server.odd_requests import refuse_odd_requests

application = refuse_odd_requests(get_wsgi_application())
SITE = urlsplit(settings.SITE_URL)
CSRF = "a" * 32
URLENCODED = "application/x-www-form-urlencoded"
BOUNDARY = "frontier"


def session_of(user):
    """The cookie of somebody who has signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}"


def send(path, *, method="GET", query="", body=b"", cookie="", **environ):
    """The status, and the page. `path` is as in a request line; keys of WSGI's environment go in as they are."""
    raw = path if isinstance(path, bytes) else path.encode("utf-8", "surrogatepass")
    whole = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": raw.decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": SITE.hostname,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": SITE.netloc,
        "HTTP_COOKIE": f"csrftoken={CSRF}; {cookie}",
        "HTTP_X_CSRFTOKEN": CSRF,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": SITE.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if method not in ("GET", "HEAD"):
        whole |= {"CONTENT_TYPE": URLENCODED, "CONTENT_LENGTH": str(len(body))}
    whole |= environ
    replies = []
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    page = application(whole, lambda status, headers, *_: replies.append((status, headers)))
    try:
        content = b"".join(page)
    finally:
        if hasattr(page, "close"):
            page.close()
    return int(replies[0][0].split()[0]), content


def multipart(fields, charset=""):
    lines = []
    for name, value in fields:
        lines += [f"--{BOUNDARY}", f'Content-Disposition: form-data; name="{name}"', "", value]
    body = "\r\n".join([*lines, f"--{BOUNDARY}--", ""]).encode("utf-8", "surrogatepass")
    return {"body": body, "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}{charset}"}


class _Form(HTMLParser):
    def __init__(self):
        super().__init__()
        self.fields, self._select, self._area = [], None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "input" and name:
            if attrs.get("type") in ("checkbox", "radio"):
                self.fields.append((name, attrs.get("value", "on"), "checked" in attrs))
            else:
                self.fields.append((name, attrs.get("value") or "", True))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self.fields.append((self._select, attrs.get("value", ""), "selected" in attrs))
        elif tag == "textarea":
            self._area = name
            self.fields.append((name, "", True))

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = None


def form_of(page):
    """(name, value, whether a browser sends it) of all controls."""
    parser = _Form()
    parser.feed(page.decode())
    return parser.fields
