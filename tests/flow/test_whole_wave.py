"""A whole wave, step by step and from the spreadsheet to the digest.

Real PostgreSQL, Redis, SMTP and HTTP; the worker and the counting worker are processes of their own.
"""

import re
import urllib.error
import urllib.request
from http import HTTPStatus

import pytest
from django.urls import reverse

from diagnostics.exports.report import to_document
from diagnostics.models import Digest, Snapshot
from surveys.choices import WaveState
from surveys.models import Department, Employee, Invitation, Response, SealedBallot
from tests.flow.printing import printed_report
from tests.flow.stack import plain
from tests.flow.whole_wave import addresses
from tests.staff import PASSWORD
from tests.ticking import DAY

# Plain means of what is answered, by how many are even and odd: 5 of 100 and 4 of 75, and so on.
MEANS = {"Sales": 88.9, "Marketing": 37.5, "Finance, Legal": 12.5}

pytestmark = pytest.mark.django_db(transaction=True)


def test_people_come_in_from_a_spreadsheet(whole_wave):
    parents = dict(Department.objects.values_list("name", "parent__name"))
    assert parents == {
        "Commercial": None,
        "Marketing": "Commercial",
        "Sales": "Commercial",
        "Finance": None,
        "Legal": "Finance",
    }
    here = Employee.objects.filter(on_leave=False).values_list("email", flat=True)
    assert sorted(here) == sorted(addresses())
    assert Employee.objects.get(email="sales.2@example.com").language == "ru"


def test_everybody_gets_one_mail_in_their_language_with_their_own_link(whole_wave, stack):
    whole_wave.open()
    assert stack.postbox.recipients() == sorted(addresses())
    links = {link for address in addresses() for link in stack.links(address)}
    assert len(links) == len(addresses())
    assert {link.partition("/a/")[0] for link in links} == {stack.url}
    russian = {address for address in addresses() if re.search("[а-яё]", plain(stack.postbox.to(address)[0]))}
    assert russian == set(Employee.objects.filter(on_leave=False, language="ru").values_list("email", flat=True))
    assert {path.name for path in stack.keys.iterdir()} == {f"{whole_wave.wave.id}.key", f"{whole_wave.wave.id}.copy"}


def test_answers_go_by_http_into_sealed_boxes_once_a_person(whole_wave):
    whole_wave.open()
    assert whole_wave.answer(*addresses("Sales")) == [HTTPStatus.OK] * 9
    assert SealedBallot.objects.count() == Invitation.objects.filter(answered=True).count() == 9
    assert Response.objects.count() == 0
    assert whole_wave.answer("sales.0@example.com") == [HTTPStatus.CONFLICT]
    assert SealedBallot.objects.count() == 9


def test_the_reminder_has_the_same_link_for_those_who_have_not_answered(whole_wave, stack):
    whole_wave.open()
    whole_wave.answer(*addresses("Sales"))
    invited = {address: stack.links(address) for address in addresses()}
    stack.postbox.messages.clear()
    whole_wave.remind()
    waiting = addresses("Marketing", "Finance", "Legal")
    assert stack.postbox.recipients() == sorted(waiting)
    assert {address: stack.links(address) for address in waiting} == {address: invited[address] for address in waiting}


def test_closing_counts_and_forgets_and_the_links_are_dead(whole_wave, stack):
    whole_wave.open()
    whole_wave.answer(*addresses("Sales", "Marketing"))
    whole_wave.close()
    assert (whole_wave.wave.state, Response.objects.count()) == (WaveState.CLOSED, 17)
    assert (SealedBallot.objects.count(), Invitation.objects.filter(answered=True).count()) == (0, 0)
    assert list(stack.keys.iterdir()) == []
    assert status_of(stack.links("legal.0@example.com")[0]) == HTTPStatus.GONE


def test_a_closed_wave_is_scored_and_its_digest_mailed_once(whole_wave, stack):
    whole_wave.open()
    whole_wave.answer(*addresses("Sales", "Marketing"))
    stack.postbox.messages.clear()
    whole_wave.close()
    whole_wave.tick(whole_wave.wave.closes_at + DAY)
    assert (Snapshot.objects.count(), Digest.objects.count()) == (1, 1)
    assert [(mail["To"], mail["Subject"]) for mail in stack.postbox.messages] == [
        (whole_wave.leader.email, Digest.objects.get().subject)
    ]


def test_from_the_spreadsheet_to_the_digest(whole_wave, stack, client, capsys):
    whole_wave.open()
    assert set(whole_wave.answer(*addresses("Sales", "Finance", "Legal"))) == {HTTPStatus.OK}
    whole_wave.remind()
    assert set(whole_wave.answer(*addresses("Marketing"))) == {HTTPStatus.OK}
    whole_wave.close()

    report = printed_report(capsys)
    ranked = {group["name"]: group["index"] for group in report["groups"]}
    assert list(ranked) == ["Sales", "Marketing", "Finance, Legal"]
    assert ranked == pytest.approx(MEANS, abs=1)
    assert [group["level"] for group in report["groups"]] == ["at_risk", "steady", "steady"]

    (mail,) = stack.postbox.to(whole_wave.leader.email)
    sales = report["groups"][0]
    assert mail["Subject"] == f"Sales is at risk (index {sales['index']}, likely {sales['low']} to {sales['high']})"
    for group in report["groups"]:
        assert f"* {group['name']}: Index {group['index']}, likely {group['low']} to {group['high']}." in plain(mail)
    assert f"{stack.url}/report/{report['wave']['id']}/" in plain(mail)
    assert [part.get_content_type() for part in mail.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
        "image/png",
    ]

    assert client.login(email=whole_wave.hr.email, password=PASSWORD)
    page = client.get(reverse("report"))
    assert to_document(page.context["page"].report) == report
    places = [page.content.decode().index(f">{group['name']}<") for group in report["groups"]]
    assert places == sorted(places)


def status_of(link):
    """Of the page that somebody sees who opens the link."""
    try:
        with urllib.request.urlopen(link, timeout=30) as page:  # noqa: S310 -- our own site
            return page.status
    except urllib.error.HTTPError as error:
        return error.code
