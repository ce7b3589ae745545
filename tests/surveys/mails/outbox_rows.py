"""Mails of a wave in the outbox, and one of them sent."""

from surveys.choices import MailKind
from surveys.mails import sending
from surveys.mails.delivery import mail_connection
from surveys.models import Mail

PEOPLE = 6
ADDRESSES = [f"sales.{number}@example.com" for number in range(PEOPLE)]


def row(address, kind=MailKind.INVITATION):
    return Mail.objects.get(employee__email=address, kind=kind)


def send(address):
    with mail_connection() as server:
        return sending.send(row(address).id, server)
