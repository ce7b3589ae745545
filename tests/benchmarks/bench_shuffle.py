"""Shuffles an open wave, and clears up after a closed one, while people answer; prints seconds, and how long they wait.

Run as `python -m tests.benchmarks.bench_shuffle`. On PostgreSQL, which syncs to disk as in production, 100,000 sealed
ballots; on SQLite, which is not meant for so many, 5,000. Exits 1 where PostgreSQL's shuffle takes a minute or an
answer waits a second there.
"""

import os
import statistics
import subprocess
import sys
import threading
import time

import django

from tests.benchmarks.database import SYNCED, own_folder, own_postgres

POSTGRESQL, SQLITE = 100_000, 5_000
STILL_TO_ANSWER, THREADS, PAUSE = 6_000, 4, 0.03
QUIET_SECONDS, MINUTE, SECOND = 5.0, 60.0, 1.0
BATCH = 2000


def fill(sealed):
    """An open wave with so many answers, and some people who have not answered yet; their invitations."""
    from surveys.ballot import sealing  # noqa: PLC0415 -- models need Django to be set up
    from surveys.choices import MailKind  # noqa: PLC0415
    from surveys.models import Employee, Invitation, Mail, SealedBallot  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    wave = factories.make_wave()
    department = factories.make_department()
    group = factories.make_group(wave, [department], people=sealed + STILL_TO_ANSWER)
    people = [
        Employee(email=f"{number}@example.com", name=str(number), department=department)
        for number in range(sealed + STILL_TO_ANSWER)
    ]
    people = Employee.objects.bulk_create(people, batch_size=BATCH)
    invitations = [
        Invitation(wave=wave, employee=person, group=group, answered=number < sealed, token_hash=os.urandom(32))
        for number, person in enumerate(people)
    ]
    Invitation.objects.bulk_create(invitations, batch_size=BATCH)
    for start in range(0, sealed, BATCH):
        boxes = [SealedBallot(wave=wave, box=os.urandom(sealing.BOX_BYTES)) for _ in range(min(BATCH, sealed - start))]
        SealedBallot.objects.bulk_create(boxes)
    Mail.objects.bulk_create(
        (
            Mail(kind=MailKind.REMINDER, key=f"{invitation.id}:1", wave=wave, employee_id=invitation.employee_id)
            for invitation in invitations
        ),
        batch_size=BATCH,
    )
    return wave, invitations[sealed:]


class Answering:
    """Some threads that answer, each again a moment after its last answer; `waits` are the answers' seconds."""

    def __init__(self, invitations):
        self.left, self.lock, self.waits = iter(invitations), threading.Lock(), []

    def during(self, work):
        """Runs `work` meanwhile; its seconds, and the waits of the answers that ended meanwhile."""
        over, self.waits = threading.Event(), []
        threads = [threading.Thread(target=self._answer, args=[over]) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        start = time.perf_counter()
        work()
        seconds = time.perf_counter() - start
        over.set()
        for thread in threads:
            thread.join()
        return seconds, self.waits

    def _answer(self, over):
        from django.db import connection  # noqa: PLC0415

        from surveys.services.answering import CastOutcome  # noqa: PLC0415
        from tests.company import cast  # noqa: PLC0415

        while not over.wait(PAUSE):
            with self.lock:
                invitation = next(self.left, None)
            if invitation is None:
                return
            start = time.perf_counter()
            if cast(invitation) != CastOutcome.ACCEPTED:
                sys.exit("An answer was not taken.")
            self.waits.append(time.perf_counter() - start)
        connection.close()


def measure(name, sealed):
    django.setup()
    from surveys.services import dead_rows, shuffling  # noqa: PLC0415

    wave, waiting = fill(sealed)
    answering = Answering(waiting)
    steps = {
        "nothing": lambda: time.sleep(QUIET_SECONDS),
        "shuffle": lambda: shuffling.shuffle(wave_id=wave.id),
        "erasing of dead rows": dead_rows.erase,
    }
    longest = {}
    for step, work in steps.items():
        seconds, waits = answering.during(work)
        longest[step] = seconds, max(waits, default=0.0)
        middle = statistics.median(waits or [0.0])
        print(
            f"{name:10} {sealed:,} sealed; during {step}: {seconds:5.1f} s, {len(waits)} answers, which wait "
            f"{middle * 1000:.0f} ms in the middle and {longest[step][1] * 1000:.0f} ms at most",
            flush=True,
        )
    waited = max(longest["shuffle"][1], longest["erasing of dead rows"][1])
    return int(name == "PostgreSQL" and (longest["shuffle"][0] > MINUTE or waited > SECOND))


def start(name, sealed, database, folder):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEBUG": "1",
        "DATABASE_URL": database,
        "VAR_DIR": str(folder),
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=environment, check=True)
    command = [sys.executable, "-m", "tests.benchmarks.bench_shuffle", name, str(sealed)]
    return subprocess.run(command, env=environment, check=False).returncode


def main():
    with own_folder() as folder:
        missed = start("SQLite", SQLITE, f"sqlite:///{folder / 'wave.sqlite3'}", folder)
        with own_postgres(folder, SYNCED) as url:
            return start("PostgreSQL", POSTGRESQL, url, folder) or missed


if __name__ == "__main__":
    sys.exit(measure(sys.argv[1], int(sys.argv[2])) if sys.argv[1:] else main())
