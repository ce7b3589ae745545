"""Whatever state a link is in, looking and answering leave no trace but the sealed box and that somebody answered."""

import logging
from functools import partial
from urllib.parse import urlencode

import pytest
from django.core.signals import got_request_exception
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from surveys.choices import Role, WaveState
from surveys.models import Invitation, SealedBallot, StaffUser, Wave
from surveys.services import purging, trustees
from surveys.services.answering import cast_ballot
from surveys.views.answer import answer
from tests.factories import make_employee, make_invitation, make_survey, make_wave, token_of
from tests.silence.leaky import LEAKS
from tests.silence.traces import watched
from tests.silence.visitors import ADDRESS, TOKEN
from tests.trustees import PASSPHRASE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cheap_passphrases")]

ANSWER = {"item_meetings_1": "0", "comment": "canarycomment"}
VISITOR = "canary@example.com"


def wave_in(state, *, answered=False, **fields):
    return token_of(make_invitation(make_wave(state, **fields), answered=answered))


def with_a_trustee():
    survey = make_survey()
    trustees.set_passphrase(survey=survey, passphrase=PASSPHRASE)
    return wave_in(WaveState.OPEN, survey=survey, trustee_key=survey.trustee_key, release_key=bytes(32))


def of_somebody(*, answered=False, **fields):
    return token_of(make_invitation(employee=make_employee(**fields), answered=answered))


def of_somebody_erased(*, answered):
    token = of_somebody(answered=answered)
    purging.erase_employee(email="ada@example.com")
    return token


def purged():
    token = wave_in(WaveState.CLOSED)
    purging.purge_invitations(wave_id=Wave.objects.get().id)
    return token


# What looking, a head, sending nothing, answering, answering again, and a method that is refused are replied with.
TAKES = (200, 200, 422, 200, 409, 405)
NO_MORE = NOT_YET = (200, 200, 409, 409, 409, 405)
OVER = (410, 410, 410, 410, 410, 405)
UNKNOWN = (404, 404, 404, 404, 404, 405)
STATES = {
    "planned": (partial(wave_in, WaveState.PLANNED), NOT_YET),
    "opening": (partial(wave_in, WaveState.OPENING), NOT_YET),
    "open": (partial(wave_in, WaveState.OPEN), TAKES),
    "open, with a trustee": (with_a_trustee, TAKES),
    "open, its key is lost": (partial(wave_in, WaveState.OPEN, key_lost=True), TAKES),
    "of somebody on leave": (partial(of_somebody, on_leave=True), TAKES),
    "of somebody who has left": (partial(of_somebody, active=False), TAKES),
    "of somebody erased": (partial(of_somebody_erased, answered=False), UNKNOWN),
    "of somebody erased who had answered": (partial(of_somebody_erased, answered=True), NO_MORE),
    "answered": (partial(wave_in, WaveState.OPEN, answered=True), NO_MORE),
    "closing": (partial(wave_in, WaveState.CLOSING), OVER),
    "closing, its key is lost": (partial(wave_in, WaveState.CLOSING, answered=True, key_lost=True), OVER),
    "closed": (partial(wave_in, WaveState.CLOSED), OVER),
    "abandoned": (partial(wave_in, WaveState.ABANDONED), OVER),
    "purged": (purged, UNKNOWN),
    "unknown": (lambda: TOKEN, UNKNOWN),
    "something that is no token": (lambda: "%00", UNKNOWN),
}


@pytest.fixture
def visitor():
    """Somebody of the staff who is signed in: the session and the name would be there to be read."""
    client = Client(
        enforce_csrf_checks=True, raise_request_exception=False, REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT="canarybrowser"
    )
    client.force_login(StaffUser.objects.create_user(VISITOR, name="Canary", role=Role.HR))
    return client


@pytest.fixture
def visited(monkeypatch, capfd, caplog, django_capture_on_commit_callbacks):
    """Makes the visits with every logger as talkative as LOG_LEVEL can make it; the statuses and the traces."""
    caplog.set_level(logging.DEBUG)

    def visited(*visits):
        with watched(monkeypatch, capfd, django_capture_on_commit_callbacks) as traces:
            replies = [visit() for visit in visits]
        traces.kinds |= {"cookie" for reply in replies if reply.cookies}
        return tuple(reply.status_code for reply in replies), traces

    return visited


@pytest.mark.parametrize("state", STATES)
def test_a_link_leaves_no_trace_in_whatever_state_it_is(visitor, visited, monkeypatch, state):
    monkeypatch.setattr(
        "surveys.services.dead_rows.vacuum", lambda *_models: None
    )  # it cannot run in the test's transaction
    make, statuses = STATES[state]
    path = f"/a/{make()}"
    answering = partial(visitor.post, path, ANSWER)
    got, traces = visited(
        partial(visitor.get, path),
        partial(visitor.head, path),
        partial(visitor.post, path),
        answering,
        answering,
        partial(visitor.put, path),
    )
    written = {"surveys_invitation", "surveys_sealedballot"} if statuses == TAKES else set()
    assert (got, traces.kinds, traces.tables) == (statuses, set(), written)


def test_the_states_are_those_that_a_wave_can_be_in():
    assert {state.label.lower() for state in WaveState} <= set(STATES)


@pytest.mark.parametrize("path", [f"a/{TOKEN}/", f"a/{TOKEN}/more", f"a/{TOKEN.upper()}>", "a//"])
def test_nor_does_a_link_that_a_mail_program_broke(visitor, visited, path):
    got, traces = visited(partial(visitor.get, f"/{path}"), partial(visitor.post, f"/{path}", ANSWER))
    assert (got, traces.kinds, traces.tables) == ((404, 404), set(), set())


@pytest.mark.parametrize("path", ["a/", f"A/{TOKEN}", TOKEN])
def test_a_visitor_who_is_not_signed_in_leaves_no_trace_either(client, visited, path):
    got, traces = visited(partial(client.get, f"/{path}"), partial(client.post, f"/{path}", ANSWER))
    assert (got, traces.kinds, traces.tables) == ((404, 404), set(), set())


@pytest.mark.parametrize(
    ("meanwhile", "status"),
    [
        (lambda: Wave.objects.update(state=WaveState.CLOSING), 410),
        (lambda: Invitation.objects.update(answered=True), 409),
    ],
    ids=["closed", "answered"],
)
def test_nor_does_an_answer_that_comes_while_its_link_is_being_used_up(
    visitor, visited, monkeypatch, meanwhile, status
):
    path = f"/a/{wave_in(WaveState.OPEN)}"
    monkeypatch.setattr("surveys.views.answer.cast_ballot", lambda **what: [meanwhile(), cast_ballot(**what)][1])
    got, traces = visited(partial(visitor.post, path, ANSWER))
    assert (got, traces.kinds, SealedBallot.objects.count()) == ((status,), set(), 0)


def crash(**_what):
    raise ZeroDivisionError(TOKEN, ANSWER, VISITOR, ADDRESS)


FAILURES = {
    "a form too large": ({"comment": "canarycomment" * 300_000}, {}, 400, "RequestDataTooBig"),
    "too many fields": ({f"canaryfield{number}": "" for number in range(1001)}, {}, 400, "TooManyFieldsSent"),
    "a host that is not ours": (ANSWER, {"host": "canary.example.com"}, 400, "DisallowedHost"),
    "a view that raises": (ANSWER, {}, 500, "ZeroDivisionError"),
}


@pytest.fixture
def failed(visitor, visited, monkeypatch):
    """Sends the form as browsers do; status, traces, the one line, and what of the visit its record still holds."""
    monkeypatch.setattr("surveys.views.answer.cast_ballot", crash)

    def failed(form, headers):
        token = wave_in(WaveState.OPEN)
        form, kind = urlencode(form), "application/x-www-form-urlencoded"
        got, traces = visited(partial(visitor.post, f"/a/{token}", form, content_type=kind, headers=headers))
        [(line, record)] = traces.logged
        leaked = {word for word in (token, "/a/", "canary", ADDRESS) if word in line + record}
        return got, traces, line, leaked

    return failed


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_is_logged_in_one_line_without_path_or_visitor(failed, failure):
    form, headers, status, kind = FAILURES[failure]
    got, traces, line, leaked = failed(form, headers)
    assert (got, traces.kinds, traces.tables, leaked) == ((status,), {"log"}, set(), set())
    assert line.partition(": ")[2] == f"An answer page had a problem ({kind}); details are not logged."


def test_without_the_filter_that_line_would_reveal_all_of_it(failed, monkeypatch):
    monkeypatch.setattr("config.logs.RespondentFilter.filter", lambda _self, _record: True)
    _, _, line, leaked = failed(ANSWER, {})
    assert len(leaked) == 4
    assert "Traceback" in line


def test_failures_are_reported_nowhere_else():
    loggers = [logging.root, *logging.root.manager.loggerDict.values()]
    handlers = {type(handler) for logger in loggers for handler in getattr(logger, "handlers", ())}
    reported_to = {kind for kind in handlers if kind.__module__ != "_pytest.logging"}
    assert (reported_to - {logging.NullHandler}, got_request_exception.receivers) == ({logging.StreamHandler}, [])


@pytest.mark.urls("tests.silence.leaky")
@pytest.mark.parametrize("name", LEAKS)
def test_a_page_that_did_leave_one_would_be_seen(visitor, visited, name):
    _, traces = visited(partial(visitor.get, f"/a/{name}"))
    assert traces.kinds | ({"row"} if traces.tables else set()) == LEAKS[name][1]


def patterns(resolver, prefix=""):
    for url_pattern in resolver.url_patterns:
        route = prefix + str(url_pattern.pattern)
        yield from patterns(url_pattern, route) if isinstance(url_pattern, URLResolver) else [(route, url_pattern)]


def test_under_the_address_of_answer_pages_there_is_nothing_else():
    routes = list(patterns(get_resolver()))
    assert len(routes) > 30
    assert [route for route, _ in routes if route.startswith(("a/", "/"))] == []
    for path in (f"a/{TOKEN}", "a/more", "a//more", "/a/more/"):
        assert [pattern.callback for _, pattern in routes if pattern.resolve(path)] == [answer]
