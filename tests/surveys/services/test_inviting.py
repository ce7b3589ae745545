"""Mails of an open wave go to the address that a person had when it opened."""

import pytest

from surveys.choices import MailKind
from surveys.mails import compose
from surveys.models import Employee, Mail
from surveys.services.inviting import remind
from tests.company import make_people, make_survey, open_next

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(tmp_path):
    make_people({"Sales": (None, 6)})
    return open_next(make_survey(), tmp_path)


def recipients(kind):
    return {address for mail in Mail.objects.filter(kind=kind) for address in compose(mail).to}


def test_a_corrected_address_gets_no_link_of_an_open_wave(wave):
    before = set(Employee.objects.values_list("email", flat=True))
    person = Employee.objects.order_by("id")[0]
    Employee.objects.filter(pk=person.pk).update(email="somebody.else@example.com")
    remind(wave_id=wave.id, number=1)
    assert recipients(MailKind.INVITATION) == recipients(MailKind.REMINDER) == before


def test_a_mail_without_an_address_of_its_own_goes_to_the_one_of_now(wave):
    Employee.objects.filter(email="sales.0@example.com").update(email="sales.new@example.com")
    Mail.objects.filter(wave=wave).update(address="")
    assert "sales.new@example.com" in recipients(MailKind.INVITATION)
