"""Each reply of RFC 5321 in each phase of the dialogue: who is to blame, and what becomes of the mails."""

import threading

import pytest

from surveys.choices import MailState, WaveState
from surveys.mails import sending
from surveys.mails.refusals import ATTEMPTS_ALONE, REFUSALS_IN_A_ROW
from surveys.models import Mail, MailServer, Wave
from surveys.services import outbox
from tests.clocks import MovedClock
from tests.company import MONDAY
from tests.scripted_smtp import PHASES
from tests.tiers import LONG

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 6
EVERYBODY = [f"sales.{number}@example.com" for number in range(PEOPLE)]
# What a client may be answered to a recipient (RFC 5321, 4.3.2, and RFC 3463); fewer where codes make no difference.
RECIPIENT = (
    *("421", "450", "450 4.7.1", "451", "451 4.3.0", "452", "452 4.2.2", "455", "500", "501", "502", "503", "504"),
    *("521", "530", "550", "550 5.1.1", "550 5.4.5", "550 5.7.1", "551", "552", "553", "553 5.1.8", "554", "554 5.7.1"),
    "555",
)
OTHERS = ("421", "451 4.3.0", "452", "502", "550 5.1.1", "554", "554 5.7.1")
MINUTE = 60
HOUR = 60 * MINUTE


def tick(clock, times=1, seconds=MINUTE):
    """What the product does in so many ticks, as if only some of the minutes between them had one."""
    for _ in range(times):
        outbox.sweep(clock.moment)
        while sending.send_pending(clock=clock.clock):
            pass
        clock.advance(seconds)


def states():
    return dict(Mail.objects.values_list("employee__email", "state"))


def start_again(server):
    Mail.objects.update(state=MailState.QUEUED, attempts=0, retry_at=None, problem="", reply="")
    MailServer.objects.all().delete()
    server.script, server.taken, server.asked = {}, [], []


@pytest.mark.parametrize("phase", PHASES)
def test_a_refusal_that_meets_everybody_fails_no_mail_for_good(server, phase):
    for reply in (*(RECIPIENT if LONG and phase == "RCPT" else OTHERS), ""):
        start_again(server)
        clock = MovedClock(MONDAY)
        server.script = {phase: f"{reply} no" if reply else ""}
        tick(clock, 2)
        assert (reply, server.taken) == (reply, [])
        assert (reply, set(states().values()) - {MailState.QUEUED, MailState.DEFERRED}) == (reply, set())
        assert (reply, MailServer.objects.get().since) != (reply, None)
        server.script = {}
        tick(clock, 3, HOUR)
        assert (reply, sorted(server.taken)) == (reply, EVERYBODY)
        assert set(states().values()) == {MailState.SENT}
        assert MailServer.objects.get().since is None


@pytest.mark.parametrize("reply", ["550 5.1.1", "550 5.1.10", "553 5.1.3", "552 5.2.2", "550", "551", "553", "554"])
def test_a_refusal_that_meets_a_single_person_is_final_for_that_mail(server, reply):
    refused = first_in_queue()
    server.script = {"RCPT": lambda recipient: f"{reply} no" if recipient == refused else None}
    tick(MovedClock(MONDAY))
    assert states() == dict.fromkeys(EVERYBODY, MailState.SENT) | {refused: MailState.FAILED}
    assert Mail.objects.get(employee__email=refused).reply == reply
    assert not MailServer.objects.exclude(problem="").exists()


@pytest.mark.parametrize(
    ("phase", "reply"),
    [("RCPT", "550 5.7.1"), ("RCPT", "554 5.4.1"), ("RCPT", "450 4.2.1"), ("dot", "554"), ("dot", "552 5.3.4")],
)
def test_a_refusal_that_names_no_reason_of_the_person_waits(server, phase, reply):
    refused = first_in_queue()
    server.script = {phase: lambda recipient: f"{reply} no" if recipient == refused else None}
    clock = MovedClock(MONDAY)
    tick(clock, 4)
    assert states() == dict.fromkeys(EVERYBODY, MailState.SENT) | {refused: MailState.DEFERRED}
    server.script = {}
    tick(clock, 3, HOUR)
    assert sorted(server.taken) == EVERYBODY


@pytest.mark.parametrize(
    ("phase", "reply", "final"),
    [
        ("RCPT", "550 no such user", True),
        ("RCPT", "550 5.1.1 no such user", True),
        ("RCPT", "550 relay not permitted", False),
        ("RCPT", "550 authentication required", False),
        ("RCPT", "554 no", False),
        ("RCPT", "450 no", False),
        *((phase, "550 no such user", False) for phase in PHASES if phase != "RCPT"),
    ],
)
def test_a_mail_that_is_alone_fails_for_its_mailbox_only(server, phase, reply, final):
    Mail.objects.filter(id__in=outbox.pending(PEOPLE)[1:]).delete()
    server.script = {phase: reply}
    clock = MovedClock(MONDAY)
    tick(clock, ATTEMPTS_ALONE - 1, HOUR)
    assert set(states().values()) <= {MailState.QUEUED, MailState.DEFERRED}
    tick(clock, 24, HOUR)
    assert (set(states().values()) == {MailState.FAILED}) is final
    server.script = {}
    tick(clock, 3, HOUR)
    assert set(states().values()) == {MailState.FAILED if final else MailState.SENT}


def test_a_refusal_of_a_domain_fails_no_mail_of_it(server):
    """The company's own domain is taken, and shows nothing of the other one."""
    own = queue()[1]
    Mail.objects.filter(employee__email=own).update(address="ceo@own.example")
    server.script = {"RCPT": lambda recipient: None if recipient == "ceo@own.example" else "550 no"}
    tick(MovedClock(MONDAY), 5)
    assert Mail.objects.filter(state=MailState.SENT).count() == 1
    assert set(states().values()) <= {MailState.SENT, MailState.QUEUED, MailState.DEFERRED}


def test_two_mails_fail_for_their_mailboxes_by_the_words(server):
    Mail.objects.filter(id__in=outbox.pending(PEOPLE)[2:]).delete()
    server.script = {"RCPT": "550 no such user"}
    tick(MovedClock(MONDAY), 2 * ATTEMPTS_ALONE, HOUR)
    assert set(Mail.objects.values_list("state", "reply")) == {(MailState.FAILED, "550")}


def test_greylisted_mails_come_again_each_by_itself(server):
    clock, first = MovedClock(MONDAY), {}

    def greylisted(recipient):
        since = clock.moment - first.setdefault(recipient, clock.moment)
        return None if since.total_seconds() >= 5 * MINUTE else "451 4.7.1 Greylisted, try again later"

    server.script = {"RCPT": greylisted}
    tick(clock)
    assert sorted(server.asked) == EVERYBODY
    assert not MailServer.objects.exclude(problem="").exists()
    tick(clock, 14)
    assert sorted(server.taken) == EVERYBODY


@pytest.mark.parametrize("people", [30])
def test_a_server_that_wants_each_mail_twice_is_found_out_soon(server, people):
    """Greylisting that does not say so. That each mail is tried once before any comes again would take longer."""
    clock, first = MovedClock(MONDAY), {}

    def later(recipient):
        since = clock.moment - first.setdefault(recipient, clock.moment)
        return None if since.total_seconds() >= 5 * MINUTE else "451 try again later"

    server.script = {"RCPT": later}
    tick(clock, 45)
    assert len(server.taken) == people


def test_a_sender_that_is_refused_for_a_day_costs_no_mail(server):
    server.script = {"MAIL": "553 5.1.8 who are you"}
    clock = MovedClock(MONDAY)
    tick(clock, 24 * 2, HOUR // 2)
    assert set(states().values()) == {MailState.QUEUED}
    assert len(server.asked) == 0
    assert server.connections <= 24 * 2 * REFUSALS_IN_A_ROW
    server.script = {}
    tick(clock, 2, HOUR)
    assert sorted(server.taken) == EVERYBODY


def test_bad_addresses_in_front_never_keep_others_back(server):
    bad = set(queue()[:4])
    server.script = {"RCPT": lambda recipient: "550 no" if recipient in bad else None}
    tick(MovedClock(MONDAY), 10)
    assert set(server.taken) == set(EVERYBODY) - bad


def test_a_wave_that_closes_ends_the_waiting(server):
    server.script = {"dot": "451 4.3.0 later"}
    clock = MovedClock(MONDAY)
    tick(clock, 3)
    Wave.objects.update(state=WaveState.CLOSING)
    tick(clock, 2, HOUR)
    assert set(states().values()) == {MailState.FAILED}
    assert server.taken == []


def test_a_reply_after_the_usual_time_is_waited_for_and_taken_once(server, settings):
    settings.EMAIL_TIMEOUT = 0.2
    late = threading.Event()
    server.script = {"dot": lambda _recipient: late.wait(0.5) or "250 at last"}
    tick(MovedClock(MONDAY))
    assert sorted(server.taken) == EVERYBODY
    assert set(Mail.objects.values_list("state", "attempts")) == {(MailState.SENT, 1)}


@pytest.mark.parametrize(("phase", "reply"), [("MAIL", "200 yes"), ("RCPT", "252 will try"), ("dot", "299 yes")])
def test_every_success_code_is_one(server, phase, reply):
    server.script = {phase: reply}
    tick(MovedClock(MONDAY))
    assert sorted(server.taken) == EVERYBODY
    assert set(states().values()) == {MailState.SENT}


def test_a_yes_before_the_content_has_taken_no_mail(server):
    server.script = {"DATA": "250 OK"}
    clock = MovedClock(MONDAY)
    tick(clock)
    assert set(states().values()) == {MailState.QUEUED}
    server.script = {}
    tick(clock, 3, HOUR)
    assert sorted(server.taken) == EVERYBODY


def queue():
    mails = dict(Mail.objects.values_list("id", "employee__email"))
    return [mails[mail_id] for mail_id in outbox.pending(PEOPLE)]


def first_in_queue(*, last=False):
    return queue()[-1 if last else 0]
