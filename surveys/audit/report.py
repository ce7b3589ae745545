"""The result of an audit as a document (surveys/audit/audit.schema.json), and as text for a terminal."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from surveys.audit.codes import AttackGoal, AuditSource, Unread
from surveys.audit.joins import Attack, SourceName
from surveys.audit.notebook import Notebook
from surveys.audit.wording import GOALS, describe_marks, describe_source, describe_unread

FORMAT = "faultline-audit/3"
PASSED, FAILED = "passed", "failed"
_WIDTH = 100


def rehearsal_document(notebook: Notebook) -> dict[str, Any]:
    """What was tried in the rehearsal: attacks by what they are after and by source, searches by source and moment."""
    return {
        "waves": len(notebook.attacks),
        "answers": notebook.votes,
        "attacks": list(_attacks(notebook)),
        "searches": _searches(notebook),
        "not_examined": _not_examined(sorted(notebook.not_examined.items())),
    }


def document(
    *,
    version: str,
    database: str,
    rehearsal: Mapping[str, Any],
    checks: list[dict[str, str]],
    unseen: Mapping[AuditSource, Unread],
) -> dict[str, Any]:
    """The whole audit. It failed if a single attack, search or check did."""
    results = [*rehearsal["attacks"], *rehearsal["searches"], *checks]
    return {
        "format": FORMAT,
        "version": version,
        "database": database,
        "verdict": FAILED if any(result["verdict"] == FAILED for result in results) else PASSED,
        **rehearsal,
        "checks": checks,
        "not_examined": [*rehearsal["not_examined"], *_not_examined(unseen.items())],
    }


def as_text(audit: Mapping[str, Any]) -> str:
    """For the operator at a terminal, and for those who are shown the result."""
    examined = "as far as it was examined" if audit["not_examined"] else "nothing was left out"
    lines = [
        f"Audit of anonymity, Faultline {audit['version']} on {audit['database']}",
        f"{audit['answers']} answers of made-up people in {audit['waves']} waves, attacked with all that can be read.",
        "",
        *_table(
            ("tried to find out", "from", "joins", "guesses", "hits", "chance", "at most", "verdict"),
            map(_attack_line, audit["attacks"]),
        ),
        "",
        *_table(("searched", "wave", "bytes", "found", "may hold", "verdict"), map(_search_line, audit["searches"])),
        "",
        *_table(
            ("checked", "verdict", "detail"),
            ((check["name"], check["verdict"], check["detail"]) for check in audit["checks"]),
        ),
        "",
        *(f"Not examined: {left['source']}: {left['reason']}" for left in audit["not_examined"]),
        f"Verdict: {audit['verdict']}, {examined}.",
    ]
    return "\n".join(lines)


def _attack_line(attack: Mapping[str, Any]) -> tuple[str, ...]:
    numbers = (str(attack[name]) for name in ("tries", "guesses", "hits"))
    return (
        attack["what"],
        attack["source"],
        *numbers,
        f"{attack['chance']:.1f}",
        str(attack["at_most"]),
        attack["verdict"],
    )


def _search_line(search: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = (", ".join(search[name]) or "nothing" for name in ("found", "allowed"))
    return search["source"], search["moment"], f"{search['bytes']:,}", *kinds, search["verdict"]


def _attacks(notebook: Notebook) -> Iterable[dict[str, Any]]:
    """Of each goal and source the attack that came furthest above chance."""
    by_source: dict[tuple[AttackGoal, SourceName], list[Attack]] = defaultdict(list)
    for wave in notebook.attacks:
        for attack in wave:
            by_source[attack.goal, attack.voters._replace(detail="")].append(attack)
    linked = {attack.name for attack in notebook.linked()}
    for (goal, source), attacks in by_source.items():
        failed = [attack for attack in attacks if attack.name in linked]
        best = max(failed or attacks, key=lambda attack: (attack.hits - attack.chance, attack.guesses))
        yield {
            "goal": goal,
            "what": GOALS[goal],
            "rows": source.rows,
            "place": source.place,
            "source": _marks(source),
            "tries": len(attacks),
            "best": f"{_marks(best.voters)} against {_marks(best.rows)}: {best.join}",
            "guesses": best.guesses,
            "hits": best.hits,
            "chance": round(best.chance, 2),
            "at_most": best.most,
            "verdict": FAILED if failed else PASSED,
        }


def _searches(notebook: Notebook) -> list[dict[str, Any]]:
    """Of all waves together; what was found in one of them was found."""
    merged: dict[tuple[AuditSource, str], dict[str, Any]] = {}
    for search in notebook.searches:
        row = merged.setdefault(
            (search.source, search.moment),
            {
                **_source(search.source),
                "moment": search.moment,
                "bytes": 0,
                "found": [],
                "allowed": list(search.allowed),
            },
        )
        row["bytes"] += search.size
        row["found"] = sorted({*row["found"], *search.found})
    for row in merged.values():
        row["verdict"] = FAILED if set(row["found"]) - set(row["allowed"]) else PASSED
    return list(merged.values())


def _not_examined(unread: Iterable[tuple[AuditSource, Unread]]) -> list[dict[str, Any]]:
    return [
        {**_source(source), "reason_code": reason.code, "reason": describe_unread(reason)} for source, reason in unread
    ]


def _source(source: AuditSource) -> dict[str, str]:
    return {"code": source.code, "name": source.name, "source": describe_source(source)}


def _marks(source: SourceName) -> str:
    return describe_marks(source.place, source.rows, source.detail)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [head, *rows]
    widths = [min(max(len(line[column]) for line in lines), _WIDTH) for column in range(len(head))]
    return ["  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in lines]
