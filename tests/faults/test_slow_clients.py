"""Answers get through whatever crowd is in front of the site: slow visitors, and people who all sign in at once."""

import shutil
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db import connection, transaction

from surveys.models import Invitation, SealedBallot
from tests.factories import make_department, make_employee, make_group, make_invitation, make_wave, token_of
from tests.faults.slow_clients import SignIns, Site, slow_visitors
from tests.silence import processes
from tests.tiers import long_form

pytestmark = pytest.mark.django_db(transaction=True)
ANSWERS, SLOW, SIGN_INS, THREADS = 12, 64, 24, 8
SITES_IN_TURN = ("containers", pytest.param("make run", marks=long_form))
PAGES = ("/login/", "/people/import/", "/a/" + "x" * 26)


@pytest.fixture
def links():
    wave, department = make_wave(), make_department()
    group = make_group(wave, [department], people=ANSWERS)
    people = [make_employee(f"Person{number}", department) for number in range(ANSWERS)]
    return [f"/a/{token_of(make_invitation(wave, person, group))}" for person in people]


@pytest.fixture(params=["make run", "containers"])
def site(request, tmp_path, collected_static):
    """One web server by itself, and the shipped proxy with a web server for answers and one for everything else."""
    folder = str(settings.STATIC_ROOT)
    port, web = processes.web(tmp_path / "web", STATIC_ROOT=folder, SITE_URL="http://localhost", BEHIND_PROXY="0")
    if request.param == "make run":
        with web:
            yield Site(port, secure=False)
        return
    if not shutil.which("caddy"):
        pytest.skip("needs Caddy; scripts/test-tools.sh installs it")
    port, web = processes.web(tmp_path / "staff", STATIC_ROOT=folder)
    answers_port, answers = processes.web(tmp_path / "answers", "answers", STATIC_ROOT=folder)
    _, secure, _, proxy = processes.proxy(tmp_path / "proxy", upstream=port, answers=answers_port)
    with web, answers, proxy:
        yield Site(secure, secure=True)


def answer_all(site, links):
    return [site.send(link, {"item_meetings_1": "0"})[0] for link in links]


def test_answers_arrive_beside_slow_visitors(site, links):
    with slow_visitors(site, PAGES, SLOW):
        assert answer_all(site, links) == [200] * ANSWERS
        assert site.send("/login/")[0] == 200
    assert SealedBallot.objects.count() == ANSWERS


@pytest.mark.parametrize("site", SITES_IN_TURN, indirect=True)
def test_answers_arrive_beside_a_crowd_that_signs_in(site, links):
    with SignIns(site, SIGN_INS) as crowd:
        assert answer_all(site, links) == [200] * ANSWERS
    assert {*crowd.replies} == {(200, None), (429, "5")}


@pytest.mark.parametrize("site", ["make run"], indirect=True)
def test_answers_arrive_while_every_other_page_waits(site, links):
    """More pages than there are threads for them wait for a table of the database."""
    with transaction.atomic(), connection.cursor() as cursor, ExitStack() as stack:
        cursor.execute("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
        for _ in range(2 * THREADS):
            stack.enter_context(site.socket()).sendall(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert answer_all(site, links[:2]) == [200] * 2


@pytest.mark.parametrize("site", SITES_IN_TURN, indirect=True)
def test_an_answer_that_breaks_off_is_none(site, links):
    """Of half a form the web server would know nothing but that it is shorter than it was to be."""
    head = f"POST {links[0]} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    with site.socket() as half:
        half.sendall(f"{head}Content-Length: 400\r\n\r\nitem_meetings_1=0&comment=Half".encode())
    assert site.send(links[1], {"item_meetings_1": "0"})[0] == 200
    assert (SealedBallot.objects.count(), Invitation.objects.filter(answered=True).count()) == (1, 1)
