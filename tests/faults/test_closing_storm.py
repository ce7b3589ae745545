"""People answer while the wave is being closed: what was acknowledged is counted, what was refused is not."""

import threading
from contextlib import contextmanager
from random import Random

import pytest
from django.db import connection, transaction

from surveys.choices import WaveState
from surveys.models import Invitation, Response, SealedBallot, Wave
from surveys.services import closing
from surveys.services.answering import CastOutcome
from surveys.services.counting import count_ballots, open_boxes
from tests.company import cast, invitations, make_people, make_survey, open_next
from tests.threads import at_once, in_background, until_blocked
from tests.tiers import LONG

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 50 if LONG else 15
EARLIEST = 5
RESPONDENTS = 8
SECONDS = 30


@pytest.fixture
def survey():
    make_people({"Sales": (None, 24), "Marketing": (None, 16)})
    return make_survey()


def storm(wave, key_directory, *, closes_after):
    """Everybody answers, eight at a time; closing starts after so many were acknowledged. All outcomes."""
    everybody = invitations(wave, "Sales") + invitations(wave, "Marketing")
    Random(closes_after).shuffle(everybody)
    acknowledged = threading.Semaphore(0)

    def work(number):
        if number == RESPONDENTS:
            for _ in range(closes_after):
                acknowledged.acquire(timeout=SECONDS)
            closing.close_wave(wave_id=wave.id, key_directory=key_directory)
            return []
        outcomes = []
        for invitation in everybody[number::RESPONDENTS]:
            outcomes.append(cast(invitation))
            if outcomes[-1] == CastOutcome.ACCEPTED:
                acknowledged.release()
        return outcomes

    return [outcome for outcomes in at_once(RESPONDENTS + 1, work) for outcome in outcomes]


def test_in_a_storm_every_acknowledged_answer_is_counted_and_no_other(survey, tmp_path):
    refused = 0
    for number in range(ROUNDS):
        wave = open_next(survey, tmp_path)
        closes_after = EARLIEST + number % 30
        outcomes = storm(wave, tmp_path, closes_after=closes_after)
        accepted = outcomes.count(CastOutcome.ACCEPTED)
        assert outcomes.count(CastOutcome.NOT_OPEN) == 40 - accepted
        assert Response.objects.filter(wave=wave).count() == accepted >= closes_after
        refused += 40 - accepted
    assert SealedBallot.objects.count() == 0
    assert refused > 0, "closing never met anybody who was still answering"


# Interleavings, made certain: somebody has stopped on the way of answering when the wave is closed.

# What an answer that has its ballot sealed stops before, by the beginning of the statement.
MARK, READ, STORE = 'UPDATE "surveys_invitation"', "SELECT state, public_key", 'INSERT INTO "surveys_sealedballot"'


@pytest.fixture
def wave(survey, tmp_path):
    """Seven have answered."""
    wave = open_next(survey, tmp_path)
    for invitation in invitations(wave, "Sales", 7):
        cast(invitation)
    return wave


@contextmanager
def stopped(wave, before):
    """The eighth answer, which stops before that statement until the block ends."""
    [*_, late] = invitations(wave, "Sales", 8)
    reached, go_on = threading.Event(), threading.Event()

    def stop(execute, sql, *rest):
        if sql.startswith(before):
            reached.set()
            if not go_on.wait(SECONDS):
                raise TimeoutError
        return execute(sql, *rest)

    def answer():
        with connection.execute_wrapper(stop):
            return cast(late)

    answering = in_background(answer)
    assert reached.wait(SECONDS)
    try:
        yield answering
    finally:
        go_on.set()


def test_closing_waits_for_no_answer_that_has_marked_nothing(wave, tmp_path):
    with stopped(wave, MARK) as answering:
        assert closing.close_wave(wave_id=wave.id, key_directory=tmp_path) is True
    assert answering.result(SECONDS) == CastOutcome.NOT_OPEN
    assert (Response.objects.count(), SealedBallot.objects.count()) == (7, 0)
    assert not Invitation.objects.filter(answered=True).exists()


@pytest.mark.parametrize(
    ("before", "outcome", "counted"), [(READ, CastOutcome.NOT_OPEN, 7), (STORE, CastOutcome.ACCEPTED, 8)]
)
def test_closing_waits_for_an_answer_half_way_and_counts_it_if_taken(wave, tmp_path, before, outcome, counted):
    with stopped(wave, before) as answering:
        closer = until_blocked(lambda: closing.close_wave(wave_id=wave.id, key_directory=tmp_path))
    assert (answering.result(SECONDS), closer.result(SECONDS)) == (outcome, True)
    assert (Response.objects.count(), SealedBallot.objects.count()) == (counted, 0)


def careless_count(wave, key_directory):
    key = closing.keys.load(key_directory, wave.id, bytes(wave.public_key))
    ballots, _ = open_boxes(wave, SealedBallot.objects.filter(wave=wave), key)
    count_ballots(wave, ballots)
    Invitation.objects.filter(wave=wave, answered=True).update(answered=False)
    Wave.objects.filter(id=wave.id).update(state=WaveState.CLOSED)


def close_by_reading_first(wave, key_directory):
    with transaction.atomic():
        careless_count(wave, key_directory)


def close_without_locking(wave, key_directory):
    Wave.objects.filter(id=wave.id).update(state=WaveState.CLOSING)
    with transaction.atomic():
        careless_count(wave, key_directory)


@pytest.mark.parametrize("careless", [close_by_reading_first, close_without_locking])
def test_a_careless_closing_loses_an_acknowledged_answer(wave, tmp_path, careless):
    with stopped(wave, STORE) as answering:
        careless(wave, tmp_path)
    assert answering.result(SECONDS) == CastOutcome.ACCEPTED
    assert Response.objects.filter(wave=wave).count() == 7


def test_an_answer_sent_while_the_boxes_are_read_waits_and_is_refused(wave, tmp_path, monkeypatch):
    late = invitations(wave, "Sales", 8)[-1]
    answering = []
    real = closing.open_boxes

    def open_boxes_meanwhile(*arguments):
        answering.append(until_blocked(lambda: cast(late)))
        return real(*arguments)

    monkeypatch.setattr(closing, "open_boxes", open_boxes_meanwhile)
    closing.close_wave(wave_id=wave.id, key_directory=tmp_path)
    assert answering[0].result(SECONDS) == CastOutcome.NOT_OPEN
    assert (Response.objects.filter(wave=wave).count(), SealedBallot.objects.count()) == (7, 0)
    assert not Invitation.objects.filter(answered=True).exists()


def test_two_workers_that_close_the_same_wave_count_it_once(wave, tmp_path):
    closed = at_once(2, lambda _: closing.close_wave(wave_id=wave.id, key_directory=tmp_path))
    assert sorted(closed) == [False, True]
    assert Response.objects.filter(wave=wave).count() == 7


def test_a_worker_that_comes_after_the_key_is_gone_raises_no_alarm(wave, tmp_path, monkeypatch):
    real = closing.keys.load

    def load_too_late(*arguments):
        monkeypatch.setattr(closing.keys, "load", real)
        closing.close_wave(wave_id=wave.id, key_directory=tmp_path)
        return real(*arguments)

    monkeypatch.setattr(closing.keys, "load", load_too_late)
    assert closing.close_wave(wave_id=wave.id, key_directory=tmp_path) is False
    assert Response.objects.filter(wave=wave).count() == 7


@pytest.mark.parametrize(
    "step",
    [
        (closing.key_custody, "key_of"),
        (closing, "shuffle"),
        (closing, "destroy_spent_keys"),
        (closing.keys, "wave_ids"),
        (closing.keys, "destroy"),
        (closing.dead_rows, "erase"),
        (closing.trustees, "forget_retired"),
    ],
)
def test_another_worker_may_close_the_wave_before_any_step(wave, tmp_path, monkeypatch, caplog, step):
    closed = []
    real = getattr(*step)

    def close_too():
        return closing.close_wave(wave_id=wave.id, key_directory=tmp_path)

    def step_too_late(*arguments, **fields):
        monkeypatch.setattr(*step, real)
        closed.append(close_too())
        return real(*arguments, **fields)

    monkeypatch.setattr(*step, step_too_late)
    closed.append(close_too())
    assert sorted(closed) == [False, True]
    assert (Response.objects.filter(wave=wave).count(), SealedBallot.objects.count()) == (7, 0)
    wave.refresh_from_db()
    assert (wave.state, wave.key_lost, wave.public_key, list(tmp_path.iterdir())) == (WaveState.CLOSED, False, None, [])
    assert [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []
