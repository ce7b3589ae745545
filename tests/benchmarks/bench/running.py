"""Runs the steps of a wave at one size, each in a process of its own, and collects what they took."""

import json
import os
import statistics
from collections import defaultdict

from tests.benchmarks.bench.plan import POSTGRESQL, SQLITE, STEPS, turns
from tests.benchmarks.commands import ENVIRONMENT, manage, run
from tests.benchmarks.database import SYNCED, own_folder, own_postgres

WRITE = (
    "import sys, pathlib; from tests.benchmarks.bench import company, plan; people = int(sys.argv[1]); "
    "folder = pathlib.Path(sys.argv[2]); company.write_csv(folder / 'first.csv', people); "
    "people <= plan.MOST_ROWS_OF_A_SHEET and company.write_xlsx(folder / 'second.xlsx', people)"
)


def run_size(people, wanted, say):
    """By (database, name of step), what the median turn took."""
    found = defaultdict(list)
    with own_folder() as files:
        # By a process of its own: one that is started by a large one is counted as large itself.
        run(os.environ, "-c", WRITE, people, files)
        for turn in range(turns(people)):
            folder = files / f"turn{turn}"
            folder.mkdir(mode=0o755)
            for database in (SQLITE, POSTGRESQL):
                for name, measured in _run_on(database, people, folder, wanted):
                    found[database, name].append(measured)
                    say(f"{people:>9,} {database:10} {name:12} {measured['seconds']:8.2f} s")
    return {key: _median(measured) for key, measured in found.items()}


def _run_on(database, people, folder, wanted):
    if database == SQLITE:
        yield from _run_steps(database, f"sqlite:///{folder / 'faultline.sqlite3'}", people, folder, wanted)
        return
    with own_postgres(folder, SYNCED) as url:
        yield from _run_steps(database, url, people, folder, wanted)


def _run_steps(database, url, people, folder, wanted):
    own = folder / database
    own.mkdir()
    environment = os.environ | ENVIRONMENT | {"DATABASE_URL": url, "VAR_DIR": str(own)}
    manage(environment, "migrate", "-v0")
    for step in STEPS:
        if database in step.databases and people <= step.most_people and (wanted is None or step.name in wanted):
            measured = _run_step(step.name, people, own, environment)
            if step.counts_start:
                measured["seconds"] = measured["whole_seconds"]
            yield step.name, measured


def _run_step(name, people, folder, environment):
    whole, _, megabytes = run(environment, "-m", "tests.benchmarks.bench.child", name, people, folder)
    measured = json.loads((folder / "measured.json").read_text())
    return {"megabytes": megabytes} | measured | {"whole_seconds": whole}


def _median(turns_of_step):
    """Figure by figure, over the turns."""
    return {
        name: None if value is None else statistics.median(measured[name] for measured in turns_of_step)
        for name, value in turns_of_step[0].items()
    }
