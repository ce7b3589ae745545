"""Numbers of raters follow the rule for answers (core/disclosure/test_bands.py), of the people who could rate."""

import pytest

from diagnostics.models import PairScore
from tests.diagnostics.pair_waves import questionnaire, rate, worked
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import close_wave, department, spread

pytestmark = pytest.mark.django_db


def bands(rater_kind="group"):
    rows = PairScore.objects.filter(rater_kind=rater_kind).select_related("rater", "rated")
    return {(row.rater.name, row.rated.name): (row.response_low, row.response_high) for row in rows}


def test_no_band_of_raters_reveals_that_all_rated_who_could():
    """Whom the ratings come from is known beside how many they are: the group's people, or those of several."""

    def eager(survey):
        commercial, plant = department("Commercial"), department("Plant")
        marketing, sales = department("Marketing", commercial), department("Sales", commercial)
        groups = {marketing: (10, spread(10, 2)), sales: (15, spread(15, 2)), plant: (30, spread(20, 2))}
        wave = close_wave(survey, groups, questionnaire=questionnaire())
        rate(wave, marketing, plant, worked(10, 2))
        rate(wave, sales, marketing, worked(15, 3))
        rate(wave, plant, sales, worked(10, 1))
        return wave

    scored(make=eager)
    assert bands() == {
        ("Marketing", "Plant"): (5, 10),
        ("Sales", "Marketing"): (10, 15),
        ("Plant", "Sales"): (10, 14),  # of thirty
    }
    assert {rated: band for (_, rated), band in bands("everybody").items()} == {
        "Plant": (5, 10),
        "Marketing": (10, 15),
        "Sales": (10, 14),
    }
    # Inside the division nobody of Marketing can have rated Marketing.
    assert bands("division")["Commercial", "Commercial"] == (10, 15)


def test_raters_of_several_departments_are_those_of_the_most_rated():
    def pooled(survey):
        sales, shop, plant = department("Sales"), department("Shop"), department("Plant")
        groups = {(sales, shop): (30, spread(15, 2)), plant: (10, spread(10, 2, seed=4))}
        wave = close_wave(survey, groups, questionnaire=questionnaire())
        rate(wave, plant, shop, worked(10, 2))
        rate(wave, plant, sales, worked(7, 3, seed=5))
        return wave

    scored(make=pooled)
    assert bands() == {("Plant", "Sales, Shop"): (5, 10)}
