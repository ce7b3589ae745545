"""The mail that asks an auditor for the passphrase: a wave has ended, and cannot be counted without it."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from surveys.choices import Role
from surveys.mails.composing import NotDueError, render, write
from surveys.models import Mail
from surveys.selectors.trustee import waits

_LANGUAGE = "en"


def compose_trustee(mail: Mail) -> EmailMultiAlternatives:
    """Raises NotDueError once the wave waits no more, or where the recipient is no active auditor any more."""
    auditor = mail.staff
    if auditor is None or not auditor.is_active or auditor.role != Role.AUDITOR or not waits(mail.wave):
        raise NotDueError
    subject = f"Passphrase wanted: {mail.wave} has ended"
    context = {
        "subject": subject,
        "wave": mail.wave,
        "link": settings.SITE_URL + reverse("trustee-wave", args=[mail.wave_id]),
    }
    text, html = render("trustee", context, _LANGUAGE)
    return write(to=auditor.email, subject=subject, text=text, html=html, language=_LANGUAGE)
