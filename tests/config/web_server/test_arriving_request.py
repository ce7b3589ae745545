import pytest

from config.web_server import arriving_request
from config.web_server.arriving_request import BODY_SECONDS, BYTES_A_SECOND, HEAD_SECONDS, LARGEST_HEAD, ArrivingRequest

MOST = 100_000
HEAD = b"POST /login/ HTTP/1.1\r\nHost: localhost\r\n%b\r\n\r\n"


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr(arriving_request.time, "monotonic", lambda: 1000.0)


def arrived(*parts):
    request = ArrivingRequest(largest_body=MOST)
    wholes = []
    for part in parts:
        request.feed(part)
        wholes.append(request.is_whole)
    return request, wholes


def test_a_request_is_whole_with_the_last_byte_of_its_body():
    head = HEAD % b"content-LENGTH: 10"
    assert arrived(head[:20], head[20:], b"123456789", b"0")[1] == [False, False, False, True]
    assert arrived(head + b"1234567890GET /")[1] == [True]


def test_wherever_its_head_is_cut_it_is_found():
    whole = HEAD % b"Content-Length: 3" + b"abc"
    assert [arrived(whole[:cut], whole[cut:])[1] for cut in range(1, len(whole))] == [[False, True]] * (len(whole) - 1)


@pytest.mark.parametrize(
    "header",
    [
        b"Accept: x",
        b"Content-Length: 0",
        b"Content-Length: 3\r\nContent-Length: 4",
        b"Content-Length: -1",
        b"Content-Length: x",
        b"Content-Length: 100001",
        b"Content-Length: 99999999999",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked",
        b"X-Content-Length: 5",
    ],
)
def test_a_body_that_is_refused_unread_is_not_waited_for(header):
    assert arrived(HEAD % header)[1] == [True]


def test_it_has_a_time_for_its_head_and_one_for_its_body():
    assert arrived(b"GET / HTTP/1.1\r\n")[0].deadline == 1000 + HEAD_SECONDS
    head = HEAD % b"Content-Length: 100000"
    assert arrived(head)[0].deadline == 1000 + BODY_SECONDS + MOST / BYTES_A_SECOND
    # Bytes that trickle in prolong nothing.
    assert arrived(head, b"x", b"x")[0].deadline == 1000 + BODY_SECONDS + MOST / BYTES_A_SECOND


def test_a_head_without_an_end_is_hopeless():
    endless = b"GET / HTTP/1.1\r\nX: " + b"x" * LARGEST_HEAD
    assert arrived(endless)[0].is_hopeless
    assert not arrived(HEAD % b"Content-Length: 100000", b"x" * 99_999)[0].is_hopeless


def test_who_waits_to_be_asked_for_the_body_is_asked():
    asked = HEAD % b"Content-Length: 3\r\nExpect: 100-continue"
    assert arrived(asked)[0].waits_for_continue
    assert not arrived(asked + b"abc")[0].waits_for_continue
    assert not arrived(HEAD % b"Content-Length: 3")[0].waits_for_continue


@pytest.mark.parametrize(
    ("line", "is_of_respondent"),
    [(b"GET /a/x", True), (b"POST /a/x", True), (b"GET /login/", False), (b"GET /x?next= /a/", False)],
)
def test_answer_pages_are_known_by_the_line(line, is_of_respondent):
    assert arrived(line + b" HTTP/1.1\r\n\r\n")[0].is_of_respondent is is_of_respondent
