"""Imports 100,000 people by the real command, on SQLite and on PostgreSQL, and prints seconds and peak memory.

Run as `python -m tests.benchmarks.bench_import_people`; exits 1 where an import takes a minute, or 500 MB.
"""

import csv
import os
import subprocess
import sys
import time

from openpyxl import Workbook

from tests.benchmarks.database import missed_on_either

PEOPLE, DEPARTMENTS, DIVISIONS = 100_000, 2_000, 10
SECONDS, MEGABYTES = 60.0, 500.0
ENVIRONMENT = {
    "DEBUG": "",
    "EMBEDDED": "1",
    "SECRET_KEY": "a key for the benchmark, long enough for Django's own checks 1234567890",
    "LINK_KEY": "a link key for the benchmark, as long as a real one 1234567890",
}
HEADER = ["email", "name", "department", "parent_department", "site", "language", "time_zone", "is_head", "on_leave"]


def rows(*, shift):
    """The whole company; with another shift everybody works elsewhere and under another title."""
    for number in range(PEOPLE):
        department = (number + shift) % DEPARTMENTS
        parent = f"Department {department // DIVISIONS}" if department >= DIVISIONS else ""
        yield [
            f"person.{number}@northwind.example",
            f"Person {number}{' B.Sc.' * shift}",
            f"Department {department}",
            parent,
            f"Site {department % 40}",
            "ru" if number % 3 else "en",
            "Europe/Riga",
            "yes" if number < DEPARTMENTS else "no",
            "no",
        ]


def write_csv(path, *, shift):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *rows(shift=shift)])


def write_xlsx(path, *, shift):
    book = Workbook()
    for row in (HEADER, *rows(shift=shift)):
        book.active.append(row)
    book.save(path)


def write_files(folder):
    write_csv(folder / "first.csv", shift=0)
    write_xlsx(folder / "second.xlsx", shift=1)


def manage(environment, *arguments):
    """Runs a command; returns its seconds, those of them on the processor, and its peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "manage.py", *arguments], env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(map(str, arguments))} failed")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(name, database, folder):
    environment = os.environ | ENVIRONMENT | {"DATABASE_URL": database, "VAR_DIR": str(folder)}
    manage(environment, "migrate", "-v0")
    missed = False
    for title, file in (
        ("all new, CSV", "first.csv"),
        ("nothing changes, CSV", "first.csv"),
        ("all move, XLSX", "second.xlsx"),
    ):
        seconds, busy, megabytes = manage(environment, "import_people", folder / file)
        print(
            f"{name:10} {title:22} {PEOPLE:,}: {seconds:5.1f} s ({busy:.1f} s busy), peak memory {megabytes:.0f} MB",
            flush=True,
        )
        missed = missed or seconds > SECONDS or megabytes > MEGABYTES
    return missed


if __name__ == "__main__":
    sys.exit(int(missed_on_either(write_files, measure)))
