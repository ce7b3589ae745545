"""What was measured, beside its limits, as a table and as data. No figure is written here."""

import os
import platform
from math import log
from pathlib import Path

from tests.benchmarks.bench.plan import LEAST_BY_TWO, LEAST_MAILS, MOST_GROWTH, STEPS


def machine():
    model = Path("/proc/cpuinfo").read_text(encoding="utf-8").partition("model name")[2].partition(":")[2]
    return {"cores": os.cpu_count(), "processor": model.partition("\n")[0].strip(), "python": platform.python_version()}


def exponent(seconds):
    """Of growth: the slope of log time over log size by least squares; None for fewer than two sizes."""
    points = [(log(size), log(taken)) for size, taken in seconds.items()]
    if len(points) < 2:
        return None
    x_mean, y_mean = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((x - x_mean) * (y - y_mean) for x, y in points) / sum((x - x_mean) ** 2 for x, _ in points)


def rows(found):
    """A row for each database and step: figures by size, growth, and which limits are missed."""
    made = []
    for step in STEPS:
        for database in step.databases:
            sizes = found.get((database, step.name))
            if sizes and step.is_shown:
                made.append(_row(step, database, sizes, found))
    return made


def _row(step, database, sizes, found):
    # Where a fixed number is handled, what all would take.
    seconds = {
        people: figures["seconds"] * (people / figures.get("mails", people)) for people, figures in sizes.items()
    }
    growth = exponent(seconds)
    over = _over_limit(step, sizes)
    if growth is not None and growth > MOST_GROWTH:
        over.append("growth")
    over += _slow_mails(step, database, sizes, found)
    return {"step": step.name, "title": step.title, "database": database, "growth": growth, "over": over} | {
        "sizes": sizes,
        "limit": None if step.limit is None else vars(step.limit),
    }


def _over_limit(step, sizes):
    limit = step.limit
    if limit is None or limit.people not in sizes:
        return []
    measured = sizes[limit.people]
    pairs = (
        ("seconds", measured["seconds"], limit.seconds),
        ("memory", measured["megabytes"], limit.megabytes),
        ("wait", measured.get("longest_wait"), limit.longest_wait),
    )
    return [name for name, taken, most in pairs if most is not None and taken > most]


def _slow_mails(step, database, sizes, found):
    rates = {people: _rate(figures) for people, figures in sizes.items() if "mails" in figures}
    if not rates:
        return []
    if step.name == "mail":
        return ["rate"] if min(rates.values()) < LEAST_MAILS else []
    alone = found[database, "mail"]
    times = [rate / _rate(alone[people]) for people, rate in rates.items()]
    return ["rate"] if min(times) < LEAST_BY_TWO else []


def _rate(figures):
    return figures["mails"] / figures["seconds"]


def lines(made):
    """Seconds by size (for mails, how many a second), then growth, memory at the largest size, and the verdict."""
    sizes = sorted({people for row in made for people in row["sizes"]})
    yield (
        f"{'step':24} {'database':10}"
        + "".join(f"{people:>12,}" for people in sizes)
        + (f"{'growth':>8}{'memory':>9}{'database':>10}  limit")
    )
    for row in made:
        largest = row["sizes"][max(row["sizes"])]
        growth = "" if row["growth"] is None else f"{row['growth']:.2f}"
        yield (
            f"{row['title']:24} {row['database']:10}"
            + "".join(_cell(row["sizes"].get(people)) for people in sizes)
            + f"{growth:>8}{largest['megabytes']:6.0f} MB{_memory(largest['database_megabytes'])}  {_verdict(row)}"
        )


def _cell(figures):
    if figures is None:
        return f"{'':>12}"
    return f"{_rate(figures):10.0f}/s" if "mails" in figures else f"{figures['seconds']:10.2f} s"


def _memory(megabytes):
    return f"{'':>10}" if megabytes is None else f"{megabytes:7.0f} MB"


def _verdict(row):
    parts = [f"growth {MOST_GROWTH}"]
    if limit := row["limit"]:
        parts.append(f"{limit['seconds']:.0f} s with {limit['people']:,}")
        parts += [f"{limit['megabytes']:.0f} MB"] if limit["megabytes"] else []
        parts += [f"waits {limit['longest_wait']} s"] if limit["longest_wait"] else []
    if row["step"] == "mail":
        parts.append(f"{LEAST_MAILS} a second")
    if row["step"] == "mail_by_two":
        parts.append(f"{LEAST_BY_TWO} x one worker")
    waits = [figures["longest_wait"] for figures in row["sizes"].values() if "longest_wait" in figures]
    waited = f" (waited {max(waits):.2f} s)" if waits else ""
    return ", ".join(parts) + waited + (f": over in {', '.join(row['over'])}" if row["over"] else "")
