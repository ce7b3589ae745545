"""What the server of the configured database writes into its log of answers, or keeps: PostgreSQL's settings, judged.

Each was tried on a real server, with values bound by it as the product binds them: tests/adversary/test_server_log.py.
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePath

from django.db import connection

from surveys.audit.codes import AuditSource, SourceCode, Unread, UnreadReason
from surveys.checks import QUIET_SERVER

Settings = Mapping[str, str | None]

LIBRARIES = AuditSource(SourceCode.SERVER_LIBRARIES)
SERVER_SETTINGS = AuditSource(SourceCode.SERVER_SETTINGS)
_PRELOADS = ("shared_preload_libraries", "session_preload_libraries", "local_preload_libraries")
# Those whose own settings are read, and one that keeps statements without their values, in no log.
_KNOWN = {"auto_explain", "pgaudit", "pg_stat_statements"}
_ABOVE_DEBUG = {"debug1", "info", "notice", "warning", "error", "log", "fatal", "panic"}
_MORE = (
    ("log_min_error_statement", {"panic"}, "writes the text of each statement that fails"),
    ("log_error_verbosity", {"terse"}, "writes the row that a statement could not store, answers and all"),
    ("log_lock_waits", {"off"}, "writes the place of a row that was waited for, and the transaction that changed it"),
    ("log_min_messages", _ABOVE_DEBUG, "writes statements, and the number of each transaction"),
    ("auto_explain.log_min_duration", {"-1"}, "writes plans, with the values in them, whatever log_error_verbosity is"),
    ("pgaudit.log", {"none", ""}, "writes statements"),
    ("pgaudit.role", {""}, "writes statements on the tables of that role"),
)
# Without log_error_verbosity = terse, and in logs that do not obey it, also with values.
_OF_STATEMENTS = {
    "log_statement", "log_min_duration_statement", "log_min_duration_sample", "log_transaction_sample_rate"
}  # fmt: skip
_STRUCTURED = {"csvlog", "jsonlog"}
# What a user may not read is left out there; what a library adds is not always in it.
READ = "SELECT name, setting FROM pg_settings UNION SELECT key, current_setting(key, true) FROM unnest(%s::text[]) key"
OF_LIBRARIES = [name for name, _, _ in _MORE if "." in name]


def read() -> Settings:
    with connection.cursor() as cursor:
        cursor.execute(READ, [OF_LIBRARIES])
        return dict(cursor.fetchall())


def problems(settings: Settings) -> Iterator[str]:
    """Of each setting that lets something of answers into the log what it does, and what to set it to."""
    for name, allowed, harm in (*QUIET_SERVER, *_MORE):
        value = settings.get(name)
        if value is not None and value not in allowed:
            without = name in _OF_STATEMENTS and not _values_follow(settings)
            does = "writes statements into the server's log, though without their values" if without else harm
            yield f"{name} is {value}: it {does}; set it to {_one_of(allowed)}"
    if _structured(settings):
        yield (
            f"log_destination is {settings['log_destination']}: these logs hold the row that a statement could not "
            "store, whatever log_error_verbosity is; set it to stderr or syslog"
        )


def unseen(settings: Settings) -> dict[AuditSource, Unread]:
    """What could not be judged, with the reason."""
    found: dict[AuditSource, Unread] = {}
    missing = tuple(name for name, _, _ in (*QUIET_SERVER, *_MORE) if "." not in name and settings.get(name) is None)
    if missing:
        found[SERVER_SETTINGS] = Unread(UnreadReason.SETTINGS_HIDDEN, missing)
    if unknown := _unknown_libraries(settings):
        found[LIBRARIES] = unknown
    return found


def _unknown_libraries(settings: Settings) -> Unread | None:
    """Why it is not known what loaded libraries write into the log; None where it is."""
    hidden = tuple(name for name in _PRELOADS if settings.get(name) is None)
    loaded = {library for name in _PRELOADS for library in _libraries(settings.get(name) or "")}
    unread = {name.partition(".")[0] for name in OF_LIBRARIES if settings.get(name) is None} & loaded
    if hidden:
        return Unread(UnreadReason.LIBRARIES_HIDDEN, hidden)
    strange = tuple(sorted(loaded - _KNOWN | unread))
    return Unread(UnreadReason.LIBRARIES_UNKNOWN, strange) if strange else None


def _values_follow(settings: Settings) -> bool:
    """Whether the values that were bound are in the detail of a statement's line."""
    detailed = settings.get("log_error_verbosity") != "terse" or _structured(settings)
    return detailed and settings.get("log_parameter_max_length") != "0"


def _structured(settings: Settings) -> bool:
    return not _STRUCTURED.isdisjoint(_libraries(settings.get("log_destination") or ""))


def _libraries(value: str) -> Iterator[str]:
    """The names in a list that PostgreSQL keeps as text; libraries without the folder and the ending."""
    return (PurePath(name.strip().strip('"')).stem for name in value.split(",") if name.strip(' "'))


def _one_of(allowed: set[str]) -> str:
    if allowed is _ABOVE_DEBUG:
        return "warning"
    return " or ".join(sorted(filter(None, allowed))) or "nothing"
