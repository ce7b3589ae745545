"""Mails that were given up and are queued again: by HR's page, and by command."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from surveys.choices import MailKind, MailProblem, MailState, WaveState
from surveys.mails.requeueing import RequeueCount, requeue_failed
from surveys.models import Mail, MailServer, Wave
from surveys.services import mail_server
from surveys.services.inviting import remind
from tests.company import MONDAY, make_people, make_survey, open_next
from tests.staff import make_staff

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 8
# Problem and reply of each failed mail, and whether it is sent again.
FAILED = [
    (MailProblem.RECIPIENT_REFUSED, "554 5.7.1", True),
    (MailProblem.RECIPIENT_REFUSED, "550", True),
    (MailProblem.RECIPIENT_REFUSED, "550 5.1.1", False),
    (MailProblem.SERVER_REFUSED, "553 5.1.8", True),
    (MailProblem.CONNECTION_LOST, "TimeoutError", True),
    (MailProblem.UNWRITABLE, "", False),
    (MailProblem.NOT_DUE, "", False),
    (MailProblem.LEGACY, "refused: 451", True),
]
COUNTED = RequeueCount(queued=5, left=2)


@pytest.fixture
def wave(tmp_path):
    make_people({"Sales": (None, PEOPLE)})
    wave = open_next(make_survey(), tmp_path)
    mails = Mail.objects.order_by("employee__email")
    for mail, (problem, reply, _) in zip(mails, FAILED, strict=True):
        Mail.objects.filter(id=mail.id).update(state=MailState.FAILED, attempts=8, problem=problem, reply=reply)
    return wave


def states(kind=MailKind.INVITATION):
    return list(Mail.objects.filter(kind=kind).order_by("employee__email").values_list("state", flat=True))


def expected():
    return [MailState.QUEUED if again else MailState.FAILED for _, _, again in FAILED]


def test_what_failed_for_the_servers_reasons_is_queued_again(wave):
    assert requeue_failed(Wave.objects.all()) == COUNTED
    assert states() == expected()
    assert requeue_failed(Wave.objects.all()) == RequeueCount(queued=0, left=2)


def test_reminders_are_queued_again_and_never_counted(wave):
    remind(wave_id=wave.id, number=1, zones=[""])
    reminders = Mail.objects.filter(kind=MailKind.REMINDER)
    reminders.update(state=MailState.FAILED, problem=MailProblem.SERVER_REFUSED)
    assert requeue_failed(Wave.objects.all()) == COUNTED
    assert states(MailKind.REMINDER) == [MailState.QUEUED] * PEOPLE


def test_a_wave_that_is_over_invites_no_more(wave):
    Wave.objects.update(state=WaveState.CLOSING)
    assert requeue_failed(Wave.objects.all()) == RequeueCount(queued=0, left=0)
    assert set(states()) == {MailState.FAILED}


def test_the_server_is_tried_at_once(wave):
    mail_server.pause(now=MONDAY, problem=MailProblem.SERVER_REFUSED, reply="554")
    assert MailServer.objects.get().retry_at > MONDAY
    requeue_failed(Wave.objects.all())
    assert (MailServer.objects.get().retry_at, MailServer.objects.get().reply) == (None, "554")


def test_the_command_queues_the_mails_of_its_survey(wave):
    printed = StringIO()
    call_command("requeue_mails", "Pulse", stdout=printed)
    assert states() == expected()
    assert [line.rpartition(": ")[2] for line in printed.getvalue().splitlines()] == ["5.", "2."]


def test_hr_queues_the_mails_by_the_page(wave, hr):
    path = reverse("wave-mails-again", args=[wave.id])
    assert path in hr.get(reverse("waves")).text
    assert hr.get(path).status_code == 405
    assert hr.post(path, follow=True).redirect_chain == [(reverse("waves"), 302)]
    assert states() == expected()


@pytest.mark.parametrize(("state", "failed"), [(WaveState.CLOSING, True), (WaveState.OPEN, False)])
def test_the_page_offers_it_where_it_is_of_use(wave, hr, state, failed):
    Wave.objects.update(state=state)
    if not failed:
        Mail.objects.update(state=MailState.SENT, problem="")
    assert reverse("wave-mails-again", args=[wave.id]) not in hr.get(reverse("waves")).text


def test_only_hr_may(wave, client):
    paths = [reverse("wave-mails-again", args=[wave.id]), reverse("mail-server-try")]
    for role in ("leader", "auditor"):
        client.force_login(make_staff(role))
        assert [client.post(path).status_code for path in paths] == [403, 403]
    assert set(states()) == {MailState.FAILED}


def test_the_page_shows_trouble_until_a_mail_goes_out(wave, hr):
    path = reverse("mail-server-try")
    assert path not in hr.get(reverse("waves")).text
    mail_server.pause(now=MONDAY, problem=MailProblem.SERVER_REFUSED, reply="554 5.7.1")
    page = hr.get(reverse("waves"))
    assert path in page.text
    assert (page.context["mail_trouble"].since, page.context["mail_trouble"].reply) == (MONDAY, "554 5.7.1")
    hr.post(path)
    assert MailServer.objects.get().retry_at is None
    mail_server.recover()
    assert path not in hr.get(reverse("waves")).text
