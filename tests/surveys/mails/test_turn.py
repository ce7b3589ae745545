"""One sender at a time, on either database."""

import fcntl

import pytest
from django.db import connection

from surveys.mails.turn import turn
from tests.threads import in_background

pytestmark = pytest.mark.django_db(transaction=True)


def other_turn():
    def take():
        with turn() as mine:
            return mine

    return in_background(take).result()


def test_a_second_sender_has_no_turn_until_the_first_has_ended():
    with turn() as mine:
        assert (mine, other_turn()) == (True, False)
    assert other_turn()


def test_a_sender_that_raises_ends_its_turn():
    with pytest.raises(ZeroDivisionError), turn():
        1 / 0  # noqa: B018 -- only to raise
    assert other_turn()


def test_on_sqlite_the_lock_is_a_file(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(connection, "vendor", "sqlite")
    with turn() as mine, (tmp_path / "mail.lock").open("w") as file:
        assert mine
        with pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with (tmp_path / "mail.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with turn() as mine:
            assert mine is False
