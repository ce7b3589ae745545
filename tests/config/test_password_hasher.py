import pytest
from django.contrib.auth.hashers import check_password, make_password

from surveys.services.turns import BusyError, turn
from tests.staff import PASSWORD, make_staff

pytestmark = pytest.mark.usefixtures("two_turns")


def test_a_password_is_hashed_and_checked_in_a_turn():
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
