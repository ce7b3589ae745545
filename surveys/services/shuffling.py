"""Rewriting the sealed ballots in random order, so that no row order or transaction number tells whose is whose."""

import datetime as dt
import random
import uuid
from collections.abc import Collection
from typing import Any

from django.db import connection, transaction
from django.db.models import AutoField, Model

from surveys.choices import WaveState
from surveys.models import Invitation, ReportingGroup, SealedBallot, Wave
from surveys.rules.limits import BATCH_SIZE
from surveys.services import dead_rows
from surveys.services.participating import refresh_participation

_CHANCE = random.SystemRandom()
# The ids come from the server's cryptographic randomness, and the rows lie in their order. What is sorted are ids and
# pointers to the boxes; each box is then stored again, so that the numbers of its parts tell nothing either.
_REWRITE = """
    WITH old AS (DELETE FROM surveys_sealedballot WHERE wave_id = %s RETURNING wave_id, box)
    INSERT INTO surveys_sealedballot (id, wave_id, box) SELECT gen_random_uuid(), wave_id, box FROM old ORDER BY 1
"""


def shuffle(*, wave_id: uuid.UUID, night: dt.date | None = None) -> int:
    """Gives every sealed ballot of the wave a new row and id, in random order; returns how many.

    With a `night`, only while the wave is open and if that night's shuffle has not been done yet; participation is
    refreshed along with it.

    The answered invitations are rewritten in the same transaction, so that they carry its number too. On PostgreSQL
    the dead rows are vacuumed away afterwards; on SQLite `secure_delete` overwrites them, and the log is emptied.
    """
    with transaction.atomic():
        wave = Wave.objects.select_for_update(no_key=True).get(id=wave_id)
        # Another worker may have done it, or closed the wave and forgotten who answered.
        if night is not None and (wave.state != WaveState.OPEN or wave.shuffled_on == night):
            return 0
        ballots = rewrite_ballots(wave_id)
        Invitation.objects.filter(wave_id=wave_id, answered=True).update(answered=True)
        if night is not None:
            refresh_participation(wave, night)
    dead_rows.vacuum()
    return ballots


def rewrite_ballots(wave_id: uuid.UUID) -> int:
    """Gives each sealed ballot a new row and id, in random order; returns how many."""
    if connection.vendor != "postgresql":
        return rewrite_in_batches(wave_id)
    with connection.cursor() as cursor:
        # In memory: a sort that spills would leave on the disk which row has become which.
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(_REWRITE, [wave_id])
        return int(cursor.rowcount)


def rewrite_in_batches(wave_id: uuid.UUID) -> int:
    """Does so without a function of one database, and no statement grows with the wave."""
    ballots = list(SealedBallot.objects.filter(wave_id=wave_id).values_list("id", flat=True))
    shuffle_in_place(ballots)
    for start in range(0, len(ballots), BATCH_SIZE):
        _move(wave_id, ballots[start : start + BATCH_SIZE])
    return len(ballots)


def _move(wave_id: uuid.UUID, ballots: list[uuid.UUID]) -> None:
    """A random few of the boxes: all of a large wave at once would fill the memory."""
    old = SealedBallot.objects.filter(id__in=ballots)
    new = [SealedBallot(wave_id=wave_id, box=box) for box in old.values_list("box", flat=True)]
    shuffle_in_place(new)
    old.delete()
    SealedBallot.objects.bulk_create(new)


def forget_answered(*, wave_id: uuid.UUID) -> None:
    """Gives every invitation of the wave a new row, not answered, in random order; in the closing's transaction.

    If only those that were answered were written, the numbers and places of the rows would still say which. What was
    published of departments goes too.
    """
    invitations = list(Invitation.objects.filter(wave_id=wave_id))
    for invitation in invitations:
        invitation.answered = False
    shuffle_in_place(invitations)
    Invitation.objects.filter(wave_id=wave_id).delete()
    store_rows(invitations)
    ReportingGroup.objects.filter(wave_id=wave_id).update(at_target=None)


def shuffle_in_place(rows: list[Any]) -> None:
    """Puts the rows in a new order, by the operating system's randomness."""
    _CHANCE.shuffle(rows)


def store_in_random_order(rows: list[Any]) -> None:
    """Stores rows of one model in an order that tells nothing of whose they are."""
    shuffle_in_place(rows)
    store_rows(rows)


def store_rows(rows: Collection[Model]) -> None:
    """Inserts new rows, in their order, in one statement on PostgreSQL, which takes a tenth of `bulk_create`'s time.

    As with that, nothing of a model's own `save` is called; and the rows are not told their numbers.
    """
    if not rows:
        return
    model = type(next(iter(rows)))
    if connection.vendor != "postgresql":
        model._default_manager.bulk_create(rows, batch_size=BATCH_SIZE)
        return
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])
