"""What must hold of a deployment for the promise of anonymity. Every process refuses to start on an error."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from surveys import mails

import_module("surveys.checks.keys")
import_module("surveys.checks.site")

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
