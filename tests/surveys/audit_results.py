"""Made-up results of audits, as audit_anonymity writes them."""

import datetime as dt

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def attack(**changes):
    return {
        "goal": "answers",
        "what": "who gave which answers",
        "rows": "invitations",
        "place": "log",
        "source": "invitations, log",
        "tries": 120,
        "best": "log against rows",
        "guesses": 83,
        "hits": 11,
        "chance": 6.0,
        "at_most": 16,
        "verdict": "passed",
    } | changes


def search(**changes):
    return {
        "code": "table",
        "name": "surveys_mail",
        "source": "table surveys_mail",
        "moment": "open",
        "bytes": 2048,
        "found": [],
        "allowed": [],
        "verdict": "passed",
    } | changes


def result(**changes):
    return {
        "format": "faultline-audit/3",
        "version": "0.1.0",
        "database": "PostgreSQL 15.1",
        "verdict": "passed",
        "waves": 3,
        "answers": 246,
        "attacks": [attack(), attack(rows="mails", place="rows", source="mails, rows", hits=9)],
        "searches": [search(), search(code="dump", name="", source="dump", bytes=1024)],
        "checks": [
            {"code": "settings", "name": "settings", "verdict": "passed", "detail": "no system check finds an error"}
        ],
        "not_examined": [],
    } | changes
