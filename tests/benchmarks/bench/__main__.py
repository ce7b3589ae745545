"""Measures every step of a wave at growing sizes, prints a table beside the limits, and writes var/bench.json.

Run as `make bench`; SHORT=1 leaves out the largest size, SHORT=2 the two largest. It starts its own PostgreSQL, which
syncs to disk as in production. STEPS=import_csv,open takes those steps only. Exits 1 where a limit is missed.
"""

import json
import os
import sys
from pathlib import Path

from tests.benchmarks.bench import table
from tests.benchmarks.bench.plan import sizes
from tests.benchmarks.bench.running import run_size


def main():
    wanted = os.environ.get("STEPS")
    found = {}
    for people in sizes():
        measured = run_size(people, wanted.split(",") if wanted else None, lambda line: print(line, flush=True))
        for (database, name), figures in measured.items():
            found.setdefault((database, name), {})[people] = figures
    rows = table.rows(found)
    print("\n".join(table.lines(rows)))
    path = Path("var/bench.json")
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"machine": table.machine(), "steps": rows}, indent=1) + "\n")
    return int(any(row["over"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
