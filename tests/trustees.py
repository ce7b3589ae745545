"""The steps of a wave with a trustee, for the tests that need one."""

from surveys.choices import MailKind
from surveys.models import Mail, Wave
from surveys.services import trustees
from tests.company import make_people, make_survey

PASSPHRASE = "correct horse battery staple"


def make_trustee_survey():
    """A survey of a small company, with a trustee."""
    make_people()
    survey = make_survey()
    trustees.set_passphrase(survey=survey, passphrase=PASSPHRASE)
    return survey


def enter(wave, passphrase=PASSPHRASE):
    return trustees.enter_passphrase(wave=Wave.objects.get(id=wave.id), passphrase=passphrase)


def asked():
    """Who was asked for a passphrase, with the number of the round."""
    rows = Mail.objects.filter(kind=MailKind.TRUSTEE).order_by("key").values_list("staff__email", "key")
    return [(email, key.rpartition(":")[2]) for email, key in rows]


def files(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}
