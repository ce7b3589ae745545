"""Whole histories of a survey for alerts: one department that moves, beside two that do not."""

from diagnostics.models import AlertState, GroupScore
from diagnostics.services.scoring import score
from tests.diagnostics.waves import close_wave, department, spread


def run(survey, options, *, group="Sales", people=20, answers=16, skip=(), **fields):  # noqa: PLR0913 - most have a default
    """Waves in which one department answers around `options`, one a wave; None stays away. Returns the last.

    `group` may be a tuple of names that are reported together; `skip` are numbers of waves that were never counted.
    """
    number = max(survey.waves.values_list("number", flat=True), default=0)
    names = group if isinstance(group, tuple) else (group,)
    for option in options:
        number += 1
        while number in skip:
            number += 1
        rows = [] if option is None else spread(answers, option, seed=number)
        wave = close_wave(
            survey,
            {
                tuple(department(name) for name in names): (people, rows),
                department("Finance"): (30, spread(20, 1, seed=number + 20)),
                department("Legal"): (30, spread(20, 1, seed=number + 40)),
            },
            number=number,
            **fields,
        )
        score(wave_id=wave.id)
    return wave


def events(survey, group="Sales", measure="index", kind="level"):
    """(wave, event, ongoing, since) of one alert in every wave that has its state."""
    key = GroupScore.objects.filter(name=group).first().key
    rows = AlertState.objects.filter(survey=survey, measure=measure, kind=kind, key=key).order_by("wave__number")
    return [(row.wave.number, row.event, row.ongoing, row.since) for row in rows]
