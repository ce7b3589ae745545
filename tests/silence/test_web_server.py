"""The real web server says nothing of who opened an answer page, whatever a visitor or the application does wrong."""

import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import factories
from tests.services import free_port
from tests.silence import processes, visitors
from tests.silence.searching import found
from tests.silence.visitors import ADDRESS, PATH, TOKEN, break_off, visit

pytestmark = pytest.mark.django_db(transaction=True)

QUIET = ["--config", "config/web_server/gunicorn.py"]
# As gunicorn comes, with the access log that most people switch on.
LOUD = ["--worker-class", "gthread", "--threads", "4", "--access-logfile", "-", "--no-control-socket"]


METHODS = {"HEAD": 200, "GET": 200, "OPTIONS": 405, "DELETE": 405}
STATUSES = {
    "looks": 404,
    "asks for the head alone": 404,
    "answers": 404,
    "a method that is refused": 405,
    "a method that does not exist": 400,
    "no HTTP": 400,
    "an HTTP that does not exist": 400,
    "a space in the path": 400,
    "a header without a colon": 400,
    "a header that is no header": 400,
    "two lengths": 400,
    "no length that is a number": 400,
    "a chunk that is none": 411,
    "a host that is not ours": 400,
    "a path too long": 414,
    "headers too large": 431,
    "a link that a mail program broke": 404,
}


def test_the_site_logs_nothing_whatever_a_visitor_does(tmp_path, static_files):
    """But a line for what no visitor's browser sends, a request for another host: without path and address."""
    port, running = processes.web(tmp_path / "web", STATIC_ROOT=static_files)
    with running:
        statuses = visitors.all_visits(port)
        printed = written_lines(tmp_path)
    assert statuses == STATUSES
    assert [line.count("(DisallowedHost)") for line in printed] == [1]
    assert found(tmp_path) == set()
    assert [path.name for path in tmp_path.rglob("*") if not path.is_dir()] == ["printed"]


def written_lines(folder):
    return (folder / "web" / "printed").read_text().splitlines()


def test_looking_at_an_answer_page_by_any_method_leaves_no_line(tmp_path, static_files):
    token = factories.token_of(factories.make_invitation())
    request = f"/a/{token} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\n\r\n"
    port, running = processes.web(tmp_path / "web", STATIC_ROOT=static_files)
    with running:
        replies = {method: visit(port, f"{method} {request}".encode()) for method in METHODS}
        printed = written_lines(tmp_path)
    assert {method: int(reply.split(b" ")[1]) for method, reply in replies.items()} == METHODS
    assert printed == []


@contextmanager
def faulty(folder, options):
    """The web server in front of an application that fails."""
    port = free_port()
    gunicorn = [sys.executable, "-m", "gunicorn", *options, "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    with processes.process(folder, [*gunicorn, "tests.silence.faulty"], answers_at=port) as server:
        yield port, server


def everything_goes_wrong(port, server):
    """The application raises, before and after it began to reply; visitors go; the worker is ended as by a time-out."""
    replies = [visit(port, f"GET {PATH}/{way} HTTP/1.1\r\nHost: x\r\n\r\n".encode()) for way in ("raise", "half")]
    break_off(port, f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n".encode())
    visitors.all_visits(port)
    with visitors.staying(port, f"GET {PATH}/hang HTTP/1.1\r\nHost: x\r\n\r\n".encode()):
        for worker in workers_of(server.pid):
            os.kill(worker, signal.SIGABRT)
            os.kill(worker, signal.SIGKILL)
    return [reply.partition(b"\r\n")[0] for reply in replies]


def workers_of(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_failing_application_is_logged_without_path_and_visitor(tmp_path):
    with faulty(tmp_path / "quiet", QUIET) as (port, server):
        assert everything_goes_wrong(port, server) == [b"HTTP/1.1 500 Internal Server Error", b"HTTP/1.1 200 OK"]
    assert found(tmp_path) == set()
    printed = (tmp_path / "quiet" / "printed").read_text()
    assert printed.count("A request failed (BrokenError); details are not logged.") == 2
    assert "was sent SIGKILL" in printed


def test_as_it_comes_the_server_would_reveal_all_of_it(tmp_path):
    with faulty(tmp_path / "loud", LOUD) as (port, server):
        everything_goes_wrong(port, server)
    assert found(tmp_path) == {TOKEN, "/a/", ADDRESS}


def test_what_an_operator_needs_is_still_logged(tmp_path):
    with pytest.raises(RuntimeError, match="No module named"):
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", *QUIET, "--bind", f"127.0.0.1:{port}", "tests.silence.missing"]
        with processes.process(tmp_path / "broken", command, answers_at=free_port()):
            pass
