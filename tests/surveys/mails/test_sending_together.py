"""Several senders at once: each mail is one sender's."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from surveys.choices import MailState
from surveys.mails import sending
from surveys.mails.delivery import mail_server
from surveys.models import Mail
from surveys.services import outbox
from tests.company import make_people, make_survey, open_next

pytestmark = pytest.mark.django_db(transaction=True)

SENDERS = 4
PEOPLE = 30


@pytest.fixture(autouse=True)
def wave(tmp_path):
    make_people({"Sales": (None, PEOPLE)})
    return open_next(make_survey(), tmp_path)


def at_once(work):
    """Runs `work` in several threads that start together; returns their results."""
    start = threading.Barrier(SENDERS)

    def run():
        start.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(SENDERS) as pool:
        return [future.result() for future in [pool.submit(run) for _ in range(SENDERS)]]


def test_senders_of_the_same_mail_send_it_once(postbox):
    for mail_id in outbox.pending(5):

        def send(mail_id=mail_id):
            with mail_server() as server:
                return sending.send(mail_id, server)

        results = at_once(send)
        assert [result.state for result in results if result] == [MailState.SENT]
    assert len(postbox.messages) == 5


def test_senders_of_the_same_batch_share_it(postbox):
    at_once(sending.send_pending)
    assert len(postbox.messages) == len(set(postbox.recipients())) == PEOPLE
    assert list(Mail.objects.values_list("state", "attempts").distinct()) == [(MailState.SENT, 1)]
