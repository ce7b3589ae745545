"""What must hold of a deployment for the promise of anonymity. Workers and beat refuse to start on an error."""

import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 -- Django's name
from django.db import connections

from surveys import mails

KEY_LETTERS = 32

# Setting of PostgreSQL, the values that keep answers apart from people, and what any other one does.
QUIET_SERVER = (
    ("track_commit_timestamp", {"off"}, "keeps the time of each answer"),
    ("log_statement", {"none", "ddl"}, "writes answers into the server's log"),
    ("log_min_duration_statement", {"-1"}, "writes answers into the server's log"),
    ("log_min_duration_sample", {"-1"}, "writes answers into the server's log"),
    ("log_transaction_sample_rate", {"0"}, "writes answers into the server's log"),
    ("log_parameter_max_length_on_error", {"0"}, "writes answers into the server's log"),
)


@register
def keys(**_kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if settings.ROLE == "counting" and not settings.BALLOT_KEY_DIR:
        found.append(
            Error(
                "The counting worker has no place for the keys of the ballots.",
                hint="Set BALLOT_KEY_DIR to a folder that only this process can read and that outlives it.",
                id="faultline.E001",
            )
        )
    if not settings.DEBUG and len(settings.LINK_KEY) < KEY_LETTERS:
        found.append(
            Error(
                f"LINK_KEY is shorter than {KEY_LETTERS} letters, so that answer links could be guessed.",
                hint="Set it to a long random text, for example from: openssl rand -hex 32",
                id="faultline.E002",
            )
        )
    return found


@register
def keys_are_private(**_kwargs: Any) -> list[CheckMessage]:
    """Of the process that has them. The files themselves are made for their owner only."""
    folder = Path(settings.BALLOT_KEY_DIR or "/dev/null")
    if not folder.is_dir() or not folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return []
    return [
        Warning(
            "BALLOT_KEY_DIR can be entered by other accounts of this machine.",
            hint=f"Keep the keys of the ballots to the counting worker alone: chmod 700 {folder}",
            id="faultline.W002",
        )
    ]


@register
def database_is_shared(**_kwargs: Any) -> list[CheckMessage]:
    if settings.EMBEDDED or settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        return []
    return [
        Error(
            "A deployment of several machines or containers needs a database that all of them reach.",
            hint="Set DATABASE_URL to a PostgreSQL server, or EMBEDDED=1 if everything runs on this one machine.",
            id="faultline.E003",
        )
    ]


@register
def mails_have_composers(**_kwargs: Any) -> list[CheckMessage]:
    """The database takes the kinds of the setting; a mail of a kind without a composer could never be sent."""
    stored, composed = {kind for kind, _ in settings.MAIL_KINDS}, mails.registered_kinds()
    if stored == composed:
        return []
    return [
        Error(
            f"MAIL_KINDS and the kinds of mail with a composer differ: {', '.join(sorted(stored ^ composed))}.",
            hint="Register a composer by surveys.mails.register when its app is ready, and list its kind.",
            id="faultline.E005",
        )
    ]


@register(deploy=True)
def site_is_encrypted(**_kwargs: Any) -> list[CheckMessage]:
    if settings.SITE_URL.startswith("https://"):
        return []
    return [
        Warning(
            "SITE_URL is not an https address, so answers can be read on their way.",
            hint="Put a proxy that ends HTTPS in front of the site and set SITE_URL to its address.",
            id="faultline.W001",
        )
    ]


@register(Tags.database)
def server_keeps_no_trace(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Asks the PostgreSQL servers among `databases` for the settings that anonymity rests on."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            for name, allowed, harm in QUIET_SERVER:
                cursor.execute("SELECT current_setting(%s)", [name])
                value = cursor.fetchone()[0]
                if value not in allowed:
                    found.append(_loud_server(name, value, allowed, harm))
    return found


def _loud_server(name: str, value: str, allowed: set[str], harm: str) -> CheckMessage:
    return Error(
        f"PostgreSQL's {name} is {value}: it {harm}.",
        hint=f"Set it to {' or '.join(sorted(allowed))} for this server, database or user.",
        id="faultline.E004",
    )
