"""Who gets digests, and the digests and mails that are theirs."""

from email import message_from_bytes
from email.policy import default

from diagnostics.models import Digest
from surveys import mails
from surveys.models import Mail, StaffUser
from tests.diagnostics.waves import department


def staff(name, *departments, role="leader", **fields):
    user = StaffUser.objects.create(email=f"{name}@example.com", name=name, role=role, **fields)
    user.departments.set(department(part) for part in departments)
    return user


def digest(user, wave=None):
    found = Digest.objects.filter(recipient=user).order_by("snapshot__wave__number")
    return found.get(snapshot__wave=wave) if wave else found.last()


def message(user):
    mail = Mail.objects.get(staff=user)
    return message_from_bytes(mails.compose(mail).message().as_bytes(), policy=default)
