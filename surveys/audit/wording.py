"""The codes of an audit in words."""

from surveys.audit.codes import (
    AttackGoal,
    AuditSource,
    CheckCode,
    MarkPlace,
    RowKind,
    SourceCode,
    Unread,
    UnreadReason,
)
from surveys.rules.english import join_names

GOALS = {
    AttackGoal.SEALED_BALLOTS: "who cast which sealed ballot, by somebody who has the key",
    AttackGoal.ANSWERS: "who gave which answers",
    AttackGoal.RATINGS: "who gave which rating of another department",
    AttackGoal.COMMENTS: "who wrote which comment",
    AttackGoal.COMMENTS_BY_ANSWERS: "which comment belongs to which answers",
    AttackGoal.PRESENCE: "who answered at all",
    AttackGoal.ANSWERS_BY_PRESENCE: "who gave which answers, by who was there in which wave",
}
ROWS = {
    RowKind.INVITATIONS: "invitations",
    RowKind.MAILS: "mails",
    RowKind.SEALED_BALLOTS: "sealed ballots",
    RowKind.ANSWERS: "answers",
    RowKind.RATINGS: "ratings",
    RowKind.COMMENTS: "comments",
}
PLACES = {
    MarkPlace.ROWS: "rows",
    MarkPlace.DUMP: "dump",
    MarkPlace.PAGES: "pages",
    MarkPlace.PAGE_BYTES: "bytes of pages",
    MarkPlace.CHUNKS: "chunks",
    MarkPlace.LOG: "log",
    MarkPlace.MAILBOX: "mailbox",
    MarkPlace.FILE_BYTES: "bytes of file",
    MarkPlace.ALL_WAVES: "answers of all waves",
    MarkPlace.ANSWER_COUNT: "how many answered",
}
SOURCES = {
    SourceCode.TABLE: "table {name}",
    SourceCode.PAGES: "pages of {name}",
    SourceCode.POSTGRESQL_PAGES: "PostgreSQL's pages",
    SourceCode.WRITE_AHEAD_LOG: "PostgreSQL's write-ahead log",
    SourceCode.SQLITE_FILES: "SQLite's file and its log",
    SourceCode.DUMP: "dump",
    SourceCode.FOLDER: "{name}",
    SourceCode.BALLOT_KEYS: "permissions of BALLOT_KEY_DIR",
    SourceCode.CONSOLE: "what the real processes print",
    SourceCode.LOG_FILE: "{name}",
    SourceCode.SERVER_SETTINGS: "settings of PostgreSQL",
    SourceCode.SERVER_LIBRARIES: "libraries that PostgreSQL loads",
    SourceCode.BROKER: "Redis of the real deployment",
}
_UNREAD = {
    UnreadReason.PROGRAM_MISSING: "{about} is not installed on this machine",
    UnreadReason.PROGRAM_FAILED: "{about} failed: {detail}",
    UnreadReason.DATABASE_REFUSES: "PostgreSQL refuses: {detail}",
    UnreadReason.EXTENSION_REFUSED: "{about} cannot be used: {detail}",
    UnreadReason.KEYS_APART: "{detail}: it belongs to the counting worker alone",
    UnreadReason.OUTPUT_ELSEWHERE: "this program does not see it; write it to a file and name that with --log",
    UnreadReason.FILE_REFUSED: "{detail}",
    UnreadReason.SETTINGS_HIDDEN: "{about}: this version or user does not show them",
    UnreadReason.LIBRARIES_HIDDEN: "the database's user may not read {about}: GRANT pg_read_all_settings TO it",
    UnreadReason.LIBRARIES_UNKNOWN: "what {about} writes into the server's log is not known",
    UnreadReason.BROKER_IN_USE: "the rehearsal has a broker of its own, so that no real worker is disturbed",
}
CHECKS = {
    CheckCode.SETTINGS: "settings",
    CheckCode.HTTPS: "https",
    CheckCode.COLUMNS: "columns of the tables",
    CheckCode.BALLOT_KEYS: "ballot keys",
    CheckCode.LOGS: "logs",
    CheckCode.SERVER_LOG: "log of the database's server",
}


def describe_marks(place: MarkPlace, rows: RowKind | None, detail: str = "") -> str:
    """Where marks are from: what kind of row, which place, which of its numbers."""
    where = f"{ROWS[rows]}, {PLACES[place]}" if rows else PLACES[place]
    return f"{where}: {detail}" if detail else where


def describe_source(source: AuditSource) -> str:
    return SOURCES[source.code].format(name=source.name)


def describe_unread(reason: Unread) -> str:
    return _UNREAD[reason.code].format(about=join_names(reason.about), detail=reason.detail)
