"""What `make bench` takes: the steps of a wave, the sizes, and the limits that they are held to. No Django here."""

import os
from dataclasses import dataclass

PEOPLE = (1_000, 10_000, 100_000, 1_000_000)
# The exponent of a step's time over its size, above which it grows faster than its work.
MOST_GROWTH = 1.05
# A sheet has 1,048,576 rows, and a file that is uploaded 50 MB.
MOST_ROWS_OF_A_SHEET = 100_000
POSTGRESQL, SQLITE = "PostgreSQL", "SQLite"


@dataclass(frozen=True)
class Limit:
    """What a step may take at one size; None is not held to anything."""

    people: int
    seconds: float
    megabytes: float | None = None
    # Of one answer while the step runs.
    longest_wait: float | None = None


@dataclass(frozen=True)
class Step:
    """One step of a wave, as it is measured."""

    # That of the function in tests/benchmarks/bench/steps.py.
    name: str
    title: str
    limit: Limit | None = None
    databases: tuple[str, ...] = (POSTGRESQL,)
    most_people: int = PEOPLE[-1]
    # Whether the start of the process counts: of a command it does, of a worker's task it does not.
    counts_start: bool = False
    # How many are handled at each size, where that does not grow with it.
    fixed: int | None = None
    # Whether it only prepares the next one.
    is_shown: bool = True


BOTH = (POSTGRESQL, SQLITE)
MAILS = 2_000
STEPS = (
    Step("import_csv", "import people, CSV", Limit(100_000, 15.0, 250.0), BOTH, counts_start=True),
    Step("import_xlsx", "all of them move, XLSX", Limit(100_000, 15.0, 250.0), BOTH, MOST_ROWS_OF_A_SHEET, True),
    Step("open", "open a wave", Limit(100_000, 30.0)),
    Step("mail", "mails, one worker", fixed=MAILS),
    Step("mail_by_two", "mails, two workers", fixed=MAILS),
    Step("fill", "ballots", is_shown=False),
    Step("shuffle", "shuffle", Limit(100_000, 30.0, longest_wait=0.3)),
    Step("erase", "erase dead rows"),
    Step("close", "close and count", Limit(100_000, 60.0)),
    Step("score", "score", Limit(1_000_000, 10.0)),
)
# Mails a second that one worker sends, and how many times as many two send.
LEAST_MAILS, LEAST_BY_TWO = 250, 1.8


def sizes() -> tuple[int, ...]:
    """SHORT=1 leaves out the largest, SHORT=2 the two largest."""
    return PEOPLE[: len(PEOPLE) - int(os.environ.get("SHORT") or 0)]


def turns(people: int) -> int:
    """How often a size is measured; the median counts. What takes minutes varies little."""
    return 3 if people <= 10_000 else 1
