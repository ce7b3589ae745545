"""From templates/emails to a message: a text part and an HTML part that mail programs show."""

from collections.abc import Mapping
from typing import Any

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

# Mail programs drop or ignore style sheets, so each rule is written to its elements; only @media rules stay in a sheet.
_INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def render(template: str, context: Mapping[str, Any], language: str) -> tuple[str, str]:
    """The text and the HTML of `emails/{template}.txt` and `.html`, which extend the two `emails/base`."""
    shared = {"organisation": settings.ORGANISATION, "site_url": settings.SITE_URL}
    with translation.override(language):
        text = render_to_string(f"emails/{template}.txt", {**shared, **context})
        html = render_to_string(f"emails/{template}.html", {**shared, **context})
    return text.strip() + "\n", _INLINER.inline(html)


def write(*, to: str, subject: str, text: str, html: str, language: str) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(subject, text, to=[to], headers={"Content-Language": language})
    message.attach_alternative(html, "text/html")
    return message
