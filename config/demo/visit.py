"""One person opens the link of the mail and sends the form: HTTP and the page's own fields, nothing else."""

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

# Gets a field's name, its values as the page gives them, and what is filled in already; answers with the value to
# send, or None for none.
Choose = Callable[[str, list[str], dict[str, str]], str | None]


@dataclass
class Form:
    """The fields of a page."""

    # The values of each group of radio buttons or list, by its name.
    choices: dict[str, list[str]] = field(default_factory=dict)
    # What hidden fields and lists are filled with.
    preset: dict[str, str] = field(default_factory=dict)
    # The names of the text areas.
    areas: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        self._list = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "input" and given.get("type") == "radio":
            self.form.choices.setdefault(name, []).append(value)
        elif tag == "input" and given.get("type") == "hidden":
            self.form.preset[name] = value
        elif tag == "select":
            self._list = name
            self.form.choices[name] = []
        elif tag == "option":
            self.form.choices[self._list].append(value)
            if "selected" in given:
                self.form.preset[self._list] = value
        elif tag == "textarea":
            self.form.areas.append(name)


def answer(link: str, choose: Choose, comment: str) -> int:
    """Opens the page, answers with `choose`, and sends it; the status of the reply (200: thanks)."""
    with urllib.request.urlopen(link, timeout=30) as page:  # noqa: S310 -- the link comes from our own mail
        reader = _Reader()
        reader.feed(page.read().decode())
    form = reader.form
    filled = dict(form.preset) | dict.fromkeys(form.areas, comment)
    for name, values in form.choices.items():
        value = None if name in form.preset else choose(name, values, filled)
        if value is not None:
            filled[name] = value
    request = urllib.request.Request(link, data=urllib.parse.urlencode(filled).encode(), method="POST")  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:  # noqa: S310
            return reply.status
    except urllib.error.HTTPError as error:
        return error.code
