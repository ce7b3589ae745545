"""Many rows at once: the same rows as Django would store, in one statement however many they are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.choices import MailKind
from surveys.models import Employee, Mail, Response
from surveys.rules.limits import BATCH_SIZE
from surveys.services.shuffling import store_rows
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return factories.make_wave()


def mails(wave, count):
    person = Employee.objects.first() or factories.make_employee("Zoë")
    return [
        Mail(kind=MailKind.REMINDER, key=str(number), wave=wave, employee=person, address="a\\b\n@example.com")
        for number in range(count)
    ]


def test_rows_are_stored_in_one_statement(wave):
    rows = mails(wave, BATCH_SIZE + 1)
    with CaptureQueriesContext(connection) as queries:
        store_rows(rows)
    assert (len(queries), Mail.objects.count()) == (1, len(rows))


@pytest.mark.parametrize("vendor", ["postgresql", "sqlite"])
def test_rows_are_those_that_were_made(wave, monkeypatch, vendor):
    monkeypatch.setattr(connection, "vendor", vendor)
    rows = mails(wave, 3)
    store_rows(rows)
    names = [field.attname for field in Mail._meta.concrete_fields]
    expected = [tuple(getattr(row, name) for name in names) for row in rows]
    assert list(Mail.objects.order_by("key").values_list(*names)) == expected


def test_bytes_stay_bytes(wave):
    group = factories.make_group(wave, [factories.make_department()])
    store_rows([Response(wave=wave, group=group, answers=bytes(range(256)))])
    assert bytes(Response.objects.get().answers) == bytes(range(256))


def test_no_rows_are_no_statement():
    with CaptureQueriesContext(connection) as queries:
        store_rows([])
    assert len(queries) == 0
