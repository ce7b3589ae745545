"""The steps of a wave, each called in a process of its own, one after the other on one database."""

import datetime as dt
import io
import random
import time

from django.core.management import call_command
from django.db import connection

from surveys.ballot import sealing
from surveys.ballot.sealing import Ballot, Rating
from surveys.models import Invitation, ReportingGroup, Survey, Wave
from surveys.questions import questionnaire
from surveys.questions.instrument_file import BUILT_IN
from surveys.services import closing, dead_rows, opening, scheduling, shuffling
from surveys.services.instruments import import_instrument
from tests.benchmarks.bench.answering import Answering
from tests.benchmarks.bench.mailing import send_by

SEED, BOXES_EACH, RATINGS, COMMENT_EACH = 20_260_101, 20, 2, 20
_COMMENT = "We wait for decisions of others for weeks, and nobody tells us why. A short meeting each Monday would help."


def import_csv(meter, _people, folder):
    _import(meter, folder.parents[1] / "first.csv")


def import_xlsx(meter, _people, folder):
    _import(meter, folder.parents[1] / "second.xlsx")


def _import(meter, file):
    meter.measure(lambda: call_command("import_people", str(file), stdout=io.StringIO()))


def open(meter, _people, folder):  # noqa: A001 -- the step's name
    instrument = import_instrument(BUILT_IN.read_text(encoding="utf-8")).instrument
    survey = Survey.objects.create(name="Pulse", instrument=instrument, first_opens_on=dt.date(2030, 1, 7))
    scheduling.plan_next(survey=survey)
    wave = survey.waves.get()
    meter.measure(lambda: opening.open_wave(wave_id=wave.id, key_directory=folder / "keys"))


def mail(meter, people, _folder):
    send_by(1, meter, people)


def mail_by_two(meter, people, _folder):
    send_by(2, meter, people)


def fill(meter, people, _folder):
    """Ballots of so many people, sealed; a few different ones for each group, stored again and again."""
    wave, chance = Wave.objects.get(), random.Random(SEED)
    groups = list(ReportingGroup.objects.filter(wave=wave).order_by("name"))
    with connection.cursor() as cursor:
        cursor.execute("create temporary table made (group_id uuid, number int, box bytea)")
        rows = [
            (group.id, number, sealing.seal(_ballot(wave, groups, place, number, chance), bytes(wave.public_key)))
            for place, group in enumerate(groups)
            for number in range(BOXES_EACH)
        ]
        with cursor.copy("copy made from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            "update surveys_invitation set answered = true where id in (select id from surveys_invitation limit %s)",
            [people],
        )
        cursor.execute(
            "insert into surveys_sealedballot (id, wave_id, box) select gen_random_uuid(), %s, box from "
            "(select group_id, row_number() over (partition by group_id) %% %s as number from surveys_invitation "
            "where answered) answered join made using (group_id, number)",
            [wave.id, BOXES_EACH],
        )
        cursor.execute("drop table made")
        cursor.execute("vacuum analyze")
    meter.measure(lambda: None)


def _ballot(wave, groups, place, number, chance):
    """Of somebody who rates the departments that follow; of one of twenty a comment too."""
    rating = bytes([0] + [chance.randrange(5) for _ in wave.questionnaire["counterparts"]["items"]])
    rated = [groups[(place + 1 + step) % len(groups)].departments[0] for step in range(RATINGS)]
    answers = bytes(chance.randrange(5) for _ in range(questionnaire.answer_length(wave.questionnaire)))
    return Ballot(
        group=groups[place].id,
        answers=answers,
        ratings=tuple(Rating(department, rating) for department in rated),
        comment=_COMMENT if number % COMMENT_EACH == 1 else "",
    )


def shuffle(meter, _people, _folder):
    wave = Wave.objects.get()
    answering = Answering(_waiting(wave))
    night = dt.date(2030, 1, 8)
    answering.during(lambda: time.sleep(1))
    waits = answering.during(lambda: meter.measure(lambda: shuffling.shuffle(wave_id=wave.id, night=night)))
    meter.found |= {"longest_wait": max(waits, default=0.0), "answers_meanwhile": len(waits)}


def _waiting(wave):
    """Invitations of those who have not answered, which share one wave."""
    waiting = list(Invitation.objects.filter(wave=wave, answered=False))
    for invitation in waiting:
        invitation.wave = wave
    return waiting


def erase(meter, _people, _folder):
    """Of dead rows, as after a closing, while people answer."""
    waits = Answering(_waiting(Wave.objects.get())).during(lambda: meter.measure(dead_rows.erase))
    meter.found |= {"longest_wait": max(waits, default=0.0), "answers_meanwhile": len(waits)}


def close(meter, _people, folder):
    wave = Wave.objects.get()
    meter.measure(lambda: closing.close_wave(wave_id=wave.id, key_directory=folder / "keys"))


def score(meter, _people, _folder):
    from diagnostics.services import scoring  # noqa: PLC0415 -- its numpy would count as memory of every step

    wave = Wave.objects.get()
    meter.measure(lambda: scoring.score(wave_id=wave.id))
