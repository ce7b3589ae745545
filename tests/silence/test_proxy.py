"""The proxy that ships ends HTTPS and says nothing of who opened an answer page, in whatever way that goes wrong."""

import shutil
import socket
import urllib.request

import pytest

from surveys.models import SealedBallot
from tests.factories import make_invitation, token_of
from tests.services import free_port
from tests.silence import processes, visitors
from tests.silence.recording import recording
from tests.silence.searching import found
from tests.silence.visitors import ADDRESS, PATH, TOKEN, visit
from tests.threads import in_background

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("caddy"), reason="needs Caddy; scripts/test-tools.sh installs it"),
]

SHIPPED = processes.ROOT / "config" / "Caddyfile"


@pytest.fixture
def site(tmp_path, static_files):
    """The proxy's ports, plain and secure, with the real web server behind it."""
    upstream, web = processes.web(tmp_path / "web", STATIC_ROOT=static_files)
    plain, secure, _, proxy = processes.proxy(tmp_path / "proxy", upstream=upstream)
    with web, proxy:
        yield plain, secure


def answer_twice(secure):
    """Somebody answers by HTTPS, and tries again; the statuses."""
    path, form = f"/a/{token_of(make_invitation())}", b"item_meetings_1=0"
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(form)}\r\n".encode()
    request = head + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n" + form
    return path, [int(visit(secure, request, secure=True).split(b" ")[1]) for _ in range(2)]


def test_answers_arrive_and_no_byte_of_proxy_or_server_reveals_whose(tmp_path, site):
    plain, secure = site
    path, statuses = answer_twice(secure)
    assert (statuses, SealedBallot.objects.count()) == ([200, 409], 1)
    visitors.all_visits(secure, secure=True)
    visitors.all_visits(plain)
    # HTTP where HTTPS is spoken, and a greeting that is none.
    visit(secure, visitors.REQUESTS["looks"])
    visit(secure, b"\x16\x03\x01" + TOKEN.encode() * 10)
    content = processes.written(tmp_path)
    assert len(content) > 1000
    assert found(tmp_path) == set()
    assert path.encode() not in content


def test_a_web_server_that_is_down_is_shown_to_visitors_and_not_logged(tmp_path):
    _, secure, _, proxy = processes.proxy(tmp_path / "proxy", upstream=free_port())
    with proxy:
        statuses = visitors.all_visits(secure, secure=True)
        reply = visit(secure, visitors.REQUESTS["looks"], secure=True)
    assert {name for name, status in statuses.items() if status == 502} >= {"looks", "answers"}
    head = reply.decode().lower()
    assert "strict-transport-security: max-age=31536000" in head
    assert "cache-control: no-store" in head
    assert found(tmp_path) == set()


@pytest.mark.parametrize(
    ("level", "more"), [("INFO", "\tlog\n"), ("DEBUG", "")], ids=["an access log", "all that it can say of errors"]
)
def test_with_its_usual_logs_the_proxy_would_reveal_all_of_it(tmp_path, level, more):
    text = SHIPPED.read_text().replace("\t\texclude http\n", "").replace("level WARN", f"level {level}")
    config = tmp_path / "Caddyfile"
    config.write_text(text.replace("{$SITE_URL} {\n", "{$SITE_URL} {\n" + more))
    _, secure, _, proxy = processes.proxy(tmp_path / "proxy", upstream=free_port(), config=config)
    with proxy:
        visit(secure, visitors.REQUESTS["looks"], secure=True)
    assert found(tmp_path / "proxy") == {TOKEN, "/a/", ADDRESS}


def test_even_in_debug_mode_the_rest_of_the_proxy_knows_no_visitor(tmp_path):
    config = tmp_path / "Caddyfile"
    config.write_text(SHIPPED.read_text().replace("level WARN", "level DEBUG"))
    _, secure, _, proxy = processes.proxy(tmp_path / "proxy", upstream=free_port(), config=config)
    with proxy:
        visitors.all_visits(secure, secure=True)
    assert found(tmp_path / "proxy") & {TOKEN, "/a/"} == set()


def test_http_leads_to_https(site):
    plain, _ = site
    head = visit(plain, visitors.REQUESTS["looks"]).decode().partition("\r\n\r\n")[0]
    assert head.startswith("HTTP/1.1 308 ")
    assert f"Location: https://localhost{PATH}" in head


def test_pages_have_transport_security_and_the_health_check_answers(tmp_path, static_files):
    upstream, web = processes.web(tmp_path / "web", STATIC_ROOT=static_files)
    _, secure, health, proxy = processes.proxy(tmp_path / "proxy", upstream=upstream)
    with web, proxy:
        head = visit(secure, b"GET /anonymity/ HTTP/1.1\r\nHost: localhost\r\n\r\n", secure=True).decode()
        with urllib.request.urlopen(f"http://localhost:{health}/", timeout=10) as reply:
            assert reply.read() == b"ok"
    assert head.startswith("HTTP/1.1 200 OK\r\n")
    assert "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload" in head
    assert "\r\nServer: " not in head


def test_the_web_server_learns_of_https_and_not_of_the_visitor(tmp_path):
    """Whatever the visitor claims: the proxy says itself that it was HTTPS."""
    with socket.create_server(("127.0.0.1", 0)) as upstream:
        _, secure, _, proxy = processes.proxy(tmp_path / "proxy", upstream=upstream.getsockname()[1])
        with proxy:
            claims = (
                f"GET /x HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: http\r\nX-Forwarded-For: {ADDRESS}\r\n\r\n"
            )
            asking = in_background(lambda: visit(secure, claims.encode(), secure=True))
            upstream.settimeout(10)
            connection, _ = upstream.accept()
            passed_on = connection.recv(65536).decode().lower()
            connection.close()
            asking.result(30)
    assert "x-forwarded-proto: https" in passed_on
    assert ADDRESS not in passed_on


def test_answer_pages_go_to_processes_of_their_own(tmp_path):
    paths = {PATH, "//a/x", "/A/x", "/login/", "/people/a/", "/anonymity/"}
    with recording() as (staff, of_staff), recording() as (answers, of_answers):
        _, secure, _, proxy = processes.proxy(tmp_path / "proxy", upstream=staff, answers=answers)
        with proxy:
            for path in paths:
                visit(secure, f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode(), secure=True)
    assert (len(of_answers), len(of_staff)) == (3, 3)


def head(method, *, length):
    return f"{method} {PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n".encode()


def request(method, *, size):
    """With a body of so many bytes, all of them `x`."""
    return head(method, length=size) + b"x" * size


def in_chunks(method, *, size):
    start = f"{method} {PATH} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    return f"{start}{size:x}\r\n{'x' * size}\r\n0\r\n\r\n".encode()


@pytest.fixture
def limited(tmp_path):
    """A function that sends requests to the proxy, which takes so many bytes; their statuses and what was handed on."""

    def send(*requests, limit=1000, changes=()):
        text = SHIPPED.read_text().replace("<= 55000000`", f"<= {limit}`")
        for rule, other in changes:
            text = text.replace(rule, other)
        config = tmp_path / "Caddyfile"
        config.write_text(text)
        with recording() as (upstream, handed_on):
            _, secure, _, proxy = processes.proxy(tmp_path / "proxy", upstream=upstream, config=config)
            with proxy:
                statuses = [int(visit(secure, each, secure=True).split(b" ")[1]) for each in requests]
        return statuses, handed_on

    return send


def test_a_request_that_is_too_large_never_reaches_the_web_server(limited):
    accepted = [request("POST", size=size) for size in (0, 1000)]
    refused = [request("POST", size=size) for size in (1001, 9000, 200_000)]
    refused += [head("POST", length=10**9)] + [request(method, size=9000) for method in ("GET", "PUT")]
    statuses, handed_on = limited(*accepted, *refused)
    assert statuses == [200] * 2 + [413] * 6
    assert [(method, length, len(body)) for method, length, body in handed_on] == [
        ("POST", "0", 0),
        ("POST", "1000", 1000),
    ]


def test_a_request_that_states_no_length_never_reaches_the_web_server(limited):
    requests = [in_chunks(method, size=size) for method in ("POST", "PUT") for size in (1, 900, 9000, 200_000)]
    assert limited(*requests) == ([411] * 8, [])


def test_of_a_get_with_a_body_in_chunks_the_web_server_gets_no_body(limited):
    _, handed_on = limited(*(in_chunks(method, size=9000) for method in ("GET", "HEAD")))
    assert sorted(method for method, _, _ in handed_on) == ["GET", "HEAD"]
    assert max(body.count(b"x") for _, _, body in handed_on) <= 1


def test_the_limit_that_ships_is_55_megabytes(limited):
    most, more = 55_000_000, 55_000_001
    assert f"<= {most}`" in SHIPPED.read_text()
    statuses, handed_on = limited(request("POST", size=most), head("POST", length=more), limit=most)
    assert (statuses, [len(body) for _, _, body in handed_on]) == ([200, 413], [most])


def test_a_limit_on_what_is_read_is_met_after_the_web_server_has_it(limited):
    """Why the stated length decides: this is what Caddy's own limit does."""
    changes = [(f"\t{rule}\n", "") for rule in ("error @too_large 413", "error @no_length 411")]
    changes += [("request_body @unstated", "request_body"), ("max_size 1\n", "max_size 1000\n")]
    _, handed_on = limited(request("POST", size=9000), in_chunks("POST", size=9000), changes=changes)
    assert [length for _, length, _ in handed_on] == ["9000", None]
