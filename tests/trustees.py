"""The steps of a wave with a trustee, for the tests that need one."""

from surveys.choices import MailKind
from surveys.models import Mail, Wave
from surveys.services import trustees

PASSPHRASE = "correct horse battery staple"


def enter(wave, passphrase=PASSPHRASE):
    return trustees.enter_passphrase(wave=Wave.objects.get(id=wave.id), passphrase=passphrase)


def asked():
    """Who was asked for a passphrase, with the number of the round."""
    rows = Mail.objects.filter(kind=MailKind.TRUSTEE).order_by("key").values_list("staff__email", "key")
    return [(email, key.rpartition(":")[2]) for email, key in rows]


def files(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}
