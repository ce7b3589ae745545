"""The digest as a message: what was frozen at scoring, with its picture in the mail itself."""

from email.mime.image import MIMEImage

from django.core.mail import EmailMultiAlternatives

from diagnostics.choices import DIGEST_MAIL
from diagnostics.models import Digest
from diagnostics.models.digest import LANGUAGE, PICTURE_ID
from surveys import mails
from surveys.models import Mail


def compose_digest(mail: Mail) -> EmailMultiAlternatives:
    """Raises NotDueError where the recipient has left or wants no digest any more."""
    digest = Digest.objects.select_related("recipient").get(id=mail.key)
    recipient = digest.recipient
    if not recipient.is_active or not recipient.receives_digest:
        raise mails.NotDueError
    message = mails.write(
        to=recipient.email, subject=digest.subject, text=digest.text, html=digest.html, language=LANGUAGE
    )
    # Outlook shows a picture in its place only if it is part of the mail, beside the text that points to it.
    message.mixed_subtype = "related"  # type: ignore[attr-defined]  # the stubs leave it out
    picture = MIMEImage(bytes(digest.picture), "png")
    picture.add_header("Content-ID", f"<{PICTURE_ID}>")
    picture.add_header("Content-Disposition", "inline", filename=f"{PICTURE_ID}.png")
    message.attach(picture)
    return message


mails.register(DIGEST_MAIL, compose_digest)
