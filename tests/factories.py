"""Rows for tests that need a wave in some state without the steps that lead there; tests/company.py takes the steps."""

import datetime as dt

from django.conf import settings

from surveys.ballot import sealing, tokens
from surveys.choices import WaveState
from surveys.models import Department, Employee, Instrument, Invitation, ReportingGroup, SealedBallot, Survey, Wave
from surveys.roster.tree import group_key
from surveys.selectors.key_authenticity import proof_of

OPENS = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
CLOSES = OPENS + dt.timedelta(days=7)
PRIVATE_KEY = bytes(range(32))


def both(english, russian):
    return {"en": english, "ru": russian}


FREQUENCY = [
    {"value": value, "label": label}
    for value, label in (
        (0, both("Never", "Никогда")),
        (25, both("Rarely", "Редко")),
        (50, both("Sometimes", "Иногда")),
        (75, both("Often", "Часто")),
        (100, both("Always", "Всегда")),
    )
]
CANNOT_JUDGE = both("Can't judge", "Не могу судить")
NOTHING_DUE = both("Nothing was due", "Такой работы не было")
CONTACT = [
    {"code": "worked", "label": both("We worked together", "Мы работали вместе")},
    {"code": "needed", "label": both("It was needed, but there was no contact", "Это было нужно, но контакта не было")},
    {"code": "no_need", "label": both("There was no need", "Необходимости не было")},
]
PICK_ONE = {
    "code": "hindrance",
    "text": both("What hindered your work most?", "Что больше всего мешало работать?"),
    "options": [
        {"code": "workload", "label": both("Too much work", "Слишком много работы")},
        {"code": "communication", "label": both("Communication between departments", "Общение между отделами")},
    ],
    "missing": [CANNOT_JUDGE],
    "communication": 1,
}


def item(code, scale=None, missing=(CANNOT_JUDGE,)):
    """An item whose English text is its code in words."""
    made = {
        "code": code,
        "text": both(f"{code.replace('_', ' ').capitalize()}?", f"Вопрос {code}?"),
        "options": FREQUENCY,
        "missing": list(missing),
    }
    return made | {"scale": scale} if scale else made


def make_questionnaire(**changes):
    """Two scales with three items, a pick-one question, and two items about counterparts."""
    return {
        "languages": ["en", "ru"],
        "scales": [
            {"code": "meetings", "kind": "core", "name": both("Meetings", "Встречи"), "description": both("", "")},
            {"code": "results", "kind": "core", "name": both("Results", "Результаты"), "description": both("", "")},
        ],
        "items": [
            item("meetings_1", "meetings"),
            item("meetings_2", "meetings"),
            item("results_1", "results", missing=(NOTHING_DUE, CANNOT_JUDGE)),
        ],
        "pick_one": PICK_ONE,
        "counterparts": {
            "contact": {"text": both("Did you work together?", "Вы работали вместе?"), "options": CONTACT},
            "items": [item("about_meetings"), item("about_results")],
        },
    } | changes


def make_department(name="Design", parent=None):
    return Department.objects.get_or_create(name=name, defaults={"parent": parent})[0]


def make_employee(name="Ada", department=None, **fields):
    email = f"{name}@example.com".lower()
    return Employee.objects.create(name=name, email=email, department=department or make_department(), **fields)


def make_survey(name="Pulse", **fields):
    instrument, _ = Instrument.objects.get_or_create(code="hand-made", version=1, defaults={"document": {}})
    return Survey.objects.create(**{"name": name, "instrument": instrument, "first_opens_on": OPENS.date()} | fields)


def make_wave(state=WaveState.OPEN, questionnaire=None, **fields):
    """A wave whose key's private half is PRIVATE_KEY."""
    survey = fields.pop("survey", None) or make_survey()
    ready = {
        "number": 1,
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "instrument": survey.instrument,
        "public_key": sealing.public_of(PRIVATE_KEY),
    }
    wave = Wave(survey=survey, state=state, questionnaire=questionnaire or make_questionnaire(), **ready | fields)
    wave.key_proof = proof_of(wave) if wave.public_key else None
    wave.save()
    return wave


def make_group(wave, departments, people=12):
    departments = sorted(departments, key=lambda department: department.name)
    ids = [department.id for department in departments]
    name = ", ".join(department.name for department in departments)
    return ReportingGroup.objects.create(
        wave=wave, key=group_key(ids), name=name, departments=sorted(ids), people=people
    )


def make_invitation(wave=None, employee=None, group=None, **fields):
    """Of an open wave, for one person of the department Design, unless `fields` say otherwise."""
    wave = wave or make_wave()
    employee = employee or make_employee()
    group = group or make_group(wave, [employee.department])
    invitation = Invitation(wave=wave, employee=employee, group=group, **fields)
    invitation.token_hash = tokens.fingerprint(token_of(invitation))
    invitation.save()
    return invitation


def token_of(invitation):
    return tokens.derive(settings.LINK_KEY, invitation.id)


def only_ballot():
    """The content of the one sealed box that is there."""
    return sealing.unseal(bytes(SealedBallot.objects.get().box), PRIVATE_KEY)
