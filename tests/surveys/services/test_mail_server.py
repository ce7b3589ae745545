"""What is kept of the mail server: it is tried again later each time, and soon enough."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from surveys.choices import MailProblem
from surveys.models import MailServer
from surveys.services import mail_server
from tests.company import MONDAY
from tests.threads import until_blocked

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def pause():
    return mail_server.pause(now=MONDAY, problem=MailProblem.CONNECTION_LOST, reply="TimeoutError")


def test_it_is_tried_again_later_each_time_within_15_minutes():
    for longest in (1, 2, 4, 8, 15, 15, 15):
        pause()
        waits = MailServer.objects.get().retry_at - MONDAY
        assert longest * MINUTE / 2 <= waits <= longest * MINUTE


def test_trouble_is_news_once():
    assert [pause(), pause()] == [True, False]
    assert MailServer.objects.get().since == MONDAY
    mail_server.recover()
    server = MailServer.objects.get()
    assert (server.problem, server.reply, server.since, server.attempts, server.retry_at) == ("", "", None, 0, None)
    assert pause()


@pytest.mark.django_db(transaction=True)
def test_trouble_does_not_overwrite_a_repair_at_the_same_moment():
    for _ in range(3):
        pause()
    with transaction.atomic():
        mail_server.try_now()
        other = until_blocked(pause)
    assert other.result(timeout=20) is False
    assert MailServer.objects.get().attempts == 1


def test_a_break_is_no_trouble_and_lasts_a_minute_at_most():
    mail_server.give_break(now=MONDAY, per_minute=24)
    server = mail_server.read_mail_server()
    assert (server.per_minute, server.problem, server.since) == (24, "", None)
    assert MINUTE / 2 <= server.retry_at - MONDAY <= MINUTE


@pytest.mark.parametrize(
    "row", [{"id": 2}, {"problem": "legacy"}, {"since": MONDAY}, {"per_minute": 0}, {"problem": "x"}]
)
def test_the_database_refuses_what_cannot_be(row):
    with pytest.raises(IntegrityError):
        MailServer.objects.create(**row)
