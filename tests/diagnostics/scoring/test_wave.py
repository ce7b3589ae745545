"""A wave's answers are decoded once, and each scale is scored and estimated once, for everything made of them."""

import pytest

from diagnostics.core.estimate.answers import decode, scale_scores
from diagnostics.core.estimate.index import estimate
from diagnostics.services.scoring import score
from tests.diagnostics.people import varied
from tests.diagnostics.waves import CORE, close_wave, department, make_survey, same, spread
from tests.entered import entered

pytestmark = pytest.mark.django_db
# The index, the core signs, and the sign that takes turns.
SCALES = 1 + len(CORE) + 1


def test_a_scored_wave_is_decoded_once_and_each_scale_scored_once():
    wave = varied(make_survey())
    with entered() as work:
        score(wave_id=wave.id)
    assert work.calls(decode) == 1
    assert work.calls(scale_scores) == SCALES - 1
    # And the index without each sign in turn, for the ranking.
    assert work.calls(estimate) == SCALES + len(CORE)


def test_the_careless_add_one_estimate_of_the_index_without_them():
    groups = {department(name): (60, [*spread(20, 1, seed=place), *same(3, 3)]) for place, name in enumerate("ABC")}
    wave = close_wave(make_survey(), groups)
    with entered() as work:
        score(wave_id=wave.id)
    assert work.calls(decode) == 1
    assert work.calls(estimate) == SCALES + len(CORE) + 1


def test_two_waves_are_decoded_once_each():
    survey = make_survey()
    groups = {department(name): (60, spread(20, 1, seed=place)) for place, name in enumerate("ABC")}
    waves = [close_wave(survey, groups, number=number) for number in (1, 2)]
    with entered() as work:
        score(wave_id=waves[-1].id)
    assert work.calls(decode) == 2
