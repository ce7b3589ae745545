"""Waves that are closed and scored, for tests of what is read afterwards."""

from diagnostics.services.scoring import score
from tests.diagnostics.waves import company, make_survey


def scored(survey=None, make=company, **fields):
    """A wave of the survey, else of a new one, that `make(survey, **fields)` closes, with its figures."""
    wave = make(survey or make_survey(), **fields)
    score(wave_id=wave.id)
    return wave
