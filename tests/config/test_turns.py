import threading

import pytest
from django.contrib.auth.hashers import check_password, make_password

from config import turns
from config.turns import BusyError, turn
from tests.staff import PASSWORD, make_staff


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0.1)
    monkeypatch.setattr(turns.os, "cpu_count", lambda: 2)
    return tmp_path


def test_each_core_has_one_turn_at_a_time():
    with turn(), turn(), pytest.raises(BusyError), turn():
        pytest.fail("a third turn on two cores")
    with turn():
        pass


def test_a_turn_is_free_again_after_a_mistake():
    for _ in range(5):
        with pytest.raises(ZeroDivisionError), turn():
            raise ZeroDivisionError
    with turn(), turn():
        pass


def test_only_a_few_of_a_process_wait(monkeypatch):
    """The others hear at once that it is busy, so that their threads serve somebody else."""
    monkeypatch.setattr(turns, "WAIT_SECONDS", 3600)
    monkeypatch.setattr(turns, "waiting", threading.BoundedSemaphore(2))
    with turn(), turn(), pytest.raises(BusyError), turn():
        pytest.fail("waited")
    with turn():
        pass


def test_a_password_is_hashed_and_checked_in_a_turn(folder):
    stored = make_password(PASSWORD)
    assert stored.startswith("scrypt$")
    with turn(), turn():
        for hashes in (lambda: make_password(PASSWORD), lambda: check_password(PASSWORD, stored)):
            with pytest.raises(BusyError):
                hashes()
    assert check_password(PASSWORD, stored)


@pytest.mark.django_db
def test_a_visitor_without_a_turn_gets_429(client):
    make_staff("hr")
    form = {"username": "hr@example.com", "password": PASSWORD}
    with turn(), turn():
        reply = client.post("/login/", form)
    assert (reply.status_code, reply.headers["Retry-After"]) == (429, "5")
    assert client.post("/login/", form).status_code == 302
