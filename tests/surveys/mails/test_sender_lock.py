"""As many senders at a time as are allowed, on either database."""

import fcntl

import pytest
from django.db import connection

from surveys.mails.sender_lock import sender_lock
from tests.threads import in_background

pytestmark = pytest.mark.django_db(transaction=True)


def place_of_another(senders=1):
    def take():
        with sender_lock(senders) as place:
            return place

    return in_background(take).result()


def test_a_second_sender_waits_until_the_first_has_ended():
    with sender_lock() as place:
        assert (place, place_of_another()) == (0, None)
    assert place_of_another() == 0


def test_a_second_sender_has_a_place_where_two_are_allowed():
    with sender_lock(2) as place:
        assert (place, place_of_another(2)) == (0, 1)


def test_a_sender_that_raises_frees_the_lock():
    with pytest.raises(ZeroDivisionError), sender_lock():
        1 / 0  # noqa: B018 -- only to raise
    assert place_of_another() == 0


def test_on_sqlite_the_lock_is_a_file(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(connection, "vendor", "sqlite")
    with sender_lock() as place, (tmp_path / "mail.lock").open("w") as file:
        assert place == 0
        with pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with (tmp_path / "mail.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with sender_lock() as place:
            assert place is None
        with sender_lock(2) as place:
            assert place == 1
