"""What a thief of the disk reads: the files in which PostgreSQL keeps a table, its indexes and its large values."""

import re

from django.db import connection

_FILES = """
    WITH tables AS (
        SELECT oid, reltoastrelid FROM pg_class WHERE oid = ANY(%s::regclass[])
    ), files AS (
        SELECT oid FROM tables UNION SELECT reltoastrelid FROM tables WHERE reltoastrelid <> 0
        UNION SELECT indexrelid FROM pg_index JOIN tables ON indrelid IN (oid, reltoastrelid)
    )
    SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM files
"""
# Behind the id a row of an invitation has the token's hash, with one byte for its length, and then `answered`.
_HASH_LENGTH, _HASH = b"\x43", 32


def files_of(*models):
    """All bytes of the tables' files, after everything was written to them."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(_FILES, [[model._meta.db_table for model in models]])
        return b"\0".join(bytes(content) for (content,) in cursor.fetchall())


def rows_of(invitation_id, content):
    """What each row of the invitation that is found, alive or dead, says about whether it is answered."""
    start = re.escape(invitation_id.bytes + _HASH_LENGTH)
    return [match.end() and content[match.end() + _HASH] for match in re.finditer(start, content, re.DOTALL)]


def known_to_have_answered(invitation_ids, content):
    return {invitation_id for invitation_id in invitation_ids if 1 in rows_of(invitation_id, content)}
