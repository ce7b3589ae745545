"""The conditions that the method is tried under. The limits are the rates that docs/method.md promises."""

from dataclasses import replace

from diagnostics.core.simulation.alarms import Trial
from diagnostics.core.simulation.checks import Check, Coverage, Detection, Discovery, FalseAlarm
from diagnostics.core.simulation.company import Design
from diagnostics.core.simulation.history import Move

SIZES = (8, 15, 40)
_LEVEL, _CHANGE = "Level alert of a department at 60", "Watch on a department that rises"
_BEYOND_ACCURACY = "Beyond the model: accuracy"
_BEYOND_ALERTS = "Beyond the model: changes that are found though a department only has other people or questions"
_ELSEWHERE = "False alarms in other companies, per department and wave, nothing changes"
_RMSE = {8: (5.1, 4.55), 15: (4.7, 4.05), 40: (2.9, 2.65)}
_BY_WAVE_2_AND_4 = {8: (0.61, 0.81), 15: (0.90, 0.99), 40: (0.99, 0.99)}
_WITHIN_2 = {8: 0.49, 15: 0.90, 40: 0.99}
_RISE_AT = 5
_ONE, _HALF, _MOST = (0,), (0, 1, 2, 3, 4, 5), (0, 1, 2, 3, 4, 5, 6, 7)
_ALL = tuple(range(12))
_CALM = {"watch": 0.02, "confirmed": 0.005, "any_watch": 0.02, "any_confirmed": 0.005}
_JUDGED = ((False, "the index alone"), (True, "index and signs"))


def plan() -> list[Check]:
    return [*_accuracy(), *_detection(), *_false_alarms(), *_beyond(), *_elsewhere()]


def _accuracy() -> list[Check]:
    responses = [
        Coverage(f"12 groups of {n}, {100 * share:.0f} % answer", Design(people=n, response=share), rmse=rmse)
        for n in SIZES
        for share, rmse in ((0.4, None), (0.6, _RMSE[n]), (0.8, None), (1.0, None))
    ]
    companies = [
        Coverage(f"{groups} groups of {n}, 60 % answer", Design(groups=groups, people=n))
        for groups in (5, 30)
        for n in SIZES
    ]
    shapes = [
        Coverage(f"12 groups of {n}, {name}", design)
        for n in SIZES
        for name, design in (
            ("skewed", Design(people=n, skewed=True)),
            ("hardly differing", Design(people=n, spread=0.3)),
        )
    ]
    mixed = Coverage("3 groups of 8 beside 9 of 40, hardly differing", Design(people=8, large=9, spread=0.5))
    return [*responses, *companies, *shapes, mixed]


def _detection() -> list[Check]:
    checks: list[Check] = []
    least: tuple[float | None, ...]
    for n in SIZES:
        at_risk = (("one", _ONE, (None, None)), ("six", _HALF, (None, None)), ("eight", _MOST, _BY_WAVE_2_AND_4[n]))
        for name, groups, least in at_risk:
            trial = Trial(Design(people=n), (Move(groups, score=60.0),), waves=4, signs=False)
            checks.append(Detection(f"{name} of 12 groups of {n}", trial, True, (2, 4), least, _LEVEL))
        for rise, least in ((10.0, (None, None)), (15.0, (None, _WITHIN_2[n]))):
            for signs, judged in _JUDGED:
                trial = Trial(Design(people=n), (Move(_ONE, _RISE_AT, rise=rise),), waves=6, signs=signs)
                needed = least if not signs else (None, None)
                name = f"one of 12 groups of {n} by {rise:g}, {judged}"
                checks.append(Detection(name, trial, False, (1, 2), needed, _CHANGE))
    return checks


def _false_alarms() -> list[Check]:
    checks: list[Check] = []
    for n in SIZES:
        checks.extend(
            FalseAlarm(
                f"12 groups of {n}, nothing changes, {judged}", Trial(Design(people=n), signs=signs), _ALL, _CALM
            )
            for signs, judged in _JUDGED
        )
        below = Trial(Design(people=n), (Move((0, 1, 2), score=45.0),), signs=False)
        checks.append(FalseAlarm(f"three of 12 groups of {n} at 45", below, (0, 1, 2), {"level": 0.005}))
        for signs, judged in _JUDGED:
            risen = Trial(Design(people=n), (Move((0, 1), _RISE_AT, rise=15.0),), signs=signs)
            checks.append(Discovery(f"two of 12 groups of {n} rise by 15, {judged}", risen, 0.12))
    return checks


def _beyond() -> list[Check]:
    """What the model leaves out. There are no limits, but readers see what it costs."""
    answers = {
        "unhappy people answer less": Design(silence=0.5),
        "5 % tick one option throughout": Design(careless=0.05),
        "four of twelve items change each wave": Design(rotating=4),
    }
    years = {
        "10 % of people are replaced each wave": Design(turnover=0.1),
        "10 % change departments each wave": Design(moves=0.1),
        "four of twelve items change each wave": Design(rotating=4),
    }
    return [
        *(
            Coverage(f"groups of {n}, {name}", replace(design, people=n), limited=False, section=_BEYOND_ACCURACY)
            for name, design in answers.items()
            for n in SIZES
        ),
        *(
            FalseAlarm(
                f"groups of {n}, {name}", Trial(replace(design, people=n), signs=False), _ALL, {}, _BEYOND_ALERTS
            )
            for name, design in years.items()
            for n in SIZES
        ),
    ]


def _elsewhere() -> list[Check]:
    designs = {
        "3 groups of 8": Design(groups=3, people=8),
        "5 groups of 8": Design(groups=5, people=8),
        "5 groups of 15": Design(groups=5),
        "30 groups of 15": Design(groups=30),
        "12 groups of 15, 40 % answer": Design(response=0.4),
        "12 groups of 15, 100 % answer": Design(response=1.0),
        "12 groups of 15, skewed": Design(skewed=True),
        "12 groups of 15, hardly differing": Design(spread=0.3),
    }
    return [
        FalseAlarm(f"{name}, {judged}", Trial(design, signs=signs), tuple(range(design.groups)), _CALM, _ELSEWHERE)
        for name, design in designs.items()
        for signs, judged in _JUDGED
    ]
