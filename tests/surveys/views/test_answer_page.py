"""Looking at an answer page changes nothing and leaves no trace; what it shows is for the one who was invited."""

import datetime as dt
import io
import logging
import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from surveys.choices import Role, WaveState
from surveys.models import Employee, Invitation, SealedBallot, StaffUser
from tests.factories import (
    make_department,
    make_employee,
    make_group,
    make_invitation,
    make_questionnaire,
    make_wave,
    token_of,
)
from tests.stored_pages import address_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(client, method):
    invitation = make_invitation()
    before = Invitation.objects.values().get()
    reply = getattr(client, method)(address_of(invitation))
    assert reply.status_code == 200
    assert (Invitation.objects.values().get(), SealedBallot.objects.count()) == (before, 0)
    assert (dict(reply.cookies), Session.objects.count()) == ({}, 0)


@pytest.mark.parametrize("time_zone", ["Asia/Tokyo", "Mars/Olympus_Mons"])
def test_the_page_is_the_same_for_people_of_every_time_zone(client, logged, time_zone):
    address = address_of(make_invitation())
    before = client.get(address)
    Employee.objects.update(time_zone=time_zone)
    assert client.get(address).text == before.text
    assert logged() == ""


@pytest.mark.parametrize(
    ("path", "state"), [("known", WaveState.OPEN), ("known", WaveState.CLOSED), ("unknown", WaveState.OPEN)]
)
def test_every_page_of_a_respondent_is_private(client, path, state):
    invitation = make_invitation(make_wave(state))
    reply = client.get(address_of(invitation) if path == "known" else "/a/abcdefghijklmnopqrstuvwxyz")
    sent = {name: reply[name] for name in ("Referrer-Policy", "Cache-Control", "X-Robots-Tag")}
    assert sent == {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    policy = set(reply["Content-Security-Policy"].split("; "))
    assert {"default-src 'none'", "script-src 'none'", "connect-src 'none'", "style-src 'self'"} <= policy
    assert "Cookie" not in reply["Vary"]
    assert "<script" not in reply.text
    assert "style=" not in reply.text


def test_the_session_of_staff_is_not_read_on_an_answer_page(client, django_assert_num_queries):
    client.force_login(StaffUser.objects.create_user("hr@example.com", name="Hanna", role=Role.HR))
    address = address_of(make_invitation())
    with django_assert_num_queries(1):
        assert client.get(address).status_code == 200


@pytest.fixture
def logged(monkeypatch):
    handler = logging.getLogger("django").handlers[0]
    monkeypatch.setattr(handler, "stream", io.StringIO())
    return handler.stream.getvalue


def test_no_log_line_reveals_that_somebody_came(client, logged):
    invitation = make_invitation(answered=True)
    assert client.post(address_of(invitation), {"comment": "canary"}).status_code == 409
    assert client.get("/a/unknown").status_code == 404
    assert logged() == ""
    assert client.put("/anonymity/").status_code == 405
    assert "Method Not Allowed (PUT): /anonymity/" in logged()


def test_a_crash_is_logged_without_path_and_answers(client, logged, monkeypatch):
    invitation = make_invitation()
    client.raise_request_exception = False
    monkeypatch.setattr("surveys.views.answer.cast_ballot", lambda **what: 1 / 0)
    assert client.post(address_of(invitation), {"comment": "canary"}).status_code == 500
    line = logged().strip()
    assert line.endswith("(ZeroDivisionError); details are not logged.")
    assert len(line.splitlines()) == 1
    assert "canary" not in line
    assert token_of(invitation) not in line


def test_other_methods_are_refused(client):
    assert client.put(address_of(make_invitation())).status_code == 405


def test_the_token_is_not_in_the_page(client):
    invitation = make_invitation()
    assert token_of(invitation) not in client.get(address_of(invitation)).text


def test_letter_case_of_the_token_does_not_matter(client):
    assert client.get(f"/a/{token_of(make_invitation()).upper()}").status_code == 200


@pytest.mark.parametrize(
    ("state", "answered", "statuses", "heading"),
    [
        (WaveState.PLANNED, False, (200, 409), "Not open yet"),
        (WaveState.OPENING, False, (200, 409), "Not open yet"),
        (WaveState.OPEN, True, (200, 409), "Already answered"),
        (WaveState.CLOSING, True, (410, 410), "This survey is closed"),
        (WaveState.CLOSED, False, (410, 410), "This survey is closed"),
    ],
)
def test_a_link_that_cannot_be_used_now_explains_why(client, state, answered, statuses, heading):
    invitation = make_invitation(make_wave(state), answered=answered)
    replies = client.get(address_of(invitation)), client.post(address_of(invitation), {"item_meetings_1": "0"})
    assert tuple(reply.status_code for reply in replies) == statuses
    for reply in replies:
        assert f"<h1>{heading}</h1>" in reply.text
    assert SealedBallot.objects.count() == 0


ENDINGS = (".", ")", ">", "%3E", ",", "/", "//", "%20", "&utm=mail", "]", "%E2%80%9D", ".Open", "?utm=mail")


@pytest.mark.parametrize("address", [*(f"/a/{{}}{end}" for end in ENDINGS), "/a//{}", "/a/%3C{}%3E"])
def test_a_link_that_a_mail_program_changed_opens_the_page(client, address):
    path = address.format(token_of(make_invitation()))
    assert [client.get(path).status_code, client.head(path).status_code] == [200, 200]
    assert client.post(path, {"item_meetings_1": "1"}).status_code == 200
    assert SealedBallot.objects.count() == 1


@pytest.mark.parametrize("start", ["//", "///"])
def test_slashes_before_a_link_do_no_harm(client, start):
    """As a web server hands them on: the test client takes two for the name of a host."""
    assert client.get("/", PATH_INFO=f"{start}a/{token_of(make_invitation())}").status_code == 200


def test_the_link_in_a_mail_is_the_plain_one():
    assert reverse("answer", args=["token"]) == "/a/token"


@pytest.mark.parametrize("token", ["abcdefghijklmnopqrstuvwxyz", "a", "ключ", "%00"])
def test_an_unknown_link_is_not_found(client, token):
    make_invitation()
    for reply in (client.get(f"/a/{token}"), client.post(f"/a/{token}", {"item_meetings_1": "0"})):
        assert reply.status_code == 404
        assert "<h1>This link does not work</h1>" in reply.text


@pytest.mark.parametrize("state", [WaveState.OPENING, WaveState.OPEN, WaveState.CLOSED])
def test_no_page_names_the_person(client, state):
    department = make_department("Marketing")
    employee = make_employee("Zuleika", department)
    invitation = make_invitation(make_wave(state), employee)
    text = client.get(address_of(invitation)).text
    assert "Zuleika" not in text
    assert "zuleika" not in text


def test_it_shows_who_asks_until_when_and_with_whom_one_is_reported(client, settings):
    design, marketing = make_department("Design"), make_department("Marketing")
    employee = make_employee(department=design)
    settings.TIME_ZONE = "Asia/Tokyo"
    wave = make_wave(closes_at=dt.datetime(2026, 3, 9, 9, tzinfo=dt.UTC))
    invitation = make_invitation(wave, employee, make_group(wave, [design, marketing], people=13))
    text = client.get(address_of(invitation)).text
    assert "Northwind Instruments asks" in text
    assert "You can answer until 9 March 2026, 18:00 (JST)." in text
    assert "everybody in these departments, 13 people in all:</p>\n<ul><li>Design</li><li>Marketing</li></ul>" in text
    assert "If fewer than 5 of you answer, you are reported in a larger group, never in a smaller one." in text


def test_a_department_reported_by_itself_has_one_sentence(client):
    design = make_department("Design")
    wave = make_wave()
    invitation = make_invitation(wave, make_employee(department=design), make_group(wave, [design], people=13))
    assert "everybody in Design: 13 people.</p>" in client.get(address_of(invitation)).text


@pytest.mark.parametrize(("language", "more"), [("en", "and 3 more departments"), ("ru", "и ещё 3 отдела")])
def test_of_a_long_pool_every_department_is_named_the_first_six_at_once(client, language, more):
    departments = [make_department(f"Team {number}") for number in range(9)]
    wave = make_wave()
    employee = make_employee(department=departments[4], language=language)
    invitation = make_invitation(wave, employee, make_group(wave, departments, people=18))
    privacy = (
        client.get(address_of(invitation)).text.partition('aria-labelledby="privacy"')[2].partition("</section>")[0]
    )
    at_once, _, folded = privacy.partition(f"<summary>{more}</summary>")
    assert re.findall(r"<li>(Team \d)</li>", at_once) == [f"Team {number}" for number in range(6)]
    assert re.findall(r"<li>(Team \d)</li>", folded) == ["Team 6", "Team 7", "Team 8"]


ENCRYPTED = "Your answers are encrypted as they arrive."
KEY_APART = "The key is kept apart from the database and the web servers. It is destroyed when the survey is counted."
ONE_SERVER = (
    "The key is destroyed when the survey is counted. One server does everything here: its administrators could "
    "decrypt answers until then."
)


@pytest.mark.parametrize(
    ("apart", "promise"),
    [
        (True, f'<span data-key="apart">{ENCRYPTED} {KEY_APART}</span>'),
        (False, f'<span data-key="one-server">{ENCRYPTED} {ONE_SERVER}</span>'),
    ],
)
def test_the_promise_is_the_one_that_holds_for_this_deployment(client, settings, apart, promise):
    settings.KEY_APART = apart
    text = client.get(address_of(make_invitation())).text
    assert text.count("data-key=") == text.count(promise) == 2


def test_the_promise_names_the_minimum_of_the_wave(client):
    text = client.get(address_of(make_invitation(make_wave(min_group_size=7)))).text
    assert "guessing among at least 7 people" in text
    assert "Figures from fewer than 7 people" in text


def test_a_questionnaire_may_do_without_pick_one_and_counterparts(client):
    make_employee("sam", make_department("Sales"))
    invitation = make_invitation(make_wave(questionnaire=make_questionnaire(pick_one=None, counterparts=None)))
    text = client.get(address_of(invitation)).text
    assert "Meetings 1?" in text
    assert "hindered" not in text
    assert "about_1-department" not in text


def test_somebody_erased_from_the_roster_can_still_answer(client):
    make_employee("sam", make_department("Sales"))
    invitation = make_invitation()
    invitation.employee.delete()
    reply = client.get(address_of(invitation))
    assert reply.status_code == 200
    assert 'lang="en"' in reply.text
    assert reply.text.count(" selected") == reply.text.count('<option value="" selected>None') == 1
    assert client.post(address_of(invitation), {"item_meetings_1": "0"}).status_code == 200
