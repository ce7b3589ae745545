# ruff: noqa: PLC0415 - Django is set up, on the server that is started here, before its models can be imported
"""Scores waves of 2,000 groups on PostgreSQL: read, compute, judge, store; prints seconds.

One has 500 answers a group, a million in all; the other 3 to 12, so that much must be suppressed. Run as
`python -m tests.benchmarks.bench_wave`; it starts its own PostgreSQL, and needs 2 GB of disk for a while. Exits 1 where
a wave takes 30 s or more, or scoring needs 2 GB of memory. With a number behind it, that many groups.
"""

import datetime as dt
import resource
import sys
import time

from tests.benchmarks.database import django_on_postgres

GROUPS, DIVISIONS, PEOPLE = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000, 50, 800
# How many answers a group has, in SQL.
WAVES = {"large groups": "500", "small groups": "3 + (random() * 9)::int"}
SECONDS, GIGABYTES = 30.0, 2.0
FIRST = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
# People lean one way; 12 answers each: ten core items, a rotating one, and the pick-one question.
FILL = """
insert into surveys_response (id, wave_id, group_id, answers)
select gen_random_uuid(), wave_id, id,
    (select string_agg(decode('0' || least(greatest((lean + 0 * n + 2 * random() - 1)::int, 0), 4), 'hex'), ''::bytea)
     from generate_series(1, 11) n) || decode('00', 'hex')
from (select wave_id, id, 1.6 + random() + random() - random() - random() as lean
      from surveys_reportinggroup, generate_series(1, {answers})
      where wave_id = %s) people
"""


def main():
    with django_on_postgres():
        return bench()


def bench():

    from diagnostics.services import alerting, digesting, scoring
    from surveys.selectors import results

    spent = {}
    watch(spent, results, "answer_blocks", "reading answers")
    watch(spent, scoring, "DecodedWave", "decoding")
    watch(spent, scoring, "judge", "computing, and deciding what is shown")
    watch(spent, scoring, "examine", "reliability, ranking, power")
    watch(spent, alerting, "advance", "alerts")
    watch(spent, digesting, "write_digests", "digests")
    departments = made_up_departments()
    missed = [measure(title, answers, departments, spent) for title, answers in WAVES.items()]
    return int(any(missed))


def measure(title, answers, departments, spent):
    from django.db import connection

    from diagnostics.models import Score
    from diagnostics.services import scoring
    from surveys.models import Response

    wave = made_up_wave(title, departments)
    with connection.cursor() as cursor:
        cursor.execute(FILL.format(answers=answers), [wave.id])
        cursor.execute("analyze")
    spent.clear()
    start = time.perf_counter()
    scoring.score(wave_id=wave.id)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    given, figures = Response.objects.filter(wave=wave), Score.objects.filter(group__snapshot__wave=wave)
    suppressed = figures.filter(status="suppressed").count()
    print(
        f"{title}: {given.count():,} answers, {GROUPS:,} groups, {figures.count():,} figures, "
        f"{suppressed:,} of them suppressed"
    )
    for part, taken in spent.items():
        print(f"{taken:6.2f} s  {part}")
    print(f"{seconds - sum(spent.values()):6.2f} s  storing, and the rest")
    print(f"{seconds:6.2f} s  together, peak memory {peak:.2f} GB")
    return seconds >= SECONDS or peak >= GIGABYTES


def watch(spent, module, name, title):
    """Adds up the seconds that a function of a module takes."""
    function = getattr(module, name)

    def timed(*arguments, **named):
        start = time.perf_counter()
        try:
            return function(*arguments, **named)
        finally:
            spent[title] = spent.get(title, 0.0) + time.perf_counter() - start

    setattr(module, name, timed)


def made_up_departments():
    from surveys.models import Department

    divisions = Department.objects.bulk_create(Department(name=f"Division {number}") for number in range(DIVISIONS))
    return Department.objects.bulk_create(
        Department(name=f"Department {number}", parent=divisions[number % DIVISIONS]) for number in range(GROUPS)
    )


def made_up_wave(title, leaves):
    from surveys.models import ReportingGroup, Wave
    from surveys.roster.tree import group_key
    from tests.diagnostics.waves import make_survey, questionnaire

    survey = make_survey(title)
    wave = Wave.objects.create(
        survey=survey,
        number=1,
        state="closed",
        instrument=survey.instrument,
        questionnaire=questionnaire(),
        opens_at=FIRST,
        closes_at=FIRST + dt.timedelta(days=7),
    )
    ReportingGroup.objects.bulk_create(
        ReportingGroup(
            wave=wave,
            key=group_key([leaf.id]),
            name=leaf.name,
            departments=[leaf.id],
            parent=leaf.parent,
            division=leaf.parent,
            people=PEOPLE,
        )
        for leaf in leaves
    )
    return wave


if __name__ == "__main__":
    sys.exit(main())
