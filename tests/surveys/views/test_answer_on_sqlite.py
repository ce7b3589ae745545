"""The answer path has statements of its own: they are read by SQLite too."""

import pytest
from django.db import connection

from surveys.choices import WaveState
from surveys.models import Department, Employee, Invitation, SealedBallot, Wave
from surveys.rules.limits import LISTED_COUNTERPARTS
from tests.factories import make_invitation
from tests.sqlite_database import sqlite_database
from tests.stored_pages import address_of


@pytest.fixture
def address(django_db_blocker, tmp_path):
    """Of somebody who can rate more departments than a page lists."""
    with django_db_blocker.unblock(), sqlite_database(tmp_path):
        names = [f"Department {number}" for number in range(LISTED_COUNTERPARTS + 2)]
        departments = Department.objects.bulk_create(Department(name=name) for name in names)
        Employee.objects.bulk_create(
            Employee(email=f"{found.id}@example.com", name=found.name, department=found) for found in departments
        )
        yield address_of(make_invitation())


def test_a_page_is_shown_and_one_answer_taken(client, address):
    rated = {"about_1-department": Department.objects.order_by("-id")[1].id, "about_1-contact": "0"}
    statuses = [client.get(address).status_code]
    statuses += [client.post(address, {"item_meetings_1": "0"} | rated).status_code for _ in range(2)]
    assert (connection.vendor, statuses) == ("sqlite", [200, 200, 409])
    assert (SealedBallot.objects.count(), Invitation.objects.get().answered) == (1, True)


def test_an_ended_wave_takes_none(client, address):
    Wave.objects.update(state=WaveState.CLOSING)
    assert client.post(address, {"item_meetings_1": "0"}).status_code == 410
    assert SealedBallot.objects.count() == 0
