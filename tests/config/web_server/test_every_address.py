"""Whoever asks, by whatever method, with whatever headers: no address of the site makes an error of the server."""

import uuid

import pytest
from django.urls import get_resolver

from surveys.choices import Role, WaveState
from tests import factories
from tests.ops.odd_requests import send, session_of
from tests.staff import make_staff

pytestmark = pytest.mark.django_db

METHODS = ("PUT", "DELETE", "OPTIONS", "TRACE", "FOO", "get")
LARGE = (2**63 - 1, 2**63, int("9" * 30), 0)
TEXTS = ("x", "..", "%ff", "\u202e" * 9, "9" * 40)
# Fields that are there twice, of no number, of a number that no column holds, and of bytes that are no text.
TWICE = "page=99999999999999999999&page=-1&page=%EF%BF%BF&q=%ED%A0%80&q=%FF&next=%0D%0AX:1&department=1e400&department="
HOSTS = ("evil.example", "faultline.localhost:99999", "faultline.localhost:x", "[::1", "a b", "\xff", "x" * 5000, "")
HEADERS = (
    {"HTTP_ACCEPT_LANGUAGE": "\xff,;q=a,ru;q=1e999"},
    {"HTTP_ACCEPT_LANGUAGE": "x" * 5000},
    {"HTTP_REFERER": "\xff", "HTTP_ORIGIN": "null"},
    {"HTTP_IF_MODIFIED_SINCE": "Mon, 99 Foo 99999 99:99:99 GMT", "HTTP_IF_NONE_MATCH": "\xff"},
    {"HTTP_X_FORWARDED_PROTO": "\xff", "HTTP_X_FORWARDED_HOST": "evil.example", "REMOTE_ADDR": ""},
    {"HTTP_COOKIE": f"sessionid={'x' * 9000}; messages=[[1,2]]; csrftoken=; django_language=xx"},
)


@pytest.fixture
def addresses(settings, tmp_path):
    """Each route once for each of its arguments that means something, and twice for those that mean nothing."""
    settings.VAR_DIR = tmp_path
    wave = factories.make_wave(WaveState.CLOSED, number=1, public_key=None)
    token = factories.token_of(factories.make_invitation(factories.make_wave(survey=wave.survey, number=2)))
    known = {"int": [wave.survey_id], "uuid": [wave.id], "str": ["company"], "token": [token]}
    odd = {"int": LARGE, "uuid": [uuid.UUID(int=0)], "str": TEXTS, "token": [f"{token}%00", "\u202e" * 30, "."]}
    found = []
    for route in (route for part in get_resolver().url_patterns for route in part.url_patterns):
        kinds = _kinds(route)
        found += [_path(route, kinds, {kind: values[0] for kind, values in known.items()})]
        for number in range(3 if kinds else 0):
            found += [_path(route, kinds, {kind: values[number % len(values)] for kind, values in odd.items()})]
    return found


def _kinds(route):
    """By argument, what its converter takes."""
    if route.name == "answer":
        return {"token": "token"}
    kinds = {"IntConverter": "int", "UUIDConverter": "uuid", "StringConverter": "str"}
    return {name: kinds[type(converter).__name__] for name, converter in route.pattern.converters.items()}


def _path(route, kinds, values):
    path = "a/<token>" if route.name == "answer" else str(route.pattern)
    for name, kind in kinds.items():
        path = path.replace(f"<{kind}:{name}>", str(values[kind])).replace(f"<{name}>", str(values[kind]))
    return f"/{path}"


def _requests(place):
    """As it should be, with odd fields, and something else that is odd, in turns."""
    turn = place // 4
    odd = (
        {"query": TWICE},
        {"method": METHODS[turn % len(METHODS)]},
        {"HTTP_HOST": HOSTS[turn % len(HOSTS)]},
        HEADERS[turn % len(HEADERS)],
    )
    return {}, {"method": "POST", "body": TWICE.encode()}, odd[place % len(odd)]


@pytest.mark.parametrize("role", [*Role, None])
def test_no_address_makes_an_error_for_anybody(addresses, role):
    cookie = session_of(make_staff(role)) if role else ""
    answers = [
        (send(path, **{"cookie": cookie} | more)[0], path, more)
        for place, path in enumerate(addresses)
        for more in _requests(place)
    ]
    assert len(answers) > 250
    assert {status for status, _, _ in answers} >= {200, 302, 400, 404, 405}
    assert [answer for answer in answers if answer[0] >= 500] == []
