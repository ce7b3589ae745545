"""PostgreSQL's write-ahead log: every change of every row, in order, whatever was deleted since."""

import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection

from surveys.audit.codes import MarkPlace, UnreadReason
from surveys.audit.evidence.rows import row_marks
from surveys.audit.evidence.source import UnreadableError
from surveys.audit.evidence.wal_records import LogFiles
from surveys.audit.joins import Marks, SourceName

_RECORD = re.compile(
    r"tx:\s+(?P<tx>\d+), lsn: (?P<high>[0-9A-F]+)/(?P<low>[0-9A-F]+),.*desc: (?P<what>\w+)(?P<first>\+INIT)? "
    r"(?P<how>.*?)blkref #0: rel \d+/\d+/(?P<rel>\d+)(?: fork \w+)? blk (?P<block>\d+)"
    r"(?:.*?blkref #1: rel \d+/\d+/\d+(?: fork \w+)? blk (?P<old>\d+))?"
)
# PostgreSQL 15 writes "off 5 ... new off 6", 16 and later "old_off: 5, ... new_off: 6".
_OFFSET, _NEW_OFFSET = re.compile(r"\boff:? (\d+)|old_off:? (\d+)"), re.compile(r"new[ _]off:? (\d+)")
# PostgreSQL 15 writes "5 tuples flags 0x00", 16 and later "ntuples: 5, flags: 0x00".
_ROWS = re.compile(r"(\d+) tuples|ntuples: (\d+)")
_SEGMENTS = """
    SELECT name FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$' AND name >= pg_walfile_name(%s)
    AND name <= pg_walfile_name(pg_current_wal_insert_lsn()) ORDER BY name
"""
Place = tuple[int, int]


@dataclass(frozen=True)
class Start:
    """A moment in PostgreSQL's log."""

    # Its address in the log.
    position: str
    # Where the rows of each table were then, by number of the table's file.
    rows: Mapping[str, tuple[int, Mapping[Place, str]]]


def begin(tables: Iterable[str]) -> Start:
    """Remembers this moment, as a backup would. Raises UnreadableError where the log cannot be read at all."""
    _keep_from_now_on()
    where = {table: (_file(table), _places(table)) for table in tables}
    return Start(_one("SELECT pg_current_wal_insert_lsn()"), where)


def _keep_from_now_on() -> None:
    """Until this connection ends: a checkpoint would let go of what is still to be read."""
    slot = f"faultline_audit_{_one('SELECT pg_backend_pid()')}"
    if _one("SELECT count(*) FROM pg_replication_slots WHERE slot_name = %s", slot) == "0":
        _one("SELECT pg_create_physical_replication_slot(%s, true, true)", slot)


def segments(start: Start) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file of the log since then."""
    _flush()
    for (name,) in _fetch(_SEGMENTS, start.position):
        ((content,),) = _fetch("SELECT pg_read_binary_file('pg_wal/' || %s)", name)
        yield name, bytes(content)


def _flush() -> str:
    """The position up to which, at least, the log is in its files: the end of a record."""
    # Where commits do not wait for the disk, the last records are not there yet.
    _one("SELECT set_config('synchronous_commit', 'on', false)")
    return _one("SELECT pg_logical_emit_message(true, 'faultline', 'read')")


def log_marks(start: Start, folder: Path) -> dict[str, list[Marks]]:
    """By table, of each row: position and transaction of its first insert, update, lock and delete since `start`."""
    # Before the files are read: the server goes on writing.
    end = _flush()
    for name, content in segments(start):
        (folder / name).write_bytes(content)
    replays = {table: _Replay(*known) for table, known in start.rows.items()}
    by_file = {replay.file: replay for replay in replays.values()}
    files = LogFiles(folder)
    for line in _dumped(start.position, end, folder):
        record = _RECORD.search(line)
        if record and (replay := by_file.get(int(record["rel"]))):
            if record["what"] == "MULTI_INSERT":
                replay.follow_many(record, files)
            else:
                replay.follow(record)
    return {table: replay.marks(_places(table, in_file=replay.file)) for table, replay in replays.items()}


class _Replay:
    """Follows rows from place to place. A row that is new has a number until it is known who it became."""

    def __init__(self, file: int, rows: Mapping[Place, str]) -> None:
        self.file = file
        self._at: dict[Place, str] = dict(rows)
        self._events: dict[str, list[tuple[str, int, int]]] = defaultdict(list)

    def follow(self, record: re.Match[str]) -> None:
        what, block = record["what"].removeprefix("HOT_"), int(record["block"])
        position = _position(record)
        offset = _OFFSET.search(record["how"])
        if offset is None:
            return
        place = (int(record["old"] or block), int(offset[1] or offset[2]))
        if what == "INSERT":
            self._at[place] = f"new at {position}"
        row = self._at.get(place, f"unknown at {position}")
        self._events[row].append((what, position, int(record["tx"])))
        if what == "UPDATE" and (new := _NEW_OFFSET.search(record["how"])):
            self._at.pop(place, None)
            self._at[block, int(new[1])] = row

    def follow_many(self, record: re.Match[str], files: LogFiles) -> None:
        """The rows that COPY has put into one block, in their order. Their positions count on from the record's."""
        found = _ROWS.search(record["how"])
        if found is None:
            raise UnreadableError(UnreadReason.PROGRAM_FAILED, "pg_waldump", detail=record[0])
        count, position = int(found[1] or found[2]), _position(record)
        # A block that the record begins has the rows from its first place on.
        offsets = range(1, count + 1) if record["first"] else files.multi_insert_offsets(position, count)
        for number, offset in enumerate(offsets):
            row = self._at[int(record["block"]), offset] = f"new at {position}, {number}"
            self._events[row].append(("INSERT", position + number, int(record["tx"])))

    def marks(self, now: Mapping[Place, str]) -> list[Marks]:
        became = {self._at[place]: row for place, row in now.items() if place in self._at}
        position, transaction = defaultdict[str, dict[str, int]](dict), defaultdict[str, dict[str, int]](dict)
        for row, events in self._events.items():
            for what, where, number in events:
                position[what].setdefault(became.get(row, row), where)
                transaction[what].setdefault(became.get(row, row), number)
        kinds = sorted(position)
        return [
            *(Marks(SourceName(MarkPlace.LOG, what), "log", position[what]) for what in kinds),
            *(
                Marks(SourceName(MarkPlace.LOG, f"{what}, transaction"), "transaction", transaction[what])
                for what in kinds
            ),
        ]


def _position(record: re.Match[str]) -> int:
    return int(record["high"], 16) << 32 | int(record["low"], 16)


def _places(table: str, *, in_file: int | None = None) -> dict[Place, str]:
    """None of a table that was rewritten since it was in that file: its rows lie elsewhere now."""
    if in_file not in (None, _file(table)):
        return {}
    (place,) = (marks for marks in row_marks(table) if marks.unit == "place")
    return {divmod(where, 65536): row for row, where in place.of.items()}


def _file(table: str) -> int:
    return int(_one("SELECT pg_relation_filenode(%s)", table))


def _dumped(position: str, end: str, folder: Path) -> list[str]:
    command = [program("pg_waldump"), "--path", str(folder), "--start", position, "--end", end]
    # Heap2 has what COPY inserts.
    command += ["--rmgr", "Heap", "--rmgr", "Heap2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- PostgreSQL's own
    if done.returncode:
        raise UnreadableError(UnreadReason.PROGRAM_FAILED, "pg_waldump", detail=done.stderr.strip())
    return done.stdout.splitlines()


def program(name: str) -> str:
    """One of PostgreSQL's programs, of the server's version. Raises UnreadableError if it is not installed."""
    major = int(_one("SHOW server_version_num")) // 10000
    debian = Path(f"/usr/lib/postgresql/{major}/bin/{name}")
    found = str(debian) if debian.exists() else shutil.which(name)
    if found is None:
        raise UnreadableError(UnreadReason.PROGRAM_MISSING, name)
    return found


def _one(query: str, *values: str) -> str:
    return str(_fetch(query, *values)[0][0])


def _fetch(query: str, *values: str) -> list[Any]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall()
    except DatabaseError as error:
        detail = str(error).strip().splitlines()[0]
        raise UnreadableError(UnreadReason.DATABASE_REFUSES, detail=detail) from error
