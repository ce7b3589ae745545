"""The outbox: every mail that is due goes out once, and no other."""

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from surveys import tasks
from surveys.choices import MailKind, MailProblem, MailState, WaveState
from surveys.mails import sending
from surveys.mails.invitation import answer_url
from surveys.mails.refusals import REFUSALS_IN_A_ROW
from surveys.models import Employee, Invitation, Mail, Wave
from surveys.services import outbox
from surveys.services.inviting import remind
from tests.company import cast
from tests.surveys.mails.outbox_rows import ADDRESSES, PEOPLE, row, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_batch_goes_over_one_connection_and_each_mail_is_recorded(wave, postbox):
    assert sending.send_pending()
    assert postbox.recipients() == ADDRESSES
    assert len(postbox.sessions) == 1
    assert list(Mail.objects.values_list("state", "attempts", "problem", "retry_at").distinct()) == [
        (MailState.SENT, 1, "", None)
    ]
    assert not sending.send_pending()
    assert len(postbox.messages) == PEOPLE


def test_a_batch_is_limited_and_reports_that_there_may_be_more(wave, postbox):
    assert [sending.send_pending(4), len(postbox.messages)] == [True, 4]
    assert len(outbox.pending(PEOPLE)) == 2
    assert [sending.send_pending(4), len(postbox.messages)] == [True, 6]
    assert not sending.send_pending(4)


def test_the_task_starts_itself_again_until_nothing_is_queued(wave, postbox, monkeypatch):
    started = []
    monkeypatch.setattr(tasks, "start", started.extend)
    tasks.send_mail()
    assert [step.task for step in started] == ["surveys.tasks.send_mail"]
    tasks.send_mail()
    assert [len(started), len(postbox.messages)] == [1, PEOPLE]


def test_a_mail_is_sent_once_however_often_it_is_asked_for(wave, postbox):
    assert send(ADDRESSES[0]).state == MailState.SENT
    assert send(ADDRESSES[0]) is None
    assert postbox.recipients() == [ADDRESSES[0]]


def test_a_sender_whose_lease_ended_does_not_touch_the_attempt_after_it(wave, postbox):
    def overtake():
        Mail.objects.filter(employee__email=ADDRESSES[0]).update(attempts=2)
        connection.close()

    with ThreadPoolExecutor(1) as another:
        postbox.on_data = lambda _message, _server: another.submit(overtake).result()
        send(ADDRESSES[0])
    assert (row(ADDRESSES[0]).state, row(ADDRESSES[0]).attempts) == (MailState.SENDING, 2)


def test_a_mail_is_never_sent_within_a_transaction(wave, postbox):
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        sending.send_pending()
    assert postbox.messages == []


def test_a_reminder_whose_reader_has_answered_is_dropped_without_a_trace(wave, postbox):
    sending.send_pending()
    remind(wave_id=wave.id, number=1)
    cast(Invitation.objects.get(employee__email=ADDRESSES[0]))
    assert sending.send_pending()
    assert postbox.recipients() == sorted([*ADDRESSES, *ADDRESSES[1:]])
    assert not Mail.objects.filter(kind=MailKind.REMINDER, employee__email=ADDRESSES[0]).exists()


def test_of_two_reminders_that_waited_the_later_one_goes_out(wave, postbox):
    Mail.objects.filter(kind=MailKind.INVITATION).delete()
    for number in (1, 2):
        remind(wave_id=wave.id, number=number)
    sending.send_pending()
    assert postbox.recipients() == ADDRESSES
    assert [mail.key.partition(":")[2] for mail in Mail.objects.all()] == ["2"] * PEOPLE


def test_an_invitation_goes_out_whether_its_reader_has_answered_or_not(wave, postbox):
    """Else the outbox, which outlives the wave, would say who had."""
    cast(Invitation.objects.get(employee__email=ADDRESSES[0]))
    sending.send_pending()
    assert postbox.recipients() == ADDRESSES


@pytest.mark.parametrize("state", [WaveState.CLOSING, WaveState.CLOSED])
def test_no_mail_asks_for_answers_to_a_wave_that_is_over(wave, postbox, state):
    remind(wave_id=wave.id, number=1)
    Wave.objects.update(state=state)
    assert sending.send_pending()
    assert postbox.messages == []
    assert list(Mail.objects.values_list("kind", "state", "problem").distinct()) == [
        (MailKind.INVITATION, MailState.FAILED, MailProblem.NOT_DUE)
    ]


def test_people_who_have_left_get_no_mail(wave, postbox):
    Employee.objects.filter(email=ADDRESSES[0]).update(active=False)
    sending.send_pending()
    assert postbox.recipients() == ADDRESSES[1:]


def test_neither_log_nor_outbox_repeats_an_address_or_a_token(wave, postbox, caplog):
    caplog.set_level(logging.DEBUG)
    links = [answer_url(pk) for pk in Invitation.objects.values_list("id", flat=True)]
    tokens = [link.rpartition("/")[2] for link in links]
    postbox.refusals = {address: f"451 4.2.1 <{address}> is busy" for address in ADDRESSES[:2]}
    postbox.on_data = lambda message, _server: f"554 {message['To']} may not read {links[0]} {tokens}"
    sending.send_pending()
    kept = [
        *(" ".join(texts) for texts in Mail.objects.values_list("problem", "reply")),
        *(r.getMessage() for r in caplog.records if r.name != "mail.log"),
    ]
    assert len([text for text in kept if "refused" in text]) == 2 * REFUSALS_IN_A_ROW + 1
    assert [text for text in kept if any(secret in text for secret in (*ADDRESSES, *tokens))] == []


@pytest.mark.parametrize("mails", [1, 3])
def test_each_mail_costs_as_many_queries(wave, postbox, mails):
    remind(wave_id=wave.id, number=1)
    Mail.objects.filter(kind=MailKind.INVITATION).delete()
    with CaptureQueriesContext(connection) as queries:
        sending.send_pending(mails)
    statements = [query["sql"].split()[0] for query in queries]
    lock, server, pending, unlock = ["SELECT"] * 4
    read, each = "SELECT", ["UPDATE", "SELECT", "UPDATE"]
    assert statements == ["BEGIN", "COMMIT", lock, server, pending, read, *each * mails, unlock]


def test_a_mail_that_cannot_be_composed_keeps_no_other_one_back(wave, postbox, caplog):
    broken = Mail.objects.get(id=outbox.pending(1)[0])
    Mail.objects.filter(id=broken.id).update(key="no id of an invitation")
    assert sending.send_pending()
    broken.refresh_from_db()
    assert (broken.state, broken.problem) == (MailState.DEFERRED, MailProblem.NOT_COMPOSED)
    assert len(postbox.messages) == PEOPLE - 1
    assert broken.employee.email not in caplog.text


def test_people_of_a_zone_that_is_unknown_here_are_written_to(wave, postbox, caplog):
    Employee.objects.filter(email__in=ADDRESSES[:2]).update(time_zone="Mars/Olympus_Mons")
    sending.send_pending()
    assert postbox.recipients() == ADDRESSES
    texts = [postbox.to(address)[0].get_body(("plain",)).get_content() for address in (ADDRESSES[0], ADDRESSES[5])]
    assert ["09:00 (UTC)" in text for text in texts] == [True, True]
    warnings = [record.args for record in caplog.records if record.name == "surveys.mails.invitation"]
    assert warnings == [("Mars/Olympus_Mons",)]
