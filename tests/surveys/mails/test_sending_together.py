"""Several senders at once: each mail is one sender's."""

import pytest

from surveys.choices import MailState
from surveys.mails import sending
from surveys.mails.delivery import mail_connection
from surveys.models import Mail
from surveys.services import outbox
from tests.company import make_people, make_survey, open_next
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)

SENDERS = 4
PEOPLE = 30


@pytest.fixture(autouse=True)
def wave(tmp_path):
    make_people({"Sales": (None, PEOPLE)})
    return open_next(make_survey(), tmp_path)


def test_senders_of_the_same_mail_send_it_once(postbox):
    for mail_id in outbox.pending(5):

        def send(_sender, mail_id=mail_id):
            with mail_connection() as server:
                return sending.send(mail_id, server)

        results = at_once(SENDERS, send)
        assert [result.state for result in results if result] == [MailState.SENT]
    assert len(postbox.messages) == 5


def test_senders_of_the_same_batch_share_it(postbox):
    at_once(SENDERS, lambda _sender: sending.send_pending())
    assert len(postbox.messages) == len(set(postbox.recipients())) == PEOPLE
    assert list(Mail.objects.values_list("state", "attempts").distinct()) == [(MailState.SENT, 1)]
