"""Closed waves written as rows: a tree of departments, and who answered what."""

import datetime as dt
import random
import uuid

from surveys.models import Department, Instrument, ReportingGroup, Response, Survey, Wave
from surveys.roster.tree import group_key

CORE = ("avoided_meetings", "formal_communication", "failed_projects", "communication_failures", "stagnation")
OPTIONS = [{"value": value, "label": {"en": str(value)}} for value in (0, 25, 50, 75, 100)]
FIRST = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
WIDTH = 12
COMMUNICATION = 2


def questionnaire(*, rotating=("blame",), turn=1):
    """Ten core items, one of each rotating scale, and the pick-one question."""
    scales = [(code, "core") for code in CORE] + [(code, "rotating") for code in rotating]
    items = [f"{code}_{number}" for code in CORE for number in (1, 2)] + [f"{code}_{turn}" for code in rotating]
    return {
        "languages": ["en", "ru"],
        "scales": [
            {"code": code, "kind": kind, "name": {"en": code.replace("_", " ").capitalize()}, "description": {}}
            for code, kind in scales
        ],
        "items": [{"code": code, "scale": code.rsplit("_", 1)[0], "options": OPTIONS} for code in items],
        "pick_one": {"code": "obstacle", "options": [{}, {}, {}], "communication": COMMUNICATION},
        "counterparts": None,
    }


def make_survey(name="Pulse", **fields):
    instrument, _ = Instrument.objects.get_or_create(code="faultline", version=1, defaults={"document": {}})
    return Survey.objects.create(name=name, instrument=instrument, first_opens_on=FIRST.date(), **fields)


def department(name, parent=None):
    return Department.objects.get_or_create(name=name, defaults={"parent": parent})[0]


def drawn(place):
    """An id that decides which of two groups of one band goes along with a third: not by chance, as elsewhere."""
    return uuid.UUID(f"{place:08x}{uuid.uuid4().hex[8:]}")


def close_wave(survey, groups, *, number=1, **fields):
    """A closed wave. `groups` is {departments reported together: (people, [answers of each respondent])}."""
    opens_at = FIRST + dt.timedelta(weeks=4 * (number - 1))
    wave = Wave.objects.create(
        survey=survey,
        number=number,
        opens_at=opens_at,
        closes_at=opens_at + dt.timedelta(days=7),
        instrument=survey.instrument,
        **{"state": "closed", "questionnaire": questionnaire()} | fields,
    )
    for departments, (people, answers) in groups.items():
        members = departments if isinstance(departments, tuple) else (departments,)
        ids = sorted(member.id for member in members)
        parent = members[0].parent
        group = ReportingGroup.objects.create(
            id=drawn(len(answers)),
            wave=wave,
            key=group_key(ids),
            name=", ".join(sorted(member.name for member in members)),
            departments=ids,
            parent=parent,
            division=parent or (members[0] if len(members) == 1 else None),
            people=people,
        )
        Response.objects.bulk_create(Response(wave=wave, group=group, answers=row) for row in answers)
    return wave


def same(count, *options):
    """`count` respondents who all answer alike: one option for every item, or one an item."""
    row = options * WIDTH if len(options) == 1 else options
    return [bytes(row)] * count


def spread(count, option, *, seed=1, picks=0):
    """`count` respondents around an option (0..4), no two signs alike; the first `picks` name communication."""
    chance = random.Random(seed)
    return [
        bytes(
            [
                *(min(max(option + chance.choice((-1, 0, 0, 1)), 0), 4) for _ in range(WIDTH - 1)),
                COMMUNICATION if number < picks else 0,
            ]
        )
        for number in range(count)
    ]


def company(survey, *, number=1, legal=4, **fields):
    """Marketing is at risk; Legal has 9 people of whom `legal` answer; Finance is the smallest of the others."""
    commercial = department("Commercial")
    return close_wave(
        survey,
        {
            department("Marketing", commercial): (20, spread(14, 3, seed=number, picks=6)),
            department("Sales", commercial): (20, spread(16, 2, seed=number + 50, picks=2)),
            department("Production"): (30, spread(13, 1, seed=number + 70)),
            department("Finance"): (30, spread(11, 1, seed=number + 90)),
            department("Legal"): (9, spread(legal, 4, seed=number + 30)),
        },
        number=number,
        **fields,
    )
