"""What the database's own files still say when a wave is closed: nothing of who answered, whatever rows were before."""

import pytest
from django.db import connection, connections, transaction

from surveys.choices import WaveState
from surveys.models import Invitation, Mail, SealedBallot
from surveys.services import closing, dead_rows, inviting, scheduling
from surveys.services.answering import CastOutcome
from tests.company import cast, close, invitations, make_people, make_survey, open_next
from tests.surveys.server_files import files_of, known_to_have_answered, rows_of
from tests.threads import in_background

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("new_files")]

PEOPLE, VOTERS = 120, 70
SECONDS = 30


@pytest.fixture
def survey():
    make_people({"Sales": (None, PEOPLE)})
    return make_survey()


@pytest.fixture
def wave(survey, tmp_path):
    """Everybody but the last fifty has answered, and those got a reminder."""
    wave = open_next(survey, tmp_path)
    for invitation in invitations(wave, "Sales", VOTERS):
        cast(invitation)
    inviting.remind(wave_id=wave.id, number=1)
    return wave


@pytest.fixture
def everybody(wave):
    return [invitation.id for invitation in invitations(wave, "Sales")]


@pytest.fixture
def erase_carelessly(monkeypatch):
    monkeypatch.setattr(dead_rows, "erase", lambda: dead_rows.vacuum() is None)


def reminded(everybody, content):
    return {invitation_id for invitation_id in everybody if f"{invitation_id}:1".encode() in content}


def test_while_a_wave_is_open_the_files_say_who_answered(wave, everybody):
    content = files_of(Invitation, Mail)
    assert known_to_have_answered(everybody, content) == set(everybody[:VOTERS])
    assert reminded(everybody, content) == set(everybody[VOTERS:])


def test_after_closing_no_file_reveals_who_answered_or_was_reminded(wave, everybody, tmp_path):
    close(wave, tmp_path)
    content = files_of(Invitation, Mail)
    assert [rows_of(invitation_id, content) for invitation_id in everybody] == [[0]] * PEOPLE
    assert reminded(everybody, content) == set()


@pytest.mark.usefixtures("erase_carelessly")
def test_a_plain_vacuum_would_leave_it_there(wave, everybody, tmp_path):
    close(wave, tmp_path)
    content = files_of(Invitation, Mail)
    assert len(known_to_have_answered(everybody, content)) > VOTERS / 2
    assert len(reminded(everybody, content)) > (PEOPLE - VOTERS) / 2


def test_the_sealed_boxes_are_gone_and_their_space_is_free(wave, tmp_path):
    close(wave, tmp_path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size(%s::regclass)", [SealedBallot._meta.db_table])
        assert cursor.fetchone() == (0,)


@pytest.fixture
def old_transaction(monkeypatch):
    """Somebody else's transaction that still sees the database as it is now, and will for longer than we wait."""
    monkeypatch.setattr(dead_rows, "TRIES", 1)
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT 1")
    yield other
    other.close()


def due_to_close(wave):
    return [step.args for step in scheduling.due(wave.closes_at) if step.task == "surveys.tasks.close_wave"]


def test_dead_rows_wait_for_an_old_transaction_that_can_read_them(wave, everybody, tmp_path, old_transaction, caplog):
    close(wave, tmp_path)
    assert (wave.state, list(tmp_path.iterdir())) == (WaveState.CLOSED, [])
    assert "in 1 ended waves" in caplog.text
    assert known_to_have_answered(everybody, files_of(Invitation)) == set(everybody[:VOTERS])
    assert due_to_close(wave) == [(str(wave.id),)]
    with old_transaction.cursor() as cursor:
        cursor.execute("ROLLBACK")
    assert closing.close_wave(wave_id=wave.id, key_directory=tmp_path) is False
    assert known_to_have_answered(everybody, files_of(Invitation)) == set()
    assert due_to_close(wave) == []


def test_a_locked_table_delays_the_erasing_and_no_answer(wave, everybody, monkeypatch):
    # As pg_dump does, which reads for as long as it takes: its lock is one that answers get along with.
    reader = connections.create_connection("default")
    with monkeypatch.context() as patch, reader.cursor() as cursor:
        patch.setattr(dead_rows, "LOCK_MILLISECONDS", 1)
        patch.setattr(dead_rows, "all_ended", lambda _newest: True)
        cursor.execute("BEGIN")
        cursor.execute(f"LOCK TABLE {Invitation._meta.db_table} IN ACCESS SHARE MODE")
        assert dead_rows.erase() is False
        late = invitations(wave, "Sales")[-1]
        assert in_background(lambda: cast(late)).result(SECONDS) == CastOutcome.ACCEPTED
        cursor.execute("ROLLBACK")
    reader.close()
    assert dead_rows.erase() is True


def test_any_other_trouble_of_the_erasing_is_not_hidden(wave, monkeypatch):
    monkeypatch.setattr(dead_rows, "LOCK_MILLISECONDS", "'no number'")
    with pytest.raises(Exception, match="lock_timeout"):
        dead_rows.erase()


def test_the_erasing_keeps_every_row_as_it_is(wave, everybody):
    before = [list(model.objects.order_by("id").values()) for model in (Invitation, Mail, SealedBallot)]
    assert dead_rows.erase() is True
    assert [list(model.objects.order_by("id").values()) for model in (Invitation, Mail, SealedBallot)] == before
    assert [len(rows) for rows in before] == [PEOPLE, PEOPLE * 2 - VOTERS, VOTERS]


def test_inside_a_transaction_nothing_can_be_erased(wave):
    with pytest.raises(Exception, match="VACUUM cannot run inside a transaction block"), transaction.atomic():
        dead_rows.erase()
