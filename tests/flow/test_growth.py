"""The work of each step of a wave, counted at two sizes: it grows as the company does, and no faster.

`make bench` takes the same steps by the clock, at sizes up to a million.
"""

from collections import defaultdict

import pytest
from celery import current_app
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.mails import sending
from surveys.models import Mail, Wave
from surveys.services import shuffling
from tests.benchmarks.bench import company, steps
from tests.benchmarks.bench.plan import MOST_GROWTH
from tests.benchmarks.bench.table import exponent
from tests.emptying import delete_rows
from tests.entered import entered

pytestmark = pytest.mark.django_db(transaction=True)

# The first loads pages and dictionaries, and is not counted.
FIRST, SIZES, MAILS = 100, (150, 600), 20


class CountingMeter:
    """Counts calls of functions and statements here, and bytes of PostgreSQL's log."""

    def __init__(self):
        self.found = {}

    def measure(self, work):
        before = written_bytes()
        with CaptureQueriesContext(connection) as statements, entered() as calls:
            work()
        self.found = {"calls": calls.total, "statements": len(statements), "bytes": written_bytes() - before}


def written_bytes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')")
        return int(cursor.fetchone()[0])


def mail(meter, _people, _folder):
    meter.measure(lambda: sending.send_pending(MAILS))
    assert not Mail.objects.filter(state="deferred").exists()


def shuffle(meter, _people, _folder):
    meter.measure(lambda: shuffling.shuffle(wave_id=Wave.objects.get().id))


KINDS = "calls", "statements", "bytes"
STEPS = {
    "import_csv": steps.import_csv,
    "import_xlsx": steps.import_xlsx,
    "open": steps.open,
    "mail": mail,
    "fill": steps.fill,
    "shuffle": shuffle,
    "close": steps.close,
    "score": steps.score,
}


@pytest.fixture
def counted(tmp_path, monkeypatch):
    """By step and kind of work, how much of it at each size."""
    monkeypatch.setattr(current_app, "send_task", lambda *_, **__: None)
    found = defaultdict(dict)
    for people in (FIRST, *SIZES):
        folder = tmp_path / str(people) / "turn" / "database"
        folder.mkdir(parents=True)
        company.write_csv(tmp_path / str(people) / "first.csv", people)
        company.write_xlsx(tmp_path / str(people) / "second.xlsx", people)
        for name, step in STEPS.items():
            meter = CountingMeter()
            step(meter, people, folder)
            if name != "fill" and people != FIRST:
                for kind in KINDS:
                    found[name, kind][people] = meter.found[kind]
        delete_rows()
    return found


def test_the_work_of_a_step_grows_no_faster_than_the_company(counted):
    growth = {work: exponent(counts) for work, counts in counted.items()}
    assert len(growth) == len(KINDS) * (len(STEPS) - 1)
    assert {work: found for work, found in growth.items() if found > MOST_GROWTH} == {}
    # One statement holds 2,000 rows: until then there are as many, whatever the size.
    assert {work: counted[work] for work in growth if work[1] == "statements" and abs(growth[work]) > 0.1} == {}
