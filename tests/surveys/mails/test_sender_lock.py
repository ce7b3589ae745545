"""One sender at a time, on either database."""

import fcntl

import pytest
from django.db import connection

from surveys.mails.sender_lock import sender_lock
from tests.threads import in_background

pytestmark = pytest.mark.django_db(transaction=True)


def another_may_send():
    def take():
        with sender_lock() as is_sender:
            return is_sender

    return in_background(take).result()


def test_a_second_sender_waits_until_the_first_has_ended():
    with sender_lock() as is_sender:
        assert (is_sender, another_may_send()) == (True, False)
    assert another_may_send()


def test_a_sender_that_raises_frees_the_lock():
    with pytest.raises(ZeroDivisionError), sender_lock():
        1 / 0  # noqa: B018 -- only to raise
    assert another_may_send()


def test_on_sqlite_the_lock_is_a_file(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(connection, "vendor", "sqlite")
    with sender_lock() as is_sender, (tmp_path / "mail.lock").open("w") as file:
        assert is_sender
        with pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with (tmp_path / "mail.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with sender_lock() as is_sender:
            assert is_sender is False
