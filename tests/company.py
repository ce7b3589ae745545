"""A small company on the real services: people, a survey, an open wave, ballots cast and counted."""

import datetime as dt
import random
from functools import cache

from surveys.ballot.sealing import Ballot
from surveys.models import Department, Employee, Instrument, Invitation, Survey, Wave
from surveys.questions.instrument_file import BUILT_IN, load
from surveys.questions.questionnaire import answer_length
from surveys.selectors.key_authenticity import keys_of
from surveys.services import closing, opening, scheduling
from surveys.services.answering import cast_ballot

MONDAY = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)

# name: (parent, people)
COMPANY = {
    "Commercial": (None, 0),
    "Marketing": ("Commercial", 12),
    "Sales": ("Commercial", 20),
    "Finance": (None, 9),
    "Legal": ("Finance", 3),
}


def make_people(company=COMPANY):
    """Departments and employees by name of department; mails are like `sales.1@example.com`."""
    departments = {}
    for name, (parent, count) in company.items():
        departments[name] = Department.objects.create(name=name, parent=departments.get(parent))
        Employee.objects.bulk_create(
            Employee(
                email=f"{name}.{number}@example.com".lower(), name=f"{name} {number}", department=departments[name]
            )
            for number in range(count)
        )
    return departments


def make_survey(*, first=MONDAY, **fields):
    return Survey.objects.create(
        **{"name": "Pulse", "instrument": built_in(), "first_opens_on": first.date(), "opening_hour": 9} | fields
    )


def built_in() -> Instrument:
    """As an import stores it, but the file is read and checked once."""
    bank = _bank()
    stored, _ = Instrument.objects.get_or_create(
        code=bank["code"], version=bank["version"], defaults={"document": bank}
    )
    stored.refresh_from_db()
    return stored


@cache
def _bank():
    return load(BUILT_IN.read_bytes())


def open_next(survey, key_directory, *, now=None) -> Wave:
    """Plans and opens the survey's next wave by the real services."""
    if not survey.waves.filter(state="planned").exists():
        scheduling.plan_next(survey=survey)
    wave = survey.waves.get(state="planned")
    opening.open_wave(wave_id=wave.id, key_directory=key_directory)
    wave.refresh_from_db()
    return wave


def ballot_for(invitation, *, chance=random, comment="", ratings=()):
    wave = invitation.wave
    length = answer_length(wave.questionnaire)
    return Ballot(
        group=invitation.group_id,
        answers=bytes(chance.randrange(5) for _ in range(length)),
        ratings=tuple(ratings),
        comment=comment,
    )


def cast(invitation, **fields):
    keys = keys_of(invitation.wave)
    return cast_ballot(invitation_id=invitation.id, keys=keys, ballot=ballot_for(invitation, **fields))


def invitations(wave, department, count=None):
    found = Invitation.objects.filter(wave=wave, employee__department__name=department).order_by("employee__email")
    return list(found.select_related("wave")[:count])


def open_with_answers(survey, key_directory, *, department="Sales", count=7) -> Wave:
    """The survey's next wave, open, in which so many of a department have answered."""
    wave = open_next(survey, key_directory)
    for invitation in invitations(wave, department, count):
        cast(invitation)
    return wave


def close(wave, key_directory):
    closing.close_wave(wave_id=wave.id, key_directory=key_directory)
    wave.refresh_from_db()
    return wave
