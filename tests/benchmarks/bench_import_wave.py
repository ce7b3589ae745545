"""Imports a past survey of a million respondents by the real command, on SQLite and on PostgreSQL.

Run as `python -m tests.benchmarks.bench_import_wave`; exits 1 where one takes two minutes with its scoring, or 2 GB.
"""

import os
import random
import sys

from diagnostics.core.alerts.stage import CORE_SIGNS
from tests.benchmarks.commands import ENVIRONMENT, manage
from tests.benchmarks.database import missed_on_either

RESPONDENTS, GROUPS, SEED = 1_000_000, 2_000, 20_260_101
SECONDS, MEGABYTES = 120.0, 2000.0
ITEMS = [f"{sign}_{number}" for sign in CORE_SIGNS for number in (1, 2)] + ["blame_1", "busywork_1"]
MAKE_SURVEY = """
import datetime
from surveys.questions.instrument_file import BUILT_IN
from surveys.models import Survey
from surveys.services.instruments import import_instrument
instrument = import_instrument(BUILT_IN.read_text(encoding="utf-8")).instrument
Survey.objects.create(name="Pulse", instrument=instrument, first_opens_on=datetime.date(2030, 1, 7))
"""


def write_files(folder):
    chance = random.Random(SEED)
    cells = ("1", "2", "3", "4", "5", "")
    with (folder / "answers.csv").open("w", encoding="utf-8") as file:
        file.write(f"group,{','.join(ITEMS)}\n")
        for number in range(RESPONDENTS):
            group = number % GROUPS
            weights = (6, 6 + group % 5, 5, 4, 2 + group % 3, 0.7)
            file.write(f"Group {group},{','.join(chance.choices(cells, weights, k=len(ITEMS)))}\n")
    people = RESPONDENTS // GROUPS * 5 // 3
    (folder / "people.csv").write_text(
        "group,people\n" + "".join(f"Group {number},{people}\n" for number in range(GROUPS))
    )


def measure(name, database, folder):
    environment = os.environ | ENVIRONMENT | {"DATABASE_URL": database, "VAR_DIR": str(folder)}
    manage(environment, "migrate", "-v0")
    manage(environment, "shell", "--no-imports", "-c", MAKE_SURVEY)
    files = (folder / "answers.csv", "--headcounts", folder / "people.csv")
    seconds, busy, megabytes = manage(
        environment, "import_wave", *files, "--survey", "Pulse", "--closed-on", "2025-11-30"
    )
    print(
        f"{name:10} {RESPONDENTS:,} x {len(ITEMS)} answers, {GROUPS:,} groups, with scoring: {seconds:5.1f} s "
        f"({busy:.1f} s busy), peak memory {megabytes:.0f} MB",
        flush=True,
    )
    return seconds > SECONDS or megabytes > MEGABYTES


if __name__ == "__main__":
    sys.exit(int(missed_on_either(write_files, measure)))
