"""A server that takes a few mails a minute: no mail is lost, and the sender finds the pace."""

from collections import deque

import pytest

from surveys.choices import MailState
from surveys.mails import sending
from surveys.models import Mail, MailServer
from surveys.services import outbox
from tests.clocks import MovedClock
from tests.company import MONDAY

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 60


class Limit:
    """A reply to all above so many mails in a minute, by the moved clock; the window slides."""

    def __init__(self, clock, per_minute, reply):
        self.clock, self.per_minute, self.reply = clock, per_minute, reply
        self.taken, self.refused = deque(), 0

    def __call__(self, _recipient):
        now = self.clock.moment
        while self.taken and (now - self.taken[0]).total_seconds() >= 60:
            self.taken.popleft()
        if len(self.taken) >= self.per_minute:
            self.refused += 1
            return self.reply
        self.taken.append(now)
        return None


def minutes_until_sent(clock, most):
    """Ticks each minute of the clock until no mail waits; how many minutes that took."""
    began = clock.moment
    while Mail.objects.exclude(state=MailState.SENT).exists():
        assert not Mail.objects.filter(state=MailState.FAILED).exists()
        elapsed = (clock.moment - began).total_seconds() / 60
        assert elapsed < most, dict(Mail.objects.values_list("state", "attempts"))
        before = clock.moment
        outbox.sweep(before)
        while sending.send_pending(clock=clock.clock):
            pass
        clock.advance(max(0, 60 - (clock.moment - before).total_seconds()))
    return (clock.moment - began).total_seconds() / 60


@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "dot"])
@pytest.mark.parametrize("reply", ["451 4.7.1 slower", "452 later", "421 4.7.0 slower"])
def test_six_mails_a_minute_reach_everybody_once(server, phase, reply):
    clock = MovedClock(MONDAY)
    server.script = {phase: (limit := Limit(clock, 6, reply))}
    assert PEOPLE / 6 - 1 <= minutes_until_sent(clock, most=40) <= 30
    assert len(server.taken) == len(set(server.taken)) == PEOPLE
    assert limit.refused < PEOPLE
    assert MailServer.objects.get().per_minute <= 7


def test_a_limit_that_is_known_is_kept_without_a_refusal(server, settings):
    settings.MAIL_PER_MINUTE = 6
    clock = MovedClock(MONDAY)
    server.script = {"RCPT": (limit := Limit(clock, 6, "451 slower"))}
    assert PEOPLE / 6 - 1 <= minutes_until_sent(clock, most=13) <= 13
    assert limit.refused == 0
    assert set(Mail.objects.values_list("attempts", flat=True)) == {1}
