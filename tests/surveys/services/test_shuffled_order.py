"""After a shuffle no order in which the server keeps the boxes tells in which order they came in."""

import os
from itertools import combinations

import pytest
from django.db import connection
from scipy import stats

from surveys.ballot import sealing
from surveys.models import SealedBallot
from surveys.services.shuffling import shuffle
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("new_files")]

BALLOTS = 600
# Of a rank correlation by chance: four standard deviations, passed once in 16,000 runs.
BAND = 4 / (BALLOTS - 1) ** 0.5


def ranks():
    """The boxes, four times: in the order of their rows, of their ids, of the numbers of their parts, of the parts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltoastrelid::regclass::text FROM pg_class WHERE relname = 'surveys_sealedballot'")
        [parts] = cursor.fetchone()
        box = "string_agg(chunk_data, ''::bytea ORDER BY chunk_seq)"
        queries = {
            "row": "SELECT box FROM surveys_sealedballot ORDER BY ctid",
            "id": "SELECT box FROM surveys_sealedballot ORDER BY id",
            "number of parts": f"SELECT {box} FROM {parts} GROUP BY chunk_id ORDER BY chunk_id",
            "place of parts": f"SELECT {box} FROM {parts} GROUP BY chunk_id ORDER BY min(ctid)",
        }
        found = {}
        for name, query in queries.items():
            cursor.execute(query)
            found[name] = [bytes(value) for (value,) in cursor.fetchall()]
    return found


@pytest.fixture
def wave():
    return factories.make_wave()


@pytest.fixture
def came_in(wave):
    """The boxes in the order in which they came in, each by a transaction of its own."""
    boxes = [os.urandom(sealing.BOX_BYTES) for _ in range(BALLOTS)]
    for box in boxes:
        SealedBallot.objects.create(wave=wave, box=box)
    return boxes


def correlation(first, second):
    place = {box: number for number, box in enumerate(second)}
    return stats.spearmanr(range(len(first)), [place[box] for box in first]).statistic


def test_before_a_shuffle_every_order_but_that_of_the_ids_tells_it(came_in):
    correlations = {name: correlation(came_in, order) for name, order in ranks().items()}
    assert min(correlations.pop("row"), correlations.pop("number of parts"), correlations.pop("place of parts")) > 0.99
    assert abs(correlations.pop("id")) < BAND


def test_after_a_shuffle_none_does(wave, came_in):
    before = ranks()
    assert shuffle(wave_id=wave.id) == BALLOTS
    after = ranks()
    assert [sorted(order) == sorted(came_in) for order in after.values()] == [True] * 4
    correlations = {(old, new): correlation(before[old], after[new]) for old in before for new in after}
    assert {pair: figure for pair, figure in correlations.items() if abs(figure) > BAND} == {}


def test_two_shuffles_have_nothing_in_common(wave, came_in):
    orders = []
    for _ in range(3):
        shuffle(wave_id=wave.id)
        orders.append(ranks()["row"])
    assert all(abs(correlation(first, second)) < BAND for first, second in combinations(orders, 2))


def test_what_is_sorted_stays_in_memory(wave, came_in):
    written = "SELECT temp_bytes FROM pg_stat_database WHERE datname = current_database()"
    with connection.cursor() as cursor:
        cursor.execute(written)
        before = cursor.fetchone()
        shuffle(wave_id=wave.id)
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(written)
        assert cursor.fetchone() == before
