"""What an audit tells apart, as codes. The document holds each beside its sentence (surveys.audit.wording)."""

from enum import StrEnum
from typing import NamedTuple


class AttackGoal(StrEnum):
    """What an attacker wants to find out."""

    SEALED_BALLOTS = "sealed_ballots"
    ANSWERS = "answers"
    RATINGS = "ratings"
    COMMENTS = "comments"
    COMMENTS_BY_ANSWERS = "comments_by_answers"
    PRESENCE = "presence"
    ANSWERS_BY_PRESENCE = "answers_by_presence"


class RowKind(StrEnum):
    """What kind of rows marks are of."""

    INVITATIONS = "invitations"
    MAILS = "mails"
    SEALED_BALLOTS = "sealed_ballots"
    ANSWERS = "answers"
    RATINGS = "ratings"
    COMMENTS = "comments"


class MarkPlace(StrEnum):
    """Where marks of rows are read."""

    ROWS = "rows"
    DUMP = "dump"
    PAGES = "pages"
    PAGE_BYTES = "page_bytes"
    CHUNKS = "chunks"
    LOG = "log"
    MAILBOX = "mailbox"
    FILE_BYTES = "file_bytes"
    # No place of its own: what the attacker knows of all waves, or of the number of answers.
    ALL_WAVES = "all_waves"
    ANSWER_COUNT = "answer_count"


class SourceCode(StrEnum):
    """What an audit reads, or cannot read."""

    TABLE = "table"
    # The files of a table, below its rows.
    PAGES = "pages"
    POSTGRESQL_PAGES = "postgresql_pages"
    WRITE_AHEAD_LOG = "write_ahead_log"
    SQLITE_FILES = "sqlite_files"
    DUMP = "dump"
    # What processes of the rehearsal leave behind: mails, logs, keys, a broker's files.
    FOLDER = "folder"
    # The following are of the real deployment, and never searched for canaries.
    BALLOT_KEYS = "ballot_keys"
    CONSOLE = "console"
    LOG_FILE = "log_file"
    SERVER_SETTINGS = "server_settings"
    SERVER_LIBRARIES = "server_libraries"
    BROKER = "broker"


class AuditSource(NamedTuple):
    """One thing that is read."""

    code: SourceCode
    # Which one, where there are several: a table, a folder, a file.
    name: str = ""


class UnreadReason(StrEnum):
    """Why a source was not examined."""

    PROGRAM_MISSING = "program_missing"
    PROGRAM_FAILED = "program_failed"
    DATABASE_REFUSES = "database_refuses"
    EXTENSION_REFUSED = "extension_refused"
    KEYS_APART = "keys_apart"
    OUTPUT_ELSEWHERE = "output_elsewhere"
    FILE_REFUSED = "file_refused"
    SETTINGS_HIDDEN = "settings_hidden"
    LIBRARIES_HIDDEN = "libraries_hidden"
    LIBRARIES_UNKNOWN = "libraries_unknown"
    BROKER_IN_USE = "broker_in_use"


class Unread(NamedTuple):
    """A reason with its arguments."""

    code: UnreadReason
    # The program, the settings or the libraries that it is about.
    about: tuple[str, ...] = ()
    # What the system, the program or the database reported.
    detail: str = ""


class CheckCode(StrEnum):
    """What is checked of the real deployment."""

    SETTINGS = "settings"
    HTTPS = "https"
    COLUMNS = "columns"
    BALLOT_KEYS = "ballot_keys"
    LOGS = "logs"
    SERVER_LOG = "server_log"
