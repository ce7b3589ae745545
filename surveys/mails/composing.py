"""How mails are composed: which composer writes which kind, and what all mails have in common."""

from collections.abc import Callable, Mapping
from email.utils import parseaddr
from typing import Any

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from surveys.models import Mail

Composer = Callable[[Mail], EmailMultiAlternatives]

_composers: dict[str, Composer] = {}
# Mail programs drop or ignore style sheets, so each rule is written to its elements; only @media rules stay in a sheet.
_INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


class NotDueError(Exception):
    """The reason for the mail is gone: it must not be sent."""


def register(kind: str, composer: Composer) -> None:
    """The composer is called just before the mail is sent, and raises NotDueError if it should not be."""
    _composers[kind] = composer


def registered_kinds() -> frozenset[str]:
    return frozenset(_composers)


def compose(mail: Mail) -> EmailMultiAlternatives:
    """The message for an outbox row. Raises NotDueError, and KeyError for a kind that is not registered."""
    message = _composers[mail.kind](mail)
    message.extra_headers |= {
        "Message-ID": message_id(mail),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    return message


def message_id(mail: Mail) -> str:
    """The same for every attempt, so that a mailbox can recognise the mail that a crash made go out twice."""
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return f"<{mail.id}@{address.rpartition('@')[2]}>"


def render(template: str, context: Mapping[str, Any], language: str) -> tuple[str, str]:
    """The text and the HTML of `emails/{template}.txt` and `.html`, which extend the two `emails/base`."""
    shared = {"organisation": settings.ORGANISATION, "site_url": settings.SITE_URL}
    with translation.override(language):
        text = render_to_string(f"emails/{template}.txt", {**shared, **context})
        html = render_to_string(f"emails/{template}.html", {**shared, **context})
    return text.strip() + "\n", _INLINER.inline(html)


def write(*, to: str, subject: str, text: str, html: str, language: str) -> EmailMultiAlternatives:
    """A message of both parts: mail programs show the HTML, and the text where they show none."""
    message = EmailMultiAlternatives(subject, text, to=[to], headers={"Content-Language": language})
    message.attach_alternative(html, "text/html")
    return message
