"""What the audit page reads: the stored results, put together by what was tried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.choices import AuditVerdict
from surveys.models import AuditRun

# The page lists so many audits.
_LISTED = 24
# Sources (surveys.audit.codes.SourceCode) of which all are one line.
_SHARED_PLACES = {"table": "All tables", "pages": "The pages of all tables on the disk"}


@dataclass(frozen=True)
class Attempt:
    """What the attacker wanted to find out, over every source; the figures are of the join that came furthest."""

    # What was wanted, in words.
    what: str
    # What the attacker had of the people.
    sources: tuple[str, ...]
    # How many joins were tried.
    tries: int
    # How many guesses that join made.
    guesses: int
    # How many guesses were right.
    hits: int
    # How many right ones somebody expects who knows nothing.
    chance: float
    # The most that chance explains.
    at_most: int
    # Whether any join was right more often than chance explains.
    failed: bool


@dataclass(frozen=True)
class Place:
    """Where canaries were looked for."""

    # In words: a table, a file, the server's log.
    name: str
    # How many bytes were read.
    size: int
    # How many sources it is made of.
    sources: int
    # What was found although it must not be there.
    leaks: tuple[str, ...]


def audit_runs() -> list[AuditRun]:
    """The latest first, without their reports."""
    return list(AuditRun.objects.defer("report")[:_LISTED])


def audit_run(pk: int | None = None) -> AuditRun | None:
    """One audit, or the latest."""
    runs = AuditRun.objects.all()
    return runs.first() if pk is None else runs.filter(pk=pk).first()


def attempts(report: Mapping[str, Any]) -> list[Attempt]:
    by_goal: dict[str, list[Mapping[str, Any]]] = {}
    for row in report["attacks"]:
        by_goal.setdefault(row["goal"], []).append(row)
    return [_attempt(rows) for rows in by_goal.values()]


def places(report: Mapping[str, Any]) -> list[Place]:
    """Tables and pages are each counted as one place; every other source by itself."""
    by_source: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in report["searches"]:
        code = row["code"]
        by_source.setdefault((code, "" if code in _SHARED_PLACES else row["name"]), []).append(row)
    return [_place(code, rows) for (code, _), rows in by_source.items()]


def _attempt(rows: list[Mapping[str, Any]]) -> Attempt:
    failed = [row for row in rows if row["verdict"] == AuditVerdict.FAILED]
    best = max(failed or rows, key=lambda row: row["hits"] - row["chance"])
    return Attempt(
        what=rows[0]["what"],
        sources=tuple(row["source"] for row in rows),
        tries=sum(row["tries"] for row in rows),
        guesses=best["guesses"],
        hits=best["hits"],
        chance=best["chance"],
        at_most=best["at_most"],
        failed=bool(failed),
    )


def _place(code: str, searched: Sequence[Mapping[str, Any]]) -> Place:
    name = _SHARED_PLACES.get(code, searched[0]["source"])
    leaks = {
        f"{kind} in {row['source']} while the wave was {row['moment']}"
        for row in searched
        for kind in set(row["found"]) - set(row["allowed"])
    }
    size, sources = sum(row["bytes"] for row in searched), {row["name"] for row in searched}
    return Place(name[0].upper() + name[1:], size, len(sources), tuple(sorted(leaks)))
