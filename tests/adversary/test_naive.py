"""The negative control: designs that look anonymous are linked by the very program that Faultline withstands."""

import pytest
from django.db import connection

from surveys.audit.codes import MarkPlace
from surveys.audit.evidence import wal
from surveys.audit.joins import attack
from tests.adversary import naive

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _tables_gone():
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS naive_participant, naive_response; DROP EXTENSION IF EXISTS pageinspect")


def best(attacks):
    found = max(attacks, key=lambda result: result.hits)
    voters, rows = found.voters, found.rows
    print(f"\n{found.hits} of {found.guesses} linked by {voters.detail} and {rows.detail}, {found.join}; "
          f"chance {found.chance}, at most {found.most}")  # fmt: skip
    return found


def test_a_link_that_is_deleted_in_one_transaction_is_there_for_everybody():
    everybody = naive.company(together=True)
    found = best(naive.attacked(everybody))
    assert len(everybody.row_of) == sum(naive.GROUPS) == 420
    assert found.hits >= 0.95 * 420


def test_a_vacuum_of_both_tables_changes_nothing():
    everybody = naive.company(together=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM FULL naive_participant, naive_response")
    assert best(naive.attacked(everybody)).hits >= 0.95 * 420


@pytest.mark.parametrize(("number", "share"), [(1, 0.95), (8, 0.5)])
def test_two_transactions_one_after_the_other_are_little_better(number, share):
    found = best(naive.attacked(naive.company(together=False, number=number)))
    assert found.hits >= share * 420
    assert found.linked


def test_the_log_alone_is_enough(tmp_path):
    """Rows followed from place to place by their changes, as the attack on the product follows invitations."""
    started = []
    everybody = naive.company(
        together=True, begin=lambda: started.append(wal.begin(["naive_participant", "naive_response"]))
    )
    marks = wal.log_marks(started[0], tmp_path)
    found = best(attack(everybody, marks["naive_participant"], marks["naive_response"]))
    assert found.hits >= 0.95 * 420
    assert found.voters.place == MarkPlace.LOG


def test_the_log_is_followed_though_the_server_goes_on_writing(tmp_path, monkeypatch):
    read = wal.segments

    def read_while_it_grows(start):
        yield from list(read(start))
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_logical_emit_message(true, 'somebody else', repeat('x', 100000))")

    monkeypatch.setattr(wal, "segments", read_while_it_grows)
    started = []
    naive.company(together=True, begin=lambda: started.append(wal.begin(["naive_participant"])))
    assert len(wal.log_marks(started[0], tmp_path)["naive_participant"]) > 2
