"""A closing commits after an answer's statement has taken its snapshot and before it has the invitation's lock.

A statement sees the rows of its snapshot, however long it then waits: whoever reads the wave's state by the statement
that takes the lock takes an answer for a wave that was counted meanwhile.
"""

from contextlib import contextmanager

import pytest
from django.db import connection

from surveys.ballot import sealing
from surveys.choices import WaveState
from surveys.models import Invitation, Response, SealedBallot, Wave
from surveys.services import dead_rows
from surveys.services.answering import CastOutcome
from tests.company import ballot_for, cast, close, invitations, make_people, make_survey, open_with_answers
from tests.threads import until_blocked

pytestmark = pytest.mark.django_db(transaction=True)

ANSWERED, SECONDS = 7, 30
# A trigger of the statement runs after its snapshot and before it locks a row. The session that has the lock passes.
PAUSE = """
    CREATE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NULL; END $$;
    CREATE TRIGGER pause BEFORE UPDATE ON surveys_invitation FOR EACH STATEMENT EXECUTE FUNCTION pause()
"""
# Whom it finds, marks and stores the box of in one: what it stores follows from what was found, or from what is marked.
ONE_STATEMENT = """
    WITH found AS (
        SELECT invitation.id, wave.id AS wave_id FROM surveys_invitation invitation
        JOIN surveys_wave wave ON wave.id = invitation.wave_id
        WHERE invitation.id = %s AND wave.state = 'open' AND NOT invitation.answered
    ), marked AS (
        UPDATE surveys_invitation invitation SET answered = true FROM found
        WHERE invitation.id = found.id AND NOT invitation.answered RETURNING invitation.wave_id
    )
    INSERT INTO surveys_sealedballot (id, wave_id, box) SELECT gen_random_uuid(), wave_id, %s FROM {}
"""


@pytest.fixture
def wave(tmp_path, monkeypatch):
    """Open, and seven have answered. What closing does to the files waits for everybody who is still answering."""
    monkeypatch.setattr(dead_rows, "erase", lambda: False)
    make_people({"Sales": (None, 24)})
    return open_with_answers(make_survey(), tmp_path, count=ANSWERED)


@pytest.fixture
def late(wave):
    """The invitation of somebody who has not answered yet."""
    return invitations(wave, "Sales", ANSWERED + 1)[-1]


@contextmanager
def _paused(work):
    """Starts `work`, which stops between snapshot and lock until the block ends. This connection is not stopped."""
    with connection.cursor() as cursor:
        cursor.execute(PAUSE)
        cursor.execute("SELECT pg_advisory_lock(1)")
        try:
            yield until_blocked(work)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(1)")
            cursor.execute("DROP FUNCTION pause CASCADE")


def _end(wave, _folder):
    """What a closing commits first; it then waits for the lock that the answer is about to take."""
    Wave.objects.filter(id=wave.id).update(state=WaveState.CLOSING)


@pytest.mark.parametrize("meanwhile", [_end, close])
def test_the_answer_is_refused_and_nothing_is_stored(wave, late, tmp_path, meanwhile):
    with _paused(lambda: cast(late)) as answering:
        meanwhile(wave, tmp_path)
    assert answering.result(SECONDS) == CastOutcome.NOT_OPEN
    assert (SealedBallot.objects.count(), Invitation.objects.filter(answered=True).count()) == (
        (ANSWERED, ANSWERED) if meanwhile is _end else (0, 0)
    )
    close(wave, tmp_path)
    assert (Response.objects.count(), SealedBallot.objects.count()) == (ANSWERED, 0)


@pytest.mark.parametrize(
    ("source", "outcome"), [("found", CastOutcome.ACCEPTED), ("marked", CastOutcome.ALREADY_ANSWERED)]
)
def test_by_one_statement_it_would_be_lost_or_refused_for_a_false_reason(wave, late, tmp_path, source, outcome):
    box = sealing.seal(ballot_for(late), bytes(wave.public_key))

    def cast_by_one_statement():
        with connection.cursor() as cursor:
            cursor.execute(ONE_STATEMENT.format(source), [late.id, box])
            return CastOutcome.ACCEPTED if cursor.rowcount else CastOutcome.ALREADY_ANSWERED

    with _paused(cast_by_one_statement) as answering:
        close(wave, tmp_path)
    assert answering.result(SECONDS) == outcome
    assert Response.objects.count() == ANSWERED
    assert SealedBallot.objects.count() == (outcome == CastOutcome.ACCEPTED)
