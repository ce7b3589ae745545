"""A mail gateway that is too curious: it opens, follows and submits whatever it finds, and chooses nothing."""

import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser


class Reader(HTMLParser):
    """The links of a page, and its forms as (method, action, fields as they are)."""

    def __init__(self, page):
        super().__init__()
        self.links, self.forms = [], []
        self._select = self._area = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag in ("a", "link") and given.get("href"):
            self.links.append(given["href"])
        elif tag == "form":
            self.forms.append((given.get("method", "get").lower(), given.get("action", ""), {}))
        elif not self.forms or not name:
            pass
        elif (tag == "input" and (kind not in ("radio", "checkbox") or "checked" in given)) or tag == "button":
            self._fields[name] = given.get("value", "")
        elif tag == "textarea":
            self._area = name
            self._fields[name] = ""
        elif tag == "select":
            self._select = name
        self._option(tag, given)

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = None

    def handle_data(self, data):
        if self._area:
            self._fields[self._area] += data

    def _option(self, tag, given):
        if tag == "option" and self._select and ("selected" in given or self._select not in self._fields):
            self._fields[self._select] = given.get("value", "")

    @property
    def _fields(self):
        return self.forms[-1][2]


def everything_followed(site, links):
    """Every page of the site that leads from the links, opened, asked for its head, and each form of it submitted.

    Returns (method, path, status) of each request.
    """
    waiting, seen, asked = list(links), set(), []
    while waiting:
        link = waiting.pop()
        if link in seen or not link.startswith(f"{site}/"):
            continue
        seen.add(link)
        page = _ask(asked, "GET", link)
        _ask(asked, "HEAD", link)
        found = Reader(page)
        waiting += [urllib.parse.urljoin(link, further).partition("#")[0] for further in found.links]
        for method, action, fields in found.forms:
            target, sent = urllib.parse.urljoin(link, action), urllib.parse.urlencode(fields)
            if method == "post":
                waiting += [
                    urllib.parse.urljoin(target, further) for further in Reader(_ask(asked, "POST", target, sent)).links
                ]
            else:
                waiting.append(f"{target.partition('?')[0]}?{sent}")
        # Some send a request without any field, just to see.
        _ask(asked, "POST", link, "")
    return asked


def _ask(asked, method, link, sent=None):
    request = urllib.request.Request(link, data=None if sent is None else sent.encode(), method=method)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:  # noqa: S310 -- our own site
            code, page = reply.status, reply.read()
    except urllib.error.HTTPError as error:
        code, page = error.code, error.read()
    asked.append((method, urllib.parse.urlsplit(link).path, code))
    return page.decode(errors="replace")
