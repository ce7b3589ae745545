"""Made-up results of audits, as audit_anonymity writes them."""

import datetime as dt

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def attack(**changes):
    return {
        "what": "who gave which answers",
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
        "kind": "table",
        "source": "table surveys_mail",
        "moment": "open",
        "bytes": 2048,
        "found": [],
        "allowed": [],
        "verdict": "passed",
    } | changes


def result(**changes):
    return {
        "format": "faultline-audit/2",
        "version": "0.1.0",
        "database": "PostgreSQL 15.1",
        "verdict": "passed",
        "waves": 3,
        "answers": 246,
        "attacks": [attack(), attack(source="mails, rows", hits=9)],
        "searches": [search(), search(kind="other", source="dump", bytes=1024)],
        "checks": [{"name": "settings", "verdict": "passed", "detail": "no system check finds an error"}],
        "not_examined": [],
    } | changes
