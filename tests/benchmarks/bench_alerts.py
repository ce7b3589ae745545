# ruff: noqa: PLC0415 - Django is set up, on the server that is started here, before its models can be imported
"""Takes the alerts of 2,000 groups one wave further, after a history of 200 waves, on PostgreSQL, and prints seconds.

Run as `python -m tests.benchmarks.bench_alerts`; it starts its own PostgreSQL, and needs 4 GB of disk for a while.
Exits 1 where reading the last states, judging level, change and response, and storing the new ones take 5 s or more.
"""

import datetime as dt
import random
import sys
import time

from tests.benchmarks.database import django_on_postgres

WAVES, GROUPS, LIMIT, SEED = 200, 2_000, 5.0, 20_260_101
FIRST = dt.datetime(2011, 1, 3, 9, tzinfo=dt.UTC)
COPY = """
insert into diagnostics_alertstate
(survey_id, wave_id, key, kind, measure, ongoing, since, memory, event, reason_code, reason_arguments)
select survey_id, %s, key, kind, measure, ongoing, since, memory, event, reason_code, reason_arguments
from diagnostics_alertstate where wave_id = %s
"""


def main():
    with django_on_postgres():
        return bench()


def bench():
    from django.db import connection

    from diagnostics.models import AlertState, Snapshot
    from diagnostics.services import alerting
    from surveys.rules.limits import BATCH_SIZE

    waves = made_up_waves()
    Snapshot.objects.bulk_create(Snapshot(wave=wave, method="1.0") for wave in waves[:-1])
    chance = random.Random(SEED)
    AlertState.objects.bulk_create(alerting.advance(figures(waves[0], 1, chance)), 2000)
    fill(connection, waves)
    last = figures(waves[-1], WAVES, chance)

    start = time.perf_counter()
    states = alerting.advance(last)
    judged = time.perf_counter()
    AlertState.objects.bulk_create(states, batch_size=BATCH_SIZE)
    end = time.perf_counter()
    history = AlertState.objects.count() - len(states)
    print(f"{history:,} states of {WAVES - 1} waves before; {len(states):,} states of {GROUPS:,} groups after")
    print(f"read and judged in {judged - start:.2f} s, stored in {end - judged:.2f} s, together {end - start:.2f} s")
    return int(end - start >= LIMIT)


def made_up_waves():
    from surveys.models import Instrument, Survey, Wave

    instrument = Instrument.objects.create(code="faultline", version=1, document={})
    survey = Survey.objects.create(name="Pulse", instrument=instrument, first_opens_on=FIRST.date())
    return Wave.objects.bulk_create(
        Wave(
            survey=survey,
            number=number,
            state="closed",
            instrument=instrument,
            opens_at=FIRST + dt.timedelta(weeks=4 * number),
            closes_at=FIRST + dt.timedelta(weeks=4 * number, days=7),
        )
        for number in range(1, WAVES + 1)
    )


def fill(connection, waves):
    """The first wave's states for all waves but the last: what is in them does not matter, how many there are does."""
    with connection.cursor() as cursor:
        for wave in waves[1:-1]:
            cursor.execute(COPY, [wave.id, waves[0].id])
        cursor.execute("analyze diagnostics_alertstate")


def figures(wave, number, chance):
    """A wave's figures as scoring has them, of groups below a company, all published."""
    from diagnostics.choices import COMPANY_KEY, GroupKind
    from diagnostics.core.alerts.thresholds import Thresholds
    from diagnostics.scoring.disclosing import WaveFigures
    from diagnostics.scoring.key import Scale, ScoringKey
    from diagnostics.scoring.measures import ComputedMeasures, NodeEstimate, NodeMeasure
    from diagnostics.scoring.tree import Node
    from surveys.rules.rounding import Band, band_of
    from surveys.selectors.results import ClosedWave

    scales = tuple(Scale(f"sign_{sign}", "core", (2 * sign, 2 * sign + 1)) for sign in range(5))
    scoring_key = ScoringKey(((0.0, 100.0),) * 10, tuple(f"item_{item}" for item in range(10)), scales, None)
    nodes = [Node(COMPANY_KEY, "All", GroupKind.COMPANY, None, (), (), 20 * GROUPS)]
    nodes += [
        Node(f"{group:016x}", f"Group {group}", GroupKind.GROUP, COMPANY_KEY, (group,), (group,), 20)
        for group in range(GROUPS)
    ]

    def raw():
        y = chance.gauss(40, 6)
        return NodeMeasure(
            12,
            (),
            NodeEstimate(y, y - 8, y + 8, y - 12, y + 12, chance.random(), chance.random(), y, 20.0, 0.5, 30.0),
            Band(10, 14),
        )

    tables = {measure: {node.key: raw() for node in nodes} for measure in scoring_key.alerting}
    respondents = {node.key: node.people * 3 // 5 for node in nodes}
    bands = {node.key: band_of(respondents[node.key], node.people) for node in nodes}
    closed = ClosedWave(wave.id, wave.survey_id, number, wave.opens_at.date(), 5, {}, 10)
    published = {measure: {} for measure in scoring_key.alerting}
    return WaveFigures(
        closed, scoring_key, nodes, Thresholds(), ComputedMeasures(tables, respondents, bands), published
    )


if __name__ == "__main__":
    sys.exit(main())
