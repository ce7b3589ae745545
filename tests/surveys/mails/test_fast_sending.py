"""What makes sending fast: texts that are shared, mails that are read together, and more senders than one."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from surveys.choices import MailProblem, MailState, WaveState
from surveys.mails import invitation, sending
from surveys.models import Employee, Mail, MailServer, Wave
from surveys.services import outbox, scheduling
from tests.clocks import MovedClock
from tests.surveys.mails.outbox_rows import ADDRESSES, PEOPLE
from tests.threads import at_once, in_background

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rendered(monkeypatch):
    """The languages in which a text was composed."""
    found, real = [], invitation.render
    monkeypatch.setattr(invitation, "render", lambda *given: found.append(given[2]) or real(*given))
    return found


def test_a_text_is_composed_once_for_all_who_get_the_same(wave, postbox, rendered, settings):
    settings.ORGANISATION = "Of this test alone"
    Employee.objects.filter(email__in=ADDRESSES[:2]).update(language="ru")
    sending.send_pending()
    assert (len(postbox.messages), sorted(rendered)) == (PEOPLE, ["en", "ru"])
    links = {message.get_body(("plain",)).get_content().partition("/a/")[2][:26] for message in postbox.messages}
    assert len(links) == PEOPLE


def test_a_mail_is_read_again_where_the_server_took_long_over_another(wave, postbox):
    clock = MovedClock(timezone.now())

    def close_wave_slowly(_message, _server):
        in_background(lambda: Wave.objects.update(state=WaveState.CLOSING)).result()
        clock.advance(3)

    postbox.on_data = close_wave_slowly
    sending.send_pending(clock=clock.clock)
    assert len(postbox.messages) == 1
    assert Mail.objects.filter(state=MailState.FAILED, problem=MailProblem.NOT_DUE).count() == PEOPLE - 1


def test_two_senders_share_the_queue(wave, postbox, settings):
    settings.MAIL_SENDERS = 2
    results = at_once(2, lambda _sender: sending.send_pending(1))
    assert results == [True, True]
    assert len(set(postbox.recipients())) == len(postbox.messages) == 2
    assert Mail.objects.filter(state=MailState.SENT, attempts=1).count() == 2


@pytest.mark.parametrize(
    ("per_minute", "server"),
    [(600, {}), (0, {"per_minute": 60}), (0, {"problem": MailProblem.SERVER_REFUSED, "since": timezone.now()})],
    ids=["limited by the operator", "limited by the server", "in trouble"],
)
def test_one_sends_alone_where_not_all_may_go_at_once(wave, postbox, settings, per_minute, server):
    settings.MAIL_SENDERS, settings.MAIL_PER_MINUTE = 2, per_minute
    MailServer.objects.create(**server)
    with sending.sender_lock():
        assert not in_background(lambda: sending.send_pending(1)).result()
    assert postbox.messages == []
    assert sending.send_pending(1)


def test_the_tick_starts_as_many_tasks_as_may_send(wave, settings):
    settings.MAIL_SENDERS = 3
    steps = scheduling.due(wave.opens_at + dt.timedelta(minutes=1))
    assert [step.task for step in steps].count("surveys.tasks.send_mail") == 3


def test_a_batch_is_read_from_an_index_and_never_sorted(wave):
    with CaptureQueriesContext(connection) as queries:
        outbox.pending(2)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {queries[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "mail_queue" in plan
    assert "Sort" not in plan
