"""Senders killed in the middle of their work, again and again: no mail is lost, and at most one a crash goes twice."""

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection

from surveys.choices import MailState
from surveys.models import Employee, Mail
from surveys.services import outbox
from tests.company import MONDAY, make_people, make_survey, open_next
from tests.postbox import Postbox
from tests.tiers import LONG

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 60
CRASHES = 20 if LONG else 8
# When the sender dies, counted from the arrival of a mail: at once, before the reply comes, or some milliseconds later.
MOMENTS = (0, 0, 0.001, 0.003, 0.006, 0.01)
LONG_AFTER = outbox.LEASE + dt.timedelta(days=1)


class Killer:
    """Kills the sender at a moment drawn by chance, a few mails into its batch."""

    def __init__(self, seed):
        self._chance = random.Random(seed)
        self.sender = None
        self._mails_left = 0
        self._timer = None

    def aim(self, sender):
        self._mails_left = self._chance.randint(1, 4)
        self.sender = sender

    def mail_came(self, _message, _server):
        self._mails_left -= 1
        if self._mails_left or self.sender is None:
            return
        moment = self._chance.choice(MOMENTS)
        if moment:
            self._timer = threading.Timer(moment, self._kill, [self.sender])
            self._timer.start()
        else:
            self._kill(self.sender)

    @staticmethod
    def _kill(sender):
        os.kill(sender, signal.SIGKILL)

    def rest(self):
        self.sender = None
        if self._timer:
            self._timer.join()


@contextmanager
def senders(postbox):
    """The process to ask for senders; they find the test's database and its mail server in their environment."""
    at = connection.settings_dict
    environment = os.environ | {
        "DATABASE_URL": f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}",
        "EMAIL_URL": f"smtp://127.0.0.1:{postbox.port}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "tests.faults.mail_sender"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, **pipes) as process:
        assert process.stdout.readline() == "ready\n"
        yield process
        process.stdin.close()


def run_sender(process, killer=None):
    """Returns when the sender has ended, of itself or by the killer's hand."""
    process.stdin.write("\n")
    process.stdin.flush()
    sender = int(process.stdout.readline())
    if killer:
        killer.aim(sender)
    assert process.stdout.readline() == "ended\n"
    if killer:
        killer.rest()


def test_killed_senders_lose_no_mail_and_repeat_at_most_one_a_crash(tmp_path):
    make_people({"Sales": (None, PEOPLE)})
    open_next(make_survey(), tmp_path)
    postbox, killer = Postbox(), Killer(seed=1)
    killed = 0
    with postbox.running(), senders(postbox) as process:
        postbox.on_data = killer.mail_came
        while killed < CRASHES and Mail.objects.filter(state=MailState.QUEUED).count() > 10:
            run_sender(process, killer)
            killed += 1
        cut_short = Mail.objects.filter(state=MailState.SENDING).count()
        outbox.sweep(MONDAY)
        outbox.sweep(MONDAY + LONG_AFTER)
        run_sender(process)

    came = Counter(postbox.recipients())
    assert set(came) == set(Employee.objects.values_list("email", flat=True))
    repeated = {address: count - 1 for address, count in came.items() if count > 1}
    assert 0 < cut_short <= killed
    assert 0 < sum(repeated.values()) <= killed
    names = [{message["Message-ID"] for message in postbox.to(address)} for address in came]
    assert [len(same) for same in names] == [1] * PEOPLE
    assert not Mail.objects.exclude(state=MailState.SENT).exists()
