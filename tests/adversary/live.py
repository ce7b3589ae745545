"""400 people on the real product: `python -m tests.adversary.live FOLDER`, with the settings in the environment.

The short form has two of the four divisions, and half as many waves.
The processes are those of production; the steps are taken by ticks and workers. What was found is written to FOLDER.
Beat goes by the real clock, the steps by the calendar of waves that are all still to come: to beat nothing is due.
"""

import datetime as dt
import io
import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import django

django.setup()

import redis  # noqa: E402 -- models can be imported only now
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from config.demo.mailbox import Mailbox  # noqa: E402
from diagnostics.models import Snapshot  # noqa: E402
from surveys.audit import following  # noqa: E402
from surveys.audit.company import RehearsalCompany, RehearsalPlan  # noqa: E402
from surveys.audit.rehearsal import Rehearsal  # noqa: E402
from surveys.audit.report import rehearsal_document  # noqa: E402
from surveys.audit.site import RehearsalError, web_process  # noqa: E402
from surveys.choices import MailState, Role, UploadKind, WaveState  # noqa: E402
from surveys.models import Employee, Mail, StaffUser  # noqa: E402
from surveys.services import scheduling, uploads  # noqa: E402
from tests.tiers import LONG  # noqa: E402

SECONDS = 120
# An attack succeeds that does in two waves, and who was there before can be asked from the second on.
WAVES = 6 if LONG else 3
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
TODAY = dt.datetime.now(dt.UTC).date()
MONDAY = TODAY + dt.timedelta(14 - TODAY.weekday())
BEAT = settings.VAR_DIR / "beat"
SIZES = {
    "North": (54, 40, 22, 13, 9, 3),
    "West": (48, 34, 20, 16, 4),
}
if LONG:
    SIZES |= {"South": (50, 36, 24, 12, 10, 2), "East": (52, 30, 26, 14, 11)}
DEPARTMENTS = {name: (None, 3 if name == "West" else 0) for name in SIZES} | {
    f"{name}{number}": (name, people) for name, sizes in SIZES.items() for number, people in enumerate(sizes)
}
# Of these one to four answer: they are merged at closing.
RELUCTANT = {"North3": 0.1, "North4": 0.2, "South3": 0.15, "South4": 0.3, "East3": 0.2}


def plan():
    return RehearsalPlan(DEPARTMENTS, waves=WAVES, answering=0.78, reluctant=RELUCTANT)


def until(what, happened, again=lambda: None):
    deadline = time.monotonic() + SECONDS
    while not happened():
        if time.monotonic() > deadline:
            raise RehearsalError(f"Waited in vain until {what}.")
        again()
        time.sleep(0.05)


class TickedSteps:
    def open(self, survey):
        if not survey.waves.filter(state=WaveState.PLANNED).exists():
            scheduling.plan_next(survey=survey)
        wave = survey.waves.get(state=WaveState.PLANNED)
        call_command("tick", now=wave.opens_at)
        until("the wave is open", lambda: self._fresh(wave).state == WaveState.OPEN)
        self._until_mailed()
        upload(now=wave.closes_at)
        return wave

    def remind(self, wave):
        call_command("tick", now=wave.closes_at - DAY + MINUTE)
        self._until_mailed()

    def shuffle(self, wave):
        """The tick of the reminder started the night's shuffle as well."""
        until("the wave is shuffled", lambda: self._fresh(wave).shuffled_on is not None)

    def close(self, wave):
        def tick():
            call_command("tick", now=wave.closes_at)
            time.sleep(0.5)

        tick()
        until("the wave is closed", lambda: self._fresh(wave).state == WaveState.CLOSED)
        until("its key is destroyed", lambda: self._fresh(wave).public_key is None, again=tick)
        until("it is scored", lambda: Snapshot.objects.filter(wave=wave).exists())

    def _until_mailed(self):
        waiting = Mail.objects.filter(state__in=(MailState.QUEUED, MailState.SENDING, MailState.DEFERRED))
        until("every mail is sent", lambda: not waiting.exists())

    @staticmethod
    def _fresh(wave):
        wave.refresh_from_db()
        return wave


def upload(now):
    """HR has sent a file of some of the people, and has not decided on it while the wave is open and counted."""
    staff = StaffUser.objects.filter(role=Role.HR).first()
    staff = staff or StaffUser.objects.create_user("hr@example.com", name="HR", role=Role.HR)
    people = Employee.objects.values_list("email", "name", "department__name")[:20]
    lines = "\n".join(map(",".join, [("email", "name", "department"), *people]))
    file = io.BytesIO(lines.encode())
    uploads.keep(file, owner=staff.pk, kind=UploadKind.PEOPLE, name="people.csv", now=now)


@contextmanager
def workers(folder, logs):
    processes = []
    try:
        for name in ("worker", "counting", "beat"):
            environment = os.environ | ({"BALLOT_KEY_DIR": str(folder / "keys")} if name == "counting" else {})
            command = [settings.BASE_DIR / "scripts" / "process.sh", name]
            with (logs / f"{name}.log").open("wb") as log:
                processes.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log))
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(SECONDS)


def keep_redis(path):
    """What Redis holds, as a program that asks for it gets it."""
    server = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    path.write_bytes(b"\n".join(key + b"\n" + (server.dump(key) or b"") for key in sorted(server.keys())) + b"\n")


def before_searches(plan, redis_contents):
    """The last search waits until beat has sent a tick, one a minute, so that its traces are there."""
    last, searches = 2 * plan.waves, count(1)

    def ready():
        if next(searches) == last:
            until("beat has sent a tick", (BEAT / "alive").exists)
        keep_redis(redis_contents)

    return ready


def presence_known(past):
    """Hits and chance of somebody who knows from elsewhere who answered in each wave: the limit that is owned up to."""
    known = [replace(wave, beliefs={("known", "known"): wave.answered}) for wave in past]
    (attack,) = following.attack(known)
    return {"hits": attack.hits, "guesses": attack.guesses, "chance": attack.chance, "at_most": attack.most}


def main(folder):
    call_command("migrate", verbosity=0)
    made = {name: folder / name for name in ("mailbox", "logs", "keys", "redis-contents")}
    for path in made.values():
        path.mkdir(exist_ok=True)
    elsewhere = {name: Path(os.environ[name]) for name in ("POSTGRES_LOG", "REDIS_LOG", "REDIS_AOF")}
    elsewhere["beat"] = BEAT
    port = int(os.environ["EMAIL_URL"].rpartition(":")[2])
    company = RehearsalCompany(plan(), seed=400)
    survey = company.settle(first_opens_on=MONDAY, opening_hour=9, reminders=1, days_open=4)
    with ExitStack() as running:
        running.enter_context(Mailbox(made["mailbox"], port))
        running.enter_context(workers(folder, made["logs"]))
        running.enter_context(web_process(settings.SITE_URL.removeprefix("http://"), made["logs"] / "web.log", {}))
        rehearsal = Rehearsal(
            company,
            TickedSteps(),
            made | elsewhere,
            before_search=before_searches(company.plan, made["redis-contents"] / "keys"),
        )
        found = rehearsal_document(rehearsal.run(survey))
    found["logs"] = sorted(path.name for path in made["logs"].iterdir())
    found["presence_known"] = presence_known(rehearsal.past)
    (folder / "found.json").write_text(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
