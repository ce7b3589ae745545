"""What is kept of the mail server between batches: whether it takes mails, when it is tried again, and its pace."""

import datetime as dt
from secrets import SystemRandom

from django.db import transaction

from surveys.choices import MailProblem
from surveys.models import MailServer

# It is tried again after a minute, then after two, four … but soon enough that all goes out when it is repaired.
_FIRST, _LONGEST = dt.timedelta(minutes=1), dt.timedelta(minutes=15)
# After it took some mails and then no more.
_BREAK = dt.timedelta(minutes=1)
_chance = SystemRandom()


def read_mail_server() -> MailServer:
    """What is known of it; of one that was never met, nothing."""
    return MailServer.objects.filter(id=1).first() or MailServer()


@transaction.atomic
def pause(*, now: dt.datetime, problem: MailProblem, reply: str) -> bool:
    """It took nothing: notes why, since when, and when to try again. Tells whether this is the first that is known."""
    # Locked, or what `try_now` writes meanwhile would be overwritten.
    server = MailServer.objects.select_for_update().get(id=_row().id)
    is_news = not server.problem
    server.since = server.since or now
    server.problem, server.reply, server.attempts = problem, reply, server.attempts + 1
    server.retry_at = now + _jittered(min(_FIRST * 2 ** min(server.attempts - 1, 10), _LONGEST))
    server.save()
    return is_news


def give_break(*, now: dt.datetime, per_minute: int | None) -> None:
    """It took some mails and then no more for now: the next ones follow within a minute, at this pace."""
    MailServer.objects.filter(id=_row().id).update(per_minute=per_minute, retry_at=now + _jittered(_BREAK))


def recover() -> None:
    """It took a mail."""
    MailServer.objects.filter(id=1).update(problem="", reply="", since=None, attempts=0, retry_at=None)


def set_pace(*, per_minute: int | None) -> None:
    """Keeps the pace that it was found to take, for the next batch."""
    MailServer.objects.filter(id=_row().id).update(per_minute=per_minute)


def try_now() -> None:
    """Somebody says that it is repaired: the next batch does not wait."""
    MailServer.objects.filter(id=1).update(retry_at=None, attempts=0)


def _row() -> MailServer:
    return MailServer.objects.get_or_create(id=1)[0]


def _jittered(delay: dt.timedelta) -> dt.timedelta:
    """Between half of it and all of it: several that are refused together do not come back together."""
    return delay * _chance.uniform(0.5, 1)
