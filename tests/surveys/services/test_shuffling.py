"""What the rows themselves tell: nothing; and a shuffle keeps within what one statement may carry."""

from collections import Counter

import pytest
from django.conf import settings
from django.db import ConnectionHandler, connection, transaction

from surveys.ballot import sealing
from surveys.models import Invitation, SealedBallot
from surveys.services import dead_rows, shuffling
from tests import factories
from tests.company import cast, close, invitations, make_people, make_survey, open_next

pytestmark = pytest.mark.django_db(transaction=True)

POSTGRESQL_LIMIT = 65535
COLUMNS = 3
OPTIONS = {"init_command": "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON;"}


def test_no_statement_grows_with_the_wave(monkeypatch):
    assert shuffling.BATCH_SIZE * COLUMNS < POSTGRESQL_LIMIT
    monkeypatch.setattr(shuffling, "BATCH_SIZE", 10)
    wave = factories.make_wave()
    boxes = [bytes([number]) * sealing.BOX_BYTES for number in range(45)]
    SealedBallot.objects.bulk_create(SealedBallot(wave=wave, box=box) for box in boxes)
    parameters = Counter()

    def count(execute, sql, params, many, context):
        parameters[sql.split()[0]] = max(parameters[sql.split()[0]], len(params or ()))
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(count):
        assert shuffling.rewrite_in_batches(wave.id) == 45
    assert (parameters["DELETE"], parameters["INSERT"]) == (10, 10 * COLUMNS)
    assert max(parameters.values()) == 10 * COLUMNS
    assert sorted(bytes(sealed_ballot.box) for sealed_ballot in SealedBallot.objects.all()) == boxes


def test_on_sqlite_the_log_beside_the_file_is_emptied(tmp_path, monkeypatch):
    file = tmp_path / "faultline.sqlite3"
    sqlite = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "TIME_ZONE": None}
    connections = ConnectionHandler({"default": settings.DATABASES["default"] | sqlite | {"OPTIONS": OPTIONS}})
    embedded = connections["default"]
    with embedded.cursor() as cursor:
        cursor.execute("CREATE TABLE invitation (answered)")
        cursor.execute("INSERT INTO invitation VALUES ('Ada answered')")
        cursor.execute("UPDATE invitation SET answered = ''")
    log = tmp_path / "faultline.sqlite3-wal"
    assert b"Ada answered" in log.read_bytes()
    monkeypatch.setattr(dead_rows, "connection", embedded)
    assert dead_rows.erase() is True
    assert log.read_bytes() == b""
    assert b"Ada answered" not in file.read_bytes()
    embedded.close()


def test_on_sqlite_the_erasing_fails_if_somebody_still_reads_the_log(tmp_path, monkeypatch):
    sqlite = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "faultline.sqlite3"), "TIME_ZONE": None}
    options = {"init_command": f"PRAGMA busy_timeout=1; {OPTIONS['init_command']}"}
    connections = ConnectionHandler({"default": settings.DATABASES["default"] | sqlite | {"OPTIONS": options}})
    embedded, reader = connections["default"], connections.create_connection("default")
    with embedded.cursor() as cursor, reader.cursor() as reading:
        cursor.execute("CREATE TABLE invitation (answered)")
        reading.execute("BEGIN")
        reading.execute("SELECT * FROM invitation")
        cursor.execute("INSERT INTO invitation VALUES ('Ada answered')")
        monkeypatch.setattr(dead_rows, "connection", embedded)
        assert dead_rows.erase() is False
        reading.execute("COMMIT")
        assert dead_rows.erase() is True
    embedded.close()
    reader.close()


def test_neither_number_nor_place_of_a_row_tells_who_answered(tmp_path):
    make_people()
    wave = open_next(make_survey(), tmp_path)
    voters = [invitation.id for name in ("Sales", "Marketing") for invitation in invitations(wave, name, 12)]
    for invitation in Invitation.objects.filter(id__in=voters).select_related("wave"):
        cast(invitation)

    def rows(*columns):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(columns)} FROM surveys_invitation ORDER BY ctid")
            return cursor.fetchall()

    assert {pk for (pk,) in rows("id")[-len(voters) :]} == set(voters)
    close(wave, tmp_path)
    assert len(set(rows("xmin::text"))) == 1
    order = [pk in voters for (pk,) in rows("id")]
    assert sum(order) == len(voters)
    assert order not in (sorted(order), sorted(order, reverse=True))
