"""Measures every step of a wave at growing sizes, prints a table beside the limits, and writes var/bench.json.

Run as `make bench`; SHORT=1 leaves out the largest size, SHORT=2 the two largest. It starts its own PostgreSQL, which
syncs to disk as in production. STEPS=import_csv,open takes those steps only,
STEPS=answers the comparison of answers by HTTP with a peer, which it installs from PyPI into var/peer. Exits 1 where a
limit is missed.
"""

import json
import os
import sys
from pathlib import Path

from tests.benchmarks.bench import answers_table, table
from tests.benchmarks.bench.plan import sizes
from tests.benchmarks.bench.running import run_size
from tests.benchmarks.commands import run
from tests.benchmarks.database import own_folder


def main():
    wanted = os.environ.get("STEPS")
    found = {}
    for people in sizes():
        measured = run_size(people, wanted.split(",") if wanted else None, lambda line: print(line, flush=True))
        for (database, name), figures in measured.items():
            found.setdefault((database, name), {})[people] = figures
    made = {"machine": table.machine(), "steps": table.rows(found)}
    print("\n".join(table.lines(made["steps"])))
    if wanted is None or "answers" in wanted:
        made["answers"] = compare_answers()
        print("\n".join(answers_table.lines(made["answers"])))
    path = Path("var/bench.json")
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(made, indent=1) + "\n")
    return int(any(row["over"] for row in made["steps"]) or bool(answers_table.over(made.get("answers"))))


def compare_answers():
    """By a process of its own, as every step."""
    with own_folder() as folder:
        out = folder / "answers.json"
        run(os.environ, "-m", "tests.benchmarks.bench.peer", out)
        return json.loads(out.read_text())


if __name__ == "__main__":
    sys.exit(main())
