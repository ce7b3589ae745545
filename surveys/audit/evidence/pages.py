"""PostgreSQL's pages as they are on the disk: live rows, dead rows, and what is left between them (pageinspect)."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import starmap
from typing import Any

from django.db import DatabaseError, connection

from surveys.audit.codes import MarkPlace, UnreadReason
from surveys.audit.evidence.source import UnreadableError, as_bytes, places
from surveys.audit.joins import Marks, SourceName

_RELATIONS = """
    SELECT oid::regclass::text FROM pg_class WHERE oid = %(table)s::regclass
    UNION ALL SELECT reltoastrelid::regclass::text FROM pg_class WHERE oid = %(table)s::regclass AND reltoastrelid <> 0
    UNION ALL SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = %(table)s::regclass
"""
_PAGES = """
    SELECT get_raw_page(%(relation)s::text, block::int)
    FROM generate_series(0, pg_relation_size(%(relation)s::regclass) / current_setting('block_size')::int - 1) AS block
"""
_ITEMS = """
    SELECT block * 65536 + lp, t_xmin::text::bigint, t_xmax::text::bigint, t_field3, t_data
    FROM generate_series(0, pg_relation_size(%(table)s::regclass) / current_setting('block_size')::int - 1) AS block,
         heap_page_items(get_raw_page(%(table)s::text, block::int))
    WHERE t_data IS NOT NULL
"""
_CHUNKS = """
    SELECT chunk_id::bigint, min(xmin::text::bigint),
           min((ctid::text::point)[0]::bigint * 65536 + (ctid::text::point)[1]::bigint) FROM {} GROUP BY chunk_id
"""
_ID = 16
# A value that is stored outside its row leaves a pointer: this head, two sizes of 4 bytes, the chunk's number.
_POINTER, _CHUNK = b"\x01\x12", slice(10, 14)


def install_pageinspect() -> None:
    """Raises UnreadableError where that takes more rights than this account has."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pageinspect")
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise UnreadableError(UnreadReason.EXTENSION_REFUSED, "pageinspect", detail=reason) from error


def relations(table: str) -> list[str]:
    """The table, what is stored outside its rows, and its indexes."""
    return [name for (name,) in _fetch(_RELATIONS, table=table)]


def raw(relation: str) -> Iterator[bytes]:
    for (page,) in _fetch(_PAGES, relation=relation):
        yield bytes(page)


def page_marks(table: str, rows: Collection[str]) -> list[Marks]:
    """Of every version of each row that is still on a page, and of each trace of its id between them."""
    versions: dict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
    for place, xmin, xmax, command, data in _fetch(_ITEMS, table=table):
        versions[bytes(data[:_ID]).hex()].append((place, xmin, xmax, command))
    kinds = {"place": 0, "transaction": 1, "end": 2, "command": 3}
    marks = []
    for name, column in kinds.items():
        unit = "transaction" if name == "end" else name
        for which, pick in (("first", min), ("last", max)):
            of = {row: pick(version[column] for version in versions[row]) for row in rows if row in versions}
            marks.append(Marks(SourceName(MarkPlace.PAGES, f"{which} {name}"), unit, of))
    for relation in relations(table):
        marks += places(MarkPlace.PAGE_BYTES, b"".join(raw(relation)), rows, written=as_bytes, detail=str(relation))
    return marks


def chunk_marks(table: str) -> list[Marks]:
    """Of the values that are stored outside the live rows: number, transaction and place of their chunks."""
    toast = relations(table)[1]
    chunks = {chunk: marks for chunk, *marks in _fetch(_CHUNKS.format(toast))}
    chunk_of = dict(starmap(_chunk_of, ((row[4], row[2]) for row in _fetch(_ITEMS, table=table))))
    chunk_of.pop("", None)
    kept = {row: chunk for row, chunk in chunk_of.items() if chunk in chunks}
    return [
        Marks(SourceName(MarkPlace.CHUNKS, "number"), "chunk", kept),
        Marks(
            SourceName(MarkPlace.CHUNKS, "transaction"),
            "transaction",
            {row: chunks[chunk][0] for row, chunk in kept.items()},
        ),
        Marks(SourceName(MarkPlace.CHUNKS, "place"), "place", {row: chunks[chunk][1] for row, chunk in kept.items()}),
    ]


def _chunk_of(data: bytes, ended: int) -> tuple[str, int]:
    """The row's id and its chunk; no id for a row that holds none or is dead."""
    pointer = bytes(data).rfind(_POINTER, _ID)
    if ended or pointer < 0:
        return "", 0
    return bytes(data[:_ID]).hex(), int.from_bytes(data[pointer:][_CHUNK], "little")


def _fetch(query: str, **values: str) -> list[Any]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall()
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise UnreadableError(UnreadReason.DATABASE_REFUSES, detail=reason) from error
