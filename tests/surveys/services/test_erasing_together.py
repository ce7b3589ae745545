"""Somebody is erased twice at the same moment, or while a purge deletes the same rows: the second finds it done."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from surveys.choices import UploadKind
from surveys.management.commands import erase_employee as command
from surveys.models import Employee, Invitation, Upload
from surveys.services import purging
from tests.company import close, open_next
from tests.staff import make_staff
from tests.threads import at_once, until_blocked

pytestmark = pytest.mark.django_db(transaction=True)

EMAIL = "sales.1@example.com"
SECONDS = 20


@pytest.fixture
def left(survey, tmp_path):
    """The counted wave that was the only one of somebody who has left."""
    wave = open_next(survey, tmp_path)
    Employee.objects.filter(email=EMAIL).update(active=False)
    close(wave, tmp_path)
    return wave


def erase(_number=0):
    return purging.erase_employee(email=EMAIL)


def is_on_the_roster():
    return Employee.objects.filter(email=EMAIL).exists()


def test_of_two_at_once_one_erases(left):
    assert sorted(at_once(2, erase), key=str) == [1, None]
    assert not is_on_the_roster()


def test_erasing_waits_for_a_purge_and_finds_it_done(left, monkeypatch):
    monkeypatch.setattr(purging.dead_rows, "vacuum", lambda *_models: None)
    with transaction.atomic():
        purging.purge_invitations(wave_id=left.id)
        erasing = until_blocked(erase)
    assert erasing.result(SECONDS) is None
    assert not is_on_the_roster()


def test_neither_a_purge_nor_erasing_waits_for_the_other_for_ever(left):
    """The purge has deleted the invitations, and not yet the people, when the erasing begins."""
    erasing = []

    def begin_after_the_invitations(execute, sql, *more):
        result = execute(sql, *more)
        if sql.startswith(f'DELETE FROM "{Invitation._meta.db_table}"') and not erasing:
            erasing.append(until_blocked(erase))
        return result

    with connection.execute_wrapper(begin_after_the_invitations):
        purging.purge_invitations(wave_id=left.id)
    assert erasing[0].result(SECONDS) is None
    assert not is_on_the_roster()


def test_what_a_purge_was_faster_with_is_finished_by_the_command(left, monkeypatch, capsys):
    """The person is deleted between reading and locking. Files that may hold them are deleted all the same."""
    Upload.objects.create(owner=make_staff(), kind=UploadKind.PEOPLE, name="people.csv", uploaded_at=left.closes_at)
    person = Employee.objects.get(email=EMAIL)
    monkeypatch.setattr(command, "employee_at", lambda _mail: person)
    purging.purge_invitations(wave_id=left.id)
    call_command("erase_employee", EMAIL)
    assert capsys.readouterr().out.startswith("Erased already")
    assert not Upload.objects.exists()
