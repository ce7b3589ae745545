"""Closed waves with ratings of counterparts, written as rows."""

import random

from surveys.models import CounterpartRating, ReportingGroup
from surveys.rules.limits import MISSING
from tests.diagnostics import waves
from tests.diagnostics.waves import OPTIONS, department, spread

WORKED, NEEDED, NO_NEED = range(3)
ITEMS = [
    {"code": "met", "options": OPTIONS, "no_contact_is_risk": True},
    {"code": "managers", "options": OPTIONS, "no_contact_is_risk": False},
    {"code": "missed", "options": OPTIONS, "no_contact_is_risk": False},
]
COUNTERPARTS = {"contact": {"options": [{"code": code} for code in ("worked", "needed", "no_need")]}, "items": ITEMS}


def questionnaire(**fields):
    return waves.questionnaire(**fields) | {"counterparts": COUNTERPARTS}


def worked(count, option, *, seed=1):
    """`count` ratings around an option (0..4) by people who had contact."""
    chance = random.Random(seed)
    return [
        bytes([WORKED, *(min(max(option + chance.choice((-1, 0, 0, 1)), 0), 4) for _ in ITEMS)]) for _ in range(count)
    ]


def contact(count, kind):
    """`count` ratings by people who needed contact and had none, or did not need any."""
    return [bytes([kind, *[MISSING] * len(ITEMS)])] * count


def rate(wave, raters, rated, ratings, *, by_division=False):
    """Ratings of the department `rated`, stored by the group that counts `raters`, or by the division `raters`."""
    group = None if by_division else group_of(wave, raters)
    division = raters if by_division else None
    CounterpartRating.objects.bulk_create(
        CounterpartRating(wave=wave, group=group, division=division, counterpart=rated, answers=row) for row in ratings
    )


def group_of(wave, place):
    return next(group for group in ReportingGroup.objects.filter(wave=wave) if place.id in group.departments)


def company(survey, **fields):
    """Two divisions, Commercial (Marketing, Sales, Service) and Operations (Production, Logistics), and Finance."""
    commercial, operations = department("Commercial"), department("Operations")
    sizes = {
        department("Marketing", commercial): 14,
        department("Sales", commercial): 16,
        department("Service", commercial): 12,
        department("Production", operations): 18,
        department("Logistics", operations): 12,
        department("Finance"): 11,
    }
    groups = {place: (30, spread(count, 2, seed=place.id)) for place, count in sizes.items()}
    return waves.close_wave(survey, groups, **{"questionnaire": questionnaire()} | fields)


def rated_company(survey, **fields):
    """Marketing and Sales are at high risk; Sales takes Production harder than it is taken; some are too few."""
    wave = company(survey, **fields)
    place = {name: department(name) for name in ("Marketing", "Sales", "Service", "Production", "Logistics", "Finance")}
    directions = [
        ("Marketing", "Sales", 10, 3),
        ("Sales", "Marketing", 12, 3),
        ("Sales", "Production", 9, 4),
        ("Production", "Sales", 9, 0),
        ("Production", "Logistics", 9, 1),
        ("Logistics", "Production", 8, 1),
        ("Service", "Logistics", 3, 2),
    ]
    for number, (rater, rated, count, option) in enumerate(directions):
        # Those who needed none are stored and have no score: three with one are too few.
        rest = contact(max(5 - count, 0), NO_NEED)
        rate(wave, place[rater], place[rated], worked(count, option, seed=number) + rest)
    rate(wave, place["Marketing"].parent, place["Finance"], worked(6, 2, seed=30), by_division=True)
    rate(wave, place["Marketing"].parent, place["Logistics"], worked(7, 2, seed=31), by_division=True)
    return wave
