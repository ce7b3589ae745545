"""What the mail server says or fails to say, and when a mail is tried again."""

import datetime as dt

import pytest

from config.parsing.mail_server import SMTP_BACKEND
from surveys import tasks
from surveys.choices import MailProblem, MailState, WaveState
from surveys.mails import sending
from surveys.models import Mail, Wave
from surveys.services import outbox
from tests.clocks import MovedClock
from tests.company import MONDAY
from tests.postbox import Postbox
from tests.surveys.mails.outbox_rows import ADDRESSES, PEOPLE, row, send

pytestmark = pytest.mark.django_db(transaction=True)

MINUTE = dt.timedelta(minutes=1)
SECOND = dt.timedelta(seconds=1)


def outcome(address):
    mail = row(address)
    return mail.state, mail.problem, mail.reply


def states():
    return dict(Mail.objects.order_by("employee__email").values_list("employee__email", "state"))


def test_an_unreachable_server_costs_no_attempt(wave, settings, caplog):
    postbox = Postbox()
    settings.EMAIL_BACKEND = SMTP_BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", postbox.port
    clock = MovedClock(MONDAY)
    assert not sending.send_pending(clock=clock.clock)
    assert set(Mail.objects.values_list("state", "attempts")) == {(MailState.QUEUED, 0)}
    errors = [record.args for record in caplog.records if record.levelname == "ERROR"]
    assert errors == [(MailProblem.CONNECTION_LOST, "ConnectionRefusedError")]
    clock.advance(60)
    with postbox.running():
        assert sending.send_pending(clock=clock.clock)
    assert postbox.recipients() == ADDRESSES


def test_a_mail_whose_server_goes_away_is_sent_a_minute_later(wave, settings):
    postbox = Postbox()
    settings.EMAIL_BACKEND = SMTP_BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", postbox.port
    assert send(ADDRESSES[0]).broken_off
    assert outcome(ADDRESSES[0]) == (MailState.DEFERRED, MailProblem.CONNECTION_LOST, "ConnectionRefusedError")
    outbox.sweep(MONDAY)
    outbox.sweep(MONDAY + MINUTE - SECOND)
    assert row(ADDRESSES[0]).state == MailState.DEFERRED
    outbox.sweep(MONDAY + 2 * MINUTE)
    assert row(ADDRESSES[0]).state == MailState.QUEUED
    with postbox.running():
        assert send(ADDRESSES[0]).state == MailState.SENT
    assert len(postbox.to(ADDRESSES[0])) == 1
    assert (row(ADDRESSES[0]).attempts, row(ADDRESSES[0]).problem) == (2, "")


def test_a_server_that_breaks_off_ends_the_batch_others_stay_queued(wave, postbox):
    def hang_up(_message, server):
        server.transport.close()

    postbox.on_data = hang_up
    assert not sending.send_pending()
    assert sorted(Mail.objects.values_list("state", "attempts")) == [
        (MailState.DEFERRED, 1),
        *[(MailState.QUEUED, 0)] * (PEOPLE - 1),
    ]


@pytest.mark.parametrize(
    ("reply", "state", "codes"),
    [
        ("451 4.7.1 try {} later", MailState.DEFERRED, "451 4.7.1"),
        ("550 5.1.1 <{}> is unknown", MailState.FAILED, "550 5.1.1"),
        ("550 no such user {}", MailState.FAILED, "550"),
    ],
)
def test_a_refused_recipient_is_tried_again_or_not_by_the_code(wave, postbox, reply, state, codes):
    # What is taken after it shows that the refusal was not the server's.
    refused, *others = Mail.objects.order_by("id").values_list("employee__email", flat=True)
    postbox.refusals[refused] = reply.format(refused)
    assert sending.send_pending()
    assert outcome(refused) == (state, MailProblem.RECIPIENT_REFUSED, codes)
    assert postbox.recipients() == sorted(others)
    assert states() == {refused: state} | dict.fromkeys(others, MailState.SENT)


def test_refused_content_is_no_fault_of_the_recipient_and_tried_again(wave, postbox):
    postbox.on_data = lambda message, _server: "554 5.7.1 looks like spam" if message["To"] == ADDRESSES[0] else None
    assert sending.send_pending()
    assert outcome(ADDRESSES[0]) == (MailState.DEFERRED, MailProblem.SERVER_REFUSED, "554 5.7.1")
    assert postbox.recipients() == ADDRESSES[1:]


def test_an_address_that_cannot_be_written_fails_alone(wave, postbox):
    Mail.objects.filter(employee__email=ADDRESSES[0]).update(address="sales\n.0@example.com")
    assert sending.send_pending()
    assert row(ADDRESSES[0]).problem == MailProblem.UNWRITABLE
    assert states() == dict.fromkeys(ADDRESSES, MailState.SENT) | {ADDRESSES[0]: MailState.FAILED}


def test_a_mail_waits_longer_each_time_but_at_most_an_hour_and_a_half(wave, postbox):
    postbox.refusals[ADDRESSES[0]] = "451 4.3.0 later"
    now = MONDAY
    for least in (1, 5, 15, 30, 60, 60, 60, 60, 60, 60):
        send(ADDRESSES[0])
        outbox.sweep(now)
        retry_at = row(ADDRESSES[0]).retry_at
        assert least * MINUTE <= retry_at - now < 1.5 * least * MINUTE
        outbox.sweep(now := retry_at)
    assert (row(ADDRESSES[0]).state, row(ADDRESSES[0]).attempts) == (MailState.QUEUED, 10)


def test_mails_refused_together_come_back_at_different_moments(wave):
    Mail.objects.update(state=MailState.DEFERRED, attempts=3, problem=MailProblem.SERVER_REFUSED)
    moments = set()
    for _ in range(5):
        Mail.objects.update(retry_at=None)
        outbox.sweep(MONDAY)
        moments |= set(Mail.objects.values_list("retry_at", flat=True))
    assert len(moments) > 5


@pytest.mark.parametrize(("state", "retry_at"), [(MailState.DEFERRED, MONDAY), (MailState.QUEUED, None)])
def test_waiting_ends_with_the_wave_and_keeps_the_reason(wave, postbox, state, retry_at):
    given = {"problem": MailProblem.SERVER_REFUSED, "reply": "554"}
    Mail.objects.update(state=state, attempts=3, retry_at=retry_at, **given)
    Wave.objects.update(state=WaveState.CLOSING)
    outbox.sweep(MONDAY)
    assert not sending.send_pending()
    assert set(Mail.objects.values_list("state", "problem", "reply")) == {
        (MailState.FAILED, MailProblem.SERVER_REFUSED, "554")
    }


def test_a_lease_left_by_a_crash_is_taken_back_after_any_task_limit(wave, settings):
    Mail.objects.filter(id=row(ADDRESSES[0]).id).update(state=MailState.SENDING, attempts=1)
    assert outbox.LEASE.total_seconds() > max(settings.CELERY_TASK_TIME_LIMIT, tasks.send_mail.time_limit)
    outbox.sweep(MONDAY)
    outbox.sweep(MONDAY + outbox.LEASE - SECOND)
    assert row(ADDRESSES[0]).state == MailState.SENDING
    outbox.sweep(MONDAY + outbox.LEASE)
    assert (row(ADDRESSES[0]).state, row(ADDRESSES[0]).retry_at) == (MailState.QUEUED, None)


def test_a_sweep_leaves_what_is_queued_sent_or_failed(wave, postbox):
    postbox.refusals[ADDRESSES[0]] = "550 5.1.1 unknown"
    sending.send_pending(6)
    Mail.objects.filter(employee__email=ADDRESSES[1]).update(state=MailState.QUEUED)
    before = states()
    assert len(set(before.values())) == 3
    outbox.sweep(MONDAY)
    outbox.sweep(MONDAY + 100 * MINUTE)
    assert states() == before
