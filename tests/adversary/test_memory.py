"""Whoever reads the memory of web, or of the counting worker once it has counted, finds no answer in it.

The other half shows that the reader would find them: without the start settings of scripts/process.sh it does.
"""

import http.client
import secrets
import sys
import time
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

from config.celery import app
from surveys.ballot import sealing
from surveys.models import Invitation, Response, SealedBallot, Wave
from surveys.selectors.key_authenticity import keys_of
from surveys.services.answering import cast_ballot
from tests.adversary.memory import MARK, family, may_read, remembered
from tests.factories import (
    PRIVATE_KEY,
    make_department,
    make_employee,
    make_group,
    make_invitation,
    make_wave,
    token_of,
)
from tests.services import free_port
from tests.silence.processes import process
from tests.tiers import LONG, long_form

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not may_read(), reason="reading the memory of other processes needs root"),
]

PEOPLE, FEWER = (120 if LONG else 60), 30
# The promise is a minute. What is longer in memory than a few seconds stays there for good.
SECONDS = 60
PLAIN_WEB = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--threads", "8", "--no-control-socket"]
PLAIN_COUNTING = [sys.executable, "-m", "celery", "--quiet", "--app", "config", "worker"]
SCRIPT = settings.BASE_DIR / "scripts" / "process.sh"


def invited(count):
    """Of each person the token and a comment that nobody else writes."""
    wave, department = make_wave(), make_department()
    group = make_group(wave, [department], people=count)
    people = [make_employee(f"Person{number}", department) for number in range(count)]
    return {token_of(make_invitation(wave, person, group)): MARK + secrets.token_hex(8) for person in people}


def database():
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)


@contextmanager
def web(folder, command, **environment):
    port = free_port()
    own = {
        "DATABASE_URL": database(),
        "BIND": f"127.0.0.1:{port}",
        "SITE_URL": "http://localhost",
        "VAR_DIR": str(folder / "var"),
        "STATIC_ROOT": str(settings.STATIC_ROOT),
    }
    command = [part.format(port=port) for part in map(str, command)]
    with process(folder / "web", command, answers_at=port, environment=own | environment) as running:
        yield port, running


def long_comment(word):
    """As long as a comment may be: some of it is overwritten by chance, and some is not."""
    return f"I would say {word} to that. " * (sealing.COMMENT_CHARACTERS // 50)


def answer(port, answers):
    """Each looks at the page first; of every tenth the first form is sent back, for an option that there is not."""
    for number, (token, comment) in enumerate(answers.items()):
        server = http.client.HTTPConnection("localhost", port, timeout=30)
        forms = [{"item_meetings_1": number % 5, "comment": long_comment(comment)}]
        if number % 10 == 0:
            forms.insert(0, forms[0] | {"item_meetings_1": "none of these"})
        server.request("GET", f"/a/{token}")
        server.getresponse().read()
        for form in forms:
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            server.request("POST", f"/a/{token}", urlencode(form), kind)
            server.getresponse().read()
        server.close()
    assert SealedBallot.objects.count() == len(answers)


def left(pid, words, *, seconds):
    """What is still found of the words when there is nothing any more, or the time is over."""
    deadline = time.monotonic() + seconds
    while (found := remembered(family(pid), words)) and time.monotonic() < deadline:
        time.sleep(2)
    return found


@contextmanager
def counting(folder, command, answers):
    """The counting worker once it has counted these answers; what earlier tests left on its queue is thrown away."""
    [wave] = Wave.objects.all()
    for invitation, comment in zip(Invitation.objects.all(), answers.values(), strict=True):
        ballot = sealing.Ballot(
            group=invitation.group_id, answers=bytes([1, 2, 3, 255]), ratings=(), comment=long_comment(comment)
        )
        cast_ballot(invitation_id=invitation.id, keys=keys_of(wave), ballot=ballot)
    keys = folder / "keys"
    keys.mkdir()
    for suffix in ("key", "copy"):
        (keys / f"{wave.id}.{suffix}").write_bytes(PRIVATE_KEY)
    with app.connection_for_write() as broker, broker.channel() as channel:
        app.amqp.queues["counting"].bind(channel).declare()
        channel.queue_purge("counting")
    own = {"DATABASE_URL": database(), "BALLOT_KEY_DIR": str(keys), "VAR_DIR": str(folder / "var")}
    environment = own | {"FAULTLINE_ROLE": "counting"}
    with process(folder / "counting", command, answers_at=None, answers=lambda _: True, environment=environment) as one:
        app.send_task("surveys.tasks.close_wave", args=[str(wave.id)])
        wait_until(lambda: not list(keys.iterdir()))
        yield one
    assert Response.objects.count() == len(answers)


def wait_until(happened):
    deadline = time.monotonic() + SECONDS
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_web_forgets_comments_and_links(tmp_path, collected_static):
    answers = invited(PEOPLE)
    with web(tmp_path, [SCRIPT, "web"]) as (port, running):
        answer(port, answers)
        assert left(running.pid, {*answers, *answers.values()}, seconds=SECONDS) == set()


@long_form
def test_without_its_start_settings_web_would_remember_them(tmp_path, collected_static):
    answers = invited(FEWER)
    with web(tmp_path, [*PLAIN_WEB, "--bind", "127.0.0.1:{port}", "config.wsgi"]) as (port, running):
        answer(port, answers)
        assert len(left(running.pid, {*answers}, seconds=0)) >= FEWER / 2
        assert len(left(running.pid, {*answers.values()}, seconds=0)) >= FEWER / 10


def test_counting_forgets_what_it_has_counted(tmp_path):
    answers = invited(PEOPLE)
    with counting(tmp_path, [SCRIPT, "counting"], answers) as running:
        assert left(running.pid, {*answers.values()}, seconds=SECONDS) == set()


@long_form
def test_without_its_start_settings_counting_would_remember_it(tmp_path):
    answers = invited(FEWER)
    with counting(tmp_path, [*PLAIN_COUNTING, "--queues", "counting", "--concurrency", "1"], answers) as running:
        assert len(left(running.pid, {*answers.values()}, seconds=0)) >= FEWER / 2
