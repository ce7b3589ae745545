"""Remedies as rows, and a company of many departments whose waves are scored."""

import datetime as dt

from diagnostics.models import GroupScore, Remedy
from diagnostics.services.scoring import score
from tests.diagnostics.waves import FIRST, close_wave, department, make_survey, spread

NAMES = ("Marketing", "Sales", "Plant", "Stores", "Quality", "Finance", "Service")


def wave_day(number, *, days=0):
    """The day on which wave `number` opens, and some days later."""
    return (FIRST + dt.timedelta(weeks=4 * (number - 1), days=days)).date()


def waves(count, *, after=None, small=(), survey=None):
    """`count` scored waves. All departments are at risk; from wave 2 on Marketing answers around the option `after`, if
    that is given. Those named in `small` have three answers: nothing is shown of them, nor of who has the fewest of the
    others, that is of Sales.
    """
    survey = survey or make_survey()
    made = []
    for number in range(1, count + 1):
        groups = {
            department(name): (
                40,
                spread(
                    3 if name in small else 19 if name == "Sales" else 20,
                    after if name == "Marketing" and after is not None and number > 1 else 3,
                    seed=100 * number + place,
                ),
            )
            for place, name in enumerate(NAMES)
        }
        made.append(close_wave(survey, groups, number=number))
        score(wave_id=made[-1].id)
    return made


def side(wave, name):
    return GroupScore.objects.get(snapshot__wave=wave, name=name)


def make_remedy(wave, first="Marketing", second="Sales", **fields):
    """Running since the day after the wave closed, unless `fields` say otherwise."""
    sides = {}
    for place, name in (("first", first), ("second", second)):
        group = side(wave, name) if name else GroupScore.objects.get(snapshot__wave=wave, kind="company")
        sides |= {f"{place}_key": group.key, f"{place}_name": group.name, f"{place}_departments": group.departments}
    ready = {
        "survey": wave.survey,
        "code": "joint_meeting",
        "title": "Monday meeting",
        "first_owner_name": "Ada Head",
        "second_owner_name": "Ben Head" if second else "",
        "starts_on": wave_day(wave.number, days=8),
        "state": "running",
    }
    return Remedy.objects.create(**ready | sides | fields)
