"""The proxy that ships ends HTTPS and says nothing of who opened an answer page, in whatever way that goes wrong."""

import shutil
import socket
import urllib.request

import pytest

from surveys.models import SealedBallot
from tests.factories import make_invitation, token_of
from tests.services import free_port
from tests.silence import processes, visitors
from tests.silence.visitors import ADDRESS, PATH, TOKEN, TRACES, visit
from tests.threads import in_background

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("caddy"), reason="needs Caddy; scripts/test-tools.sh installs it"),
]

SHIPPED = processes.ROOT / "config" / "Caddyfile"


def found(folder):
    content = processes.written(folder)
    return {trace for trace, wanted in TRACES.items() if wanted in content}


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


def test_answers_arrive_and_no_byte_of_proxy_or_web_server_says_whose(tmp_path, site):
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


def test_a_web_server_that_is_down_is_told_to_visitors_and_not_to_a_log(tmp_path):
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
def test_with_its_usual_logs_the_proxy_would_tell_all_of_it(tmp_path, level, more):
    text = SHIPPED.read_text().replace("\t\texclude http\n", "").replace("level WARN", f"level {level}")
    config = tmp_path / "Caddyfile"
    config.write_text(text.replace("{$SITE_URL} {\n", "{$SITE_URL} {\n" + more))
    _, secure, _, proxy = processes.proxy(tmp_path / "proxy", upstream=free_port(), config=config)
    with proxy:
        visit(secure, visitors.REQUESTS["looks"], secure=True)
    assert found(tmp_path / "proxy") == {TOKEN, "/a/", ADDRESS}


def test_even_with_all_that_it_can_say_the_rest_of_the_proxy_knows_no_visitor(tmp_path):
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


def test_pages_come_with_transport_security_and_the_health_check_is_answered_within(tmp_path, static_files):
    upstream, web = processes.web(tmp_path / "web", STATIC_ROOT=static_files)
    _, secure, health, proxy = processes.proxy(tmp_path / "proxy", upstream=upstream)
    with web, proxy:
        head = visit(secure, b"GET /anonymity/ HTTP/1.1\r\nHost: localhost\r\n\r\n", secure=True).decode()
        with urllib.request.urlopen(f"http://localhost:{health}/", timeout=10) as reply:
            assert reply.read() == b"ok"
    assert head.startswith("HTTP/1.1 200 OK\r\n")
    assert "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload" in head
    assert "\r\nServer: " not in head


def test_the_web_server_is_told_of_https_and_not_of_the_visitor(tmp_path):
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


def test_a_request_that_is_too_large_never_reaches_the_web_server(tmp_path, static_files):
    config = tmp_path / "Caddyfile"
    config.write_text(SHIPPED.read_text().replace("max_size 55MB", "max_size 1KB"))
    upstream, web = processes.web(tmp_path / "web", STATIC_ROOT=static_files)
    _, secure, _, proxy = processes.proxy(tmp_path / "proxy", upstream=upstream, config=config)
    small, large = (
        f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\n".encode() + b"x" * size
        for size in (900, 9000)
    )
    with web, proxy:
        statuses = [int(visit(secure, request, secure=True).split(b" ")[1]) for request in (small, large)]
    # Caddy before 2.7 says 502.
    assert statuses in ([404, 413], [404, 502])
