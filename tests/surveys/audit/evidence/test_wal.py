"""The write-ahead log: of each row the order of its insert, however it was inserted."""

import random
import uuid

import pytest
from django.db import connection

from surveys.audit.evidence import wal

pytestmark = pytest.mark.django_db(transaction=True)
# Wide enough that a block holds a few, and that a record goes on in the next page of the log.
WIDE, CHANCE = b"x" * 1500, random.Random(1)


@pytest.fixture
def table():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE copied (id uuid PRIMARY KEY, number integer NOT NULL, content bytea NOT NULL)")
        # Stored as it is, in the row.
        cursor.execute("ALTER TABLE copied ALTER content SET STORAGE PLAIN")
        yield cursor
        cursor.execute("DROP TABLE copied")


def copy(cursor, count):
    """The ids of rows, in the order in which they were inserted."""
    ids = [uuid.UUID(int=CHANCE.getrandbits(128)) for _ in range(count)]
    with cursor.copy("COPY copied (id, number, content) FROM STDIN") as rows:
        for number, id_ in enumerate(ids):
            rows.write_row([id_, number, WIDE])
    return [id_.hex for id_ in ids]


def read_order(started, folder):
    """The rows in the order in which the log says that they were inserted."""
    inserts = next(marks for marks in wal.log_marks(started, folder)["copied"] if marks.source.detail == "INSERT")
    return sorted(inserts.of, key=inserts.of.__getitem__)


def test_rows_of_one_copy_come_in_their_order(table, tmp_path):
    """Also where it fills up blocks in which places have become free."""
    copy(table, 60)
    table.execute("DELETE FROM copied WHERE number % 3 > 0")
    table.execute("VACUUM copied")
    started = wal.begin(["copied"])
    assert copy(table, 500) == read_order(started, tmp_path)
