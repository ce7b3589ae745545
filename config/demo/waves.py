"""The demo's waves, as they really go: ticks, mails, answers by HTTP, closing, scoring, digests."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from zoneinfo import ZoneInfo

from django.core.management import call_command
from django.utils import timezone
from tqdm import tqdm

from config.demo import respondents
from config.demo.company import DemoPerson, people
from config.demo.mailbox import Mailbox
from config.demo.stack import Stack
from config.demo.visit import answer
from diagnostics.models import Snapshot
from surveys.choices import MailState, WaveState
from surveys.models import Department, Mail, Survey, Wave
from surveys.schedule.reminders import reminder_times

STEPS_OF_A_WAVE = 4
_AT_ONCE = 4
_MINUTE = dt.timedelta(minutes=1)
_WAITING = (MailState.QUEUED, MailState.SENDING, MailState.DEFERRED)


class WaveRunner:
    """Runs a survey's waves; `bar` moves on by one a step, STEPS_OF_A_WAVE a wave."""

    def __init__(self, survey: Survey, mailbox: Mailbox, stack: Stack, bar: "tqdm[None]") -> None:
        self._survey, self._mailbox, self._stack, self._bar = survey, mailbox, stack, bar
        self._departments = {str(pk): name for pk, name in Department.objects.values_list("id", "name")}

    def run(self, waves: int) -> None:
        for number in range(1, waves + 1):
            self._step(number, "opens, mails go out", self._open)
            self._step(number, "people answer", self._answer)
            self._step(number, "reminders, more answers", self._remind)
            self._step(number, "closes and is scored", self._close)

    def _step(self, number: int, what: str, act: Callable[[int], None]) -> None:
        self._bar.set_description(f"Wave {number} {what:<24}")
        act(number)
        self._bar.update()

    def _open(self, number: int) -> None:
        call_command("tick", now=self._wave(number).opens_at)
        self._stack.wait(f"wave {number} is open", lambda: self._wave(number).state == WaveState.OPEN)
        self._until_mailed()

    def _answer(self, number: int) -> None:
        self._visit([person for person in people() if respondents.answers_before_reminder(person, number)], number)

    def _remind(self, number: int) -> None:
        wave = self._wave(number)
        zone = ZoneInfo(timezone.get_default_timezone_name())
        last = reminder_times(self._survey.reminders, wave.opens_at, wave.closes_at, zone)[-1]
        call_command("tick", now=last + _MINUTE)
        self._until_mailed()
        reminded = [person for person in people() if self._has_reminder(person)]
        self._visit([person for person in reminded if respondents.answers_after_reminder(person, number)], number)

    def _close(self, number: int) -> None:
        wave = self._wave(number)
        call_command("tick", now=wave.closes_at + _MINUTE)
        self._stack.wait(f"wave {number} is scored", lambda: Snapshot.objects.filter(wave=wave).exists())
        call_command("tick", now=wave.closes_at + 2 * _MINUTE)
        self._until_mailed()

    def _wave(self, number: int) -> Wave:
        return self._survey.waves.get(number=number)

    def _has_reminder(self, person: DemoPerson) -> bool:
        """A reminder carries the same link as the invitation before it."""
        last_two = self._mailbox.links(person.email)[-2:]
        return len(last_two) > len(set(last_two))

    def _until_mailed(self) -> None:
        self._stack.wait("every mail is sent", lambda: not Mail.objects.filter(state__in=_WAITING).exists())

    def _visit(self, visitors: list[DemoPerson], number: int) -> None:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for status in pool.map(lambda person: self._send(person, number), visitors):
                if status != HTTPStatus.OK:
                    raise RuntimeError(f"An answer was refused with status {status}.")

    def _send(self, person: DemoPerson, number: int) -> int:
        respondent = respondents.DemoRespondent(person, number, self._departments)
        return answer(self._mailbox.links(person.email)[-1], respondent.choose, respondents.comment(person, number))
